/** A piece of a filter; `at` is the position of its first character, counted from 1. */
export type Token =
  | { readonly kind: 'name'; readonly text: string; readonly at: number }
  | { readonly kind: 'text'; readonly value: string; readonly text: string; readonly at: number }
  | { readonly kind: 'number'; readonly value: number; readonly text: string; readonly at: number }
  | { readonly kind: 'sign'; readonly text: string; readonly at: number }
  | { readonly kind: 'end'; readonly text: ''; readonly at: number };

/** Something that cannot be read, and where. */
export class FilterError extends Error {
  override readonly name = 'FilterError';
  readonly at: number;

  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

const pattern =
  /(?<space>\s+)|(?<name>[A-Za-z_][A-Za-z0-9_]*)|(?<number>-?\d+(?:\.\d+)?)(?<unit>ms|s|m|h|d|%)?(?![A-Za-z0-9_.])|(?<text>"(?:[^"\\]|\\["\\])*"|'(?:[^'\\]|\\['\\])*')|(?<sign>==|!=|<=|>=|[<>()[\],])/y;

/** What units stand for: times become milliseconds, a percentage its share. */
const perUnit: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

const mostTokens = 400;

/** Cuts a filter into pieces. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  while (position < text.length) {
    pattern.lastIndex = position;
    const groups = pattern.exec(text)?.groups;
    const at = position + 1;
    if (groups === undefined) throw new FilterError(at, strangerAt(text, position));
    const token = tokenOf(groups, at);
    if (token !== null) tokens.push(token);
    if (tokens.length > mostTokens)
      throw new FilterError(at, `the filter is too long: at most ${mostTokens} words and signs`);
    position = pattern.lastIndex;
  }
  tokens.push({ kind: 'end', text: '', at: text.length + 1 });
  return tokens;
}

function tokenOf(groups: Readonly<Record<string, string | undefined>>, at: number): Token | null {
  const { name, number, unit = '', text, sign } = groups;
  if (name !== undefined) return { kind: 'name', text: name, at };
  if (number !== undefined)
    return { kind: 'number', value: numberOf(number, unit, at), text: number + unit, at };
  if (text !== undefined) return { kind: 'text', value: text.slice(1, -1).replace(/\\(.)/g, '$1'), text, at };
  return sign === undefined ? null : { kind: 'sign', text: sign, at };
}

function numberOf(digits: string, unit: string, at: number): number {
  if (digits.replace(/[-.]/g, '').length > 15) throw new FilterError(at, 'a number has at most 15 digits');
  const value = Number(digits);
  return unit === '%' ? value / 100 : value * (perUnit[unit] ?? 1);
}

function strangerAt(text: string, position: number): string {
  const rest = text.slice(position);
  if (rest.startsWith('"') || rest.startsWith("'"))
    return 'this text has no end; close it with the same quote';
  if (rest.startsWith('&&')) return 'write "and" instead of "&&"';
  if (rest.startsWith('||')) return 'write "or" instead of "||"';
  if (rest.startsWith('!')) return 'write "not" instead of "!"';
  if (rest.startsWith('=')) return 'write "==" to compare';
  const word = /^[^\s()[\],]{1,40}/.exec(rest)?.[0] ?? rest.slice(0, 1);
  return `"${word}" is nothing a filter knows`;
}
