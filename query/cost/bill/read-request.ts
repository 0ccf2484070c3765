import type { z } from 'zod';
import type { ReconcileRequest } from '../../../schemas/cost/bill.js';
import { billColumns, recordOf } from './column-maps.js';
import { parseCsv } from './parse-csv.js';
import type { ReadBill } from './reconcile-bill.js';

export type RequestedBill = (ReadBill & { kind: 'bill' }) | { kind: 'refused'; reason: string };

const unknown =
  'The columns are neither those of FOCUS (ChargePeriodStart, …) nor of CUR 2.0 (line_item_usage_start_date, …)';

/** The bill in a request, whichever of the shapes it has. */
export function readRequest(request: z.output<typeof ReconcileRequest>): RequestedBill {
  if (request.records !== undefined) return { kind: 'bill', format: 'records', records: request.records };
  const rows = request.rows ?? [...rowsOfCsv(request.csv ?? '')];
  const [first] = rows;
  if (first === undefined) return { kind: 'refused', reason: 'The bill has no rows' };
  const columns = billColumns(Object.keys(first));
  if (columns === null) return { kind: 'refused', reason: unknown };
  return { kind: 'bill', format: columns.format, records: rows.map((row) => recordOf(columns, row)) };
}

function* rowsOfCsv(text: string): Generator<Record<string, string>> {
  let names: string[] | null = null;
  for (const cells of parseCsv(text)) {
    if (names === null) {
      names = cells.map((name) => name.replace(/^\uFEFF/, '').trim());
      continue;
    }
    yield Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']));
  }
}
