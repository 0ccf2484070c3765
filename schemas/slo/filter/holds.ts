import { matchesGlob } from '../selector.js';
import type { FilterField } from './fields.js';
import type { Comparison, Filter, Literal, Operand } from './filter.js';

/** One invocation as filters see it; null is what was not told. */
export type FilterRow = { readonly [Field in FilterField]: Literal | null } & {
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
};

/** Whether a filter holds of one invocation; the engine must say the same of the same row. */
export function holds(filter: Filter, row: FilterRow): boolean {
  switch (filter.kind) {
    case 'all':
      return filter.parts.every((part) => holds(part, row));
    case 'any':
      return filter.parts.some((part) => holds(part, row));
    case 'not':
      return !holds(filter.of, row);
    case 'exists':
      return told(filter.operand, row) !== null;
    case 'like': {
      const value = told(filter.operand, row);
      return typeof value === 'string' && matchesGlob(value, filter.glob);
    }
    case 'in':
      return filter.values.some((value) => compares(told(filter.operand, row), '==', value));
    case 'compare':
      return compares(told(filter.operand, row), filter.by, filter.value);
  }
}

function told(operand: Operand, row: FilterRow): Literal | null {
  if (operand.kind === 'field') return row[operand.name];
  const texts = operand.kind === 'tag' ? row.tags : row.attributes;
  return Object.hasOwn(texts, operand.key) ? (texts[operand.key] ?? null) : null;
}

/** A text that is compared with a number counts as one when it is plain decimal digits. */
const decimal = /^-?\d{1,15}(\.\d{1,15})?$/;

function compares(given: Literal | null, by: Comparison, value: Literal): boolean {
  if (by === '!=') return !compares(given, '==', value);
  if (given === null) return false;
  if (typeof value !== 'number') return given === value;
  if (typeof given === 'string' && !decimal.test(given)) return false;
  const number = Number(given);
  switch (by) {
    case '==':
      return number === value;
    case '<':
      return number < value;
    case '<=':
      return number <= value;
    case '>':
      return number > value;
    case '>=':
      return number >= value;
  }
}
