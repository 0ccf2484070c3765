import { unknown } from '../figure.js';

/** An exact figure as titles hold it: grouped digits, perhaps dollars or a share. */
const figure = /^(−|-)?\$?([\d,]+(?:\.\d+)?)$/;

/** What a cell of a table says in a file: its exact figure as a number where there is one, else its text; nothing where it is not known. */
export function cellValue(shown: string, exact: string): string | number {
  const text = shown.replace(/\s+/g, ' ').trim();
  if (text === unknown) return '';
  for (const candidate of [exact, text]) {
    const found = figure.exec(candidate.trim());
    if (found === null) continue;
    const value = Number((found[2] ?? '').replaceAll(',', ''));
    return found[1] === undefined ? value : -value;
  }
  return text;
}
