/** One counter or gauge, chosen by labels. */
export type Selector = { metric: string; matchers: Matcher[] };
export type Matcher = { label: string; op: '=' | '!=' | '=~' | '!~'; value: string };

const wrapper = /^(?:sum|rate|increase|irate|delta|count|avg|max)\s*(?:(?:by|without)\s*\([^()]*\)\s*)?\(/i;
const trailing = /\)\s*(?:(?:by|without)\s*\([^()]*\))?$/i;
const range = /\s*\[[^\]]*\](?:\s*offset\s+\w+)?\s*$/;
const name = /^([a-zA-Z_:][\w:.]*)\s*(?:\{(.*)\})?$/s;
const matcher =
  /^\s*([a-zA-Z_][\w.]*)\s*(=~|!~|!=|=)\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`)\s*(?:,|$)/;

/** A query that is one selector, however it is wrapped in sum and rate; null when it is more than that. */
export function readSelector(query: string): Selector | null {
  let text = query.trim().replace(/\s+/g, ' ');
  for (let depth = 0; depth < 10; depth++) {
    text = text.replace(range, '').trim();
    const opened = wrapper.exec(text)?.[0] ?? (text.startsWith('(') ? '(' : '');
    const closed = trailing.exec(text)?.[0];
    if (opened === '' || closed === undefined || !isOnePair(text, opened.length - 1)) break;
    text = text.slice(opened.length, text.length - closed.length).trim();
  }
  const [, metric, labels = ''] = name.exec(text) ?? [];
  if (metric === undefined) return null;
  const matchers = readMatchers(labels);
  return matchers === null ? null : { metric, matchers };
}

/** Whether the bracket at an index is closed by the last one. */
function isOnePair(text: string, open: number): boolean {
  let depth = 0;
  let quote = '';
  for (let index = open; index < text.length; index++) {
    const char = text[index] ?? '';
    if (quote !== '') {
      if (char === '\\' && quote !== '`') index++;
      else if (char === quote) quote = '';
    } else if (/["'`]/.test(char)) quote = char;
    else if (char === '(') depth++;
    else if (char === ')' && --depth === 0)
      return !/\)/.test(text.slice(index + 1).replace(/\([^()]*\)\s*$/, ''));
  }
  return false;
}

function readMatchers(text: string): Matcher[] | null {
  const found: Matcher[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const [all, label, op, quoted] = matcher.exec(rest) ?? [];
    if (all === undefined || label === undefined || quoted === undefined) return null;
    if (op !== '=' && op !== '!=' && op !== '=~' && op !== '!~') return null;
    const inner = quoted.slice(1, -1);
    found.push({ label, op, value: quoted.startsWith('`') ? inner : inner.replace(/\\(.)/g, '$1') });
    rest = rest.slice(all.length).trim();
  }
  return found;
}

/** "A - B" as its two sides, where the minus stands outside all brackets; null when there is none. */
export function readDifference(query: string): [string, string] | null {
  let depth = 0;
  for (let index = 0; index < query.length; index++) {
    const char = query[index] ?? '';
    if ('([{'.includes(char)) depth++;
    else if (')]}'.includes(char)) depth--;
    else if (char === '-' && depth === 0 && index > 0) return [query.slice(0, index), query.slice(index + 1)];
  }
  return null;
}

/**
 * A regular expression as globs: words, `.` and `.*`, alternatives at the top or in one bracket around all. Null when it is
 * more than that. Prometheus anchors expressions at both ends, as globs are.
 */
export function globsOf(regex: string): string[] | null {
  const bare = /^\^?\(?(?:\?:)?([^()]*)\)?\$?$/.exec(regex)?.[1];
  if (bare === undefined || bare === '') return null;
  const globs = bare.split('|').map((part) => {
    const glob = part
      .replace(/\.\*/g, '*')
      .replace(/\.\+/g, '?*')
      .replace(/\\d|(?<!\\)\./g, '?')
      .replace(/\\([.-])/g, '$1');
    const isPlain = !/[\\^$[\]{}+()]/.test(glob) && !/[*?]\*/.test(glob.replace(/\?\*/g, ''));
    return isPlain && glob !== '' ? glob : null;
  });
  return globs.every((glob) => glob !== null) ? globs : null;
}
