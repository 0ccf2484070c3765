import { nearest } from '../../nearest.js';
import { fieldNames, filterFields, isFilterField } from './fields.js';
import type { Comparison, Filter, Literal, Operand } from './filter.js';
import { FilterError, type Token, tokensOf } from './tokens.js';

export type ParsedFilter =
  | { readonly kind: 'filter'; readonly filter: Filter }
  | { readonly kind: 'wrong'; readonly at: number; readonly says: string };

/** Reads a condition such as `outcome == "ok" and durationMs < 300ms`; says what is wrong, and at which character. */
export function parseFilter(text: string): ParsedFilter {
  try {
    const reader = new Reader(tokensOf(text));
    return { kind: 'filter', filter: reader.whole() };
  } catch (error) {
    if (error instanceof FilterError) return { kind: 'wrong', at: error.at, says: error.message };
    throw error;
  }
}

type Kind = 'text' | 'number' | 'flag' | 'loose';

const deepest = 30;
const comparisons = ['==', '!=', '<', '<=', '>', '>='] as const satisfies readonly Comparison[];
const outcomes = ['ok', 'error', 'timeout', 'oom', 'throttled', 'rejected'] as const;

class Reader {
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Filter {
    if (this.#peek().kind === 'end') throw new FilterError(1, 'the filter is empty');
    const filter = this.#any();
    const token = this.#peek();
    if (token.kind !== 'end')
      throw new FilterError(token.at, `expected "and", "or" or the end, not ${shown(token)}`);
    return filter;
  }

  #any(): Filter {
    return this.#chain('or', 'any', () => this.#chain('and', 'all', () => this.#not()));
  }

  #chain(word: string, kind: 'all' | 'any', part: () => Filter): Filter {
    const first = part();
    const parts = [first];
    while (this.#takeWord(word)) parts.push(part());
    return parts.length === 1 ? first : { kind, parts };
  }

  #not(): Filter {
    if (++this.#depth > deepest)
      throw new FilterError(this.#peek().at, `at most ${deepest} brackets and "not" within each other`);
    const filter: Filter = this.#takeWord('not') ? { kind: 'not', of: this.#not() } : this.#condition();
    this.#depth -= 1;
    return filter;
  }

  #condition(): Filter {
    if (this.#takeSign('(')) {
      const inner = this.#any();
      this.#needSign(')');
      return inner;
    }
    const token = this.#peek();
    const { operand, kind, shownAs } = this.#operand();
    const after = this.#take();
    const by = after.kind === 'sign' ? comparisons.find((one) => one === after.text) : undefined;
    if (by !== undefined) return this.#compare(operand, kind, by, after, shownAs);
    if (after.kind === 'name' && after.text === 'exists') return { kind: 'exists', operand };
    if (after.kind === 'name' && after.text === 'in') return this.#in(operand, kind, shownAs);
    if (after.kind === 'name' && after.text === 'not' && this.#takeWord('in'))
      return { kind: 'not', of: this.#in(operand, kind, shownAs) };
    if (after.kind === 'name' && after.text === 'like') {
      if (kind === 'number' || kind === 'flag')
        throw new FilterError(after.at, `"like" compares texts, and ${shownAs} is a ${kind}`);
      const glob = this.#take();
      if (glob.kind !== 'text')
        throw new FilterError(glob.at, `expected a text such as "GET *" after "like", not ${shown(glob)}`);
      return { kind: 'like', operand, glob: glob.value };
    }
    this.#next -= 1;
    if (kind === 'flag') return { kind: 'compare', operand, by: '==', value: true };
    throw new FilterError(
      after.at,
      `expected a comparison such as == after ${shownAs} at character ${token.at}, not ${shown(after)}`,
    );
  }

  #operand(): { operand: Operand; kind: Kind; shownAs: string } {
    const token = this.#take();
    if (token.kind !== 'name')
      throw new FilterError(token.at, `expected the name of a field, not ${shown(token)}`);
    const { text, at } = token;
    if (text === 'attributes' || text === 'tags') {
      this.#needSign('[', `write ${text}["the key"]`);
      const key = this.#take();
      if (key.kind !== 'text')
        throw new FilterError(
          key.at,
          `expected a key in quotes, as in ${text}["the key"], not ${shown(key)}`,
        );
      this.#needSign(']');
      const kind = text === 'tags' ? 'tag' : 'attribute';
      return { operand: { kind, key: key.value }, kind: 'loose', shownAs: `${text}[${key.text}]` };
    }
    if (isFilterField(text))
      return { operand: { kind: 'field', name: text }, kind: filterFields[text], shownAs: text };
    const near = nearest(text, [...fieldNames, 'attributes', 'tags']);
    throw new FilterError(at, `there is no field "${text.slice(0, 60)}"; did you mean ${near}?`);
  }

  #compare(operand: Operand, kind: Kind, by: Comparison, sign: Token, shownAs: string): Filter {
    const isOrder = by !== '==' && by !== '!=';
    if (isOrder && (kind === 'text' || kind === 'flag'))
      throw new FilterError(sign.at, `"${by}" compares numbers, and ${shownAs} is a ${kind}`);
    const value = this.#literal(operand, kind, shownAs);
    if (isOrder && typeof value.value !== 'number')
      throw new FilterError(value.at, `"${by}" compares numbers; leave out the quotes`);
    return { kind: 'compare', operand, by, value: value.value };
  }

  #in(operand: Operand, kind: Kind, shownAs: string): Filter {
    this.#needSign('[', 'write in ["one", "other"]');
    const values = [this.#literal(operand, kind, shownAs).value];
    while (this.#takeSign(',')) values.push(this.#literal(operand, kind, shownAs).value);
    this.#needSign(']');
    return { kind: 'in', operand, values };
  }

  #literal(operand: Operand, kind: Kind, shownAs: string): { value: Literal; at: number } {
    const token = this.#take();
    const value = literalOf(token);
    if (value === null) throw new FilterError(token.at, `expected a value, not ${shown(token)}`);
    const given = typeof value === 'string' ? 'text' : typeof value === 'number' ? 'number' : 'flag';
    if (kind === 'loose' ? given === 'flag' : given !== kind)
      throw new FilterError(token.at, mismatch(shownAs, kind, token));
    if (operand.kind === 'field' && operand.name === 'outcome') requireOutcome(String(value), token.at);
    return { value, at: token.at };
  }

  #peek(): Token {
    return this.#tokens[this.#next] ?? { kind: 'end', text: '', at: 1 };
  }

  #take(): Token {
    const token = this.#peek();
    this.#next += 1;
    return token;
  }

  #takeWord(word: string): boolean {
    const token = this.#peek();
    if (token.kind !== 'name' || token.text !== word) return false;
    this.#next += 1;
    return true;
  }

  #takeSign(sign: string): boolean {
    const token = this.#peek();
    if (token.kind !== 'sign' || token.text !== sign) return false;
    this.#next += 1;
    return true;
  }

  #needSign(sign: string, hint = `expected "${sign}"`): void {
    const token = this.#peek();
    if (!this.#takeSign(sign)) throw new FilterError(token.at, `${hint}, not ${shown(token)}`);
  }
}

function literalOf(token: Token): Literal | null {
  if (token.kind === 'text' || token.kind === 'number') return token.value;
  if (token.kind !== 'name') return null;
  return token.text === 'true' ? true : token.text === 'false' ? false : null;
}

function mismatch(shownAs: string, kind: Kind, token: Token): string {
  const wants = {
    text: 'a text in quotes',
    number: 'a number',
    flag: 'true or false',
    loose: 'a text or a number',
  };
  return `${shownAs} is compared with ${wants[kind]}, not ${shown(token)}`;
}

function requireOutcome(value: string, at: number): void {
  if (outcomes.some((one) => one === value)) return;
  throw new FilterError(
    at,
    `there is no outcome "${value.slice(0, 60)}"; did you mean ${nearest(value, outcomes)}?`,
  );
}

function shown(token: Token): string {
  return token.kind === 'end' ? 'the end' : `"${token.text.slice(0, 60)}"`;
}
