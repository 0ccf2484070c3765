import { decimalText } from '../../query/cost/exact/decimal-text.js';
import { compare, decimal, rational } from '../../query/cost/exact/rational.js';

/** How amounts are cut for reading; every digit is a format away. */
export const shortenedNote = 'amounts are rounded for reading; as JSON or CSV they have every digit';

/**
 * The rows of a table with its amounts as people read them: cents from a dollar on, else four digits that say something. Rates
 * stay as they are published.
 */
export function shortAmounts(head: readonly string[], rows: readonly (readonly string[])[]): string[][] {
  const isRate = head.map((name) => name === 'rate USD');
  return rows.map((row) =>
    row.map((cell, column) =>
      isRate[column] !== true && /^-?\d+\.\d{3,}$/.test(cell) ? shortAmount(cell) : cell,
    ),
  );
}

/** The same of amounts in a sentence, told by their currency. */
export function withShortAmounts(sentence: string): string {
  return sentence.replaceAll(/-?\d+\.\d{3,}(?= USD)/g, shortAmount);
}

function shortAmount(text: string): string {
  const amount = decimal(text);
  const isLarge = compare(amount, rational(1n)) >= 0 || compare(amount, rational(-1n)) <= 0;
  const zeros = /\.(0*)/.exec(text)?.[1]?.length ?? 0;
  return isLarge ? cents(decimalText(amount, 2)) : decimalText(amount, zeros + 4);
}

function cents(text: string): string {
  const [whole = '0', part = ''] = text.split('.');
  return `${whole}.${part.padEnd(2, '0')}`;
}
