import { parseCsv } from '../../query/cost/bill/parse-csv.js';
import { validateFocus } from '../../query/cost/report/validate-focus.js';
import type { CommandContext, ExitCode } from '../command.js';

/** Exits 0 when a CSV file is FOCUS 1.2, 1 when something in it is not. */
export async function checkFocus(path: string, { io }: CommandContext): Promise<ExitCode> {
  const [names = [], ...rows] = [...parseCsv(await io.read(path))];
  const columns = names.map((name) => name.replace(/^\uFEFF/, ''));
  const objects = rows.map((cells) =>
    Object.fromEntries(columns.map((name, index) => [name, cells[index] ?? ''])),
  );
  const problems = validateFocus(columns, objects);
  for (const { row, message } of problems) io.err(`${path}:${row + 1}: ${message}`);
  if (problems.length === 0) io.out(`${path}: ${objects.length} rows of FOCUS 1.2`);
  return problems.length === 0 ? 0 : 1;
}
