import { csvText, fileName } from '../view/chart/chart-csv.js';
import { cellValue } from '../view/chart/table-csv.js';
import { saveFile } from './save-file.js';

const type = 'text/csv;charset=utf-8';

/** Rows under a head, as a file named after what they show. */
export function saveRowsCsv(title: string, rows: readonly (readonly (string | number)[])[]): void {
  saveFile(fileName(title, Date.now(), 'csv'), new Blob([csvText(rows)], { type }));
}

/** The tables a panel shows, one below the other, with the exact figure wherever the short one explains itself by it. */
export function saveTablesCsv(title: string, panel: HTMLElement): void {
  const rows = [...panel.querySelectorAll('table')].flatMap((table) =>
    [...table.rows].map((row) => [...row.cells].map(textOf)),
  );
  saveRowsCsv(title, rows);
}

function textOf(cell: HTMLTableCellElement): string | number {
  const exact =
    cell.title === '' ? (cell.querySelector<HTMLElement>('.figure[title]')?.title ?? '') : cell.title;
  const copy = cell.cloneNode(true);
  if (!(copy instanceof HTMLElement)) return '';
  for (const unseen of copy.querySelectorAll('.unseen, button')) unseen.remove();
  return cellValue(copy.textContent ?? '', exact);
}
