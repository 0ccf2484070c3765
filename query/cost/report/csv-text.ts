/** Lines of CSV. A cell a spreadsheet would run as a formula is made text by an apostrophe. */
export function csvText(rows: readonly (readonly string[])[]): string[] {
  return rows.map((row) => row.map(cellText).join(','));
}

function cellText(cell: string): string {
  const isFormula = /^[=+@\t\r]/.test(cell) || (cell.startsWith('-') && !/^-\d+(\.\d+)?$/.test(cell));
  const safe = isFormula ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
