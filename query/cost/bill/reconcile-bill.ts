import type { BillRecord, ReconcileAnswer } from '../../../schemas/cost/bill.js';
import { type BillLine, billLine } from './bill-line.js';
import { bridge, type ModelledLine } from './bridge.js';

export type ReadBill = { format: ReconcileAnswer['format']; records: readonly BillRecord[] };
export type BillLines = {
  lines: BillLine[];
  read: number;
  unreadable: number;
  from: string | null;
  to: string | null;
};

const dayMs = 86_400_000;

/** The rows of a bill that can be compared; the others are counted, never guessed. */
export function billLines(records: readonly BillRecord[]): BillLines {
  const lines: BillLine[] = [];
  let [read, unreadable] = [0, 0];
  for (const record of records) {
    read += record.rows;
    const line = billLine(record);
    if (line === null) unreadable += record.rows;
    else lines.push(line);
  }
  const days = lines.map(({ day }) => day).sort();
  const [from = null, last = null] = [days.at(0), days.at(-1)];
  const to = last === null ? null : new Date(Date.parse(last) + dayMs).toISOString().slice(0, 10);
  return { lines, read, unreadable, from, to };
}

export function reconcileBill(
  { format }: Pick<ReadBill, 'format'>,
  { lines, read, unreadable, from, to }: BillLines,
  modelled: readonly ModelledLine[],
): Omit<ReconcileAnswer, 'notes'> {
  return {
    from,
    to,
    format,
    ...bridge(modelled, lines),
    lines: { read, functions: lines.filter(({ isFunction }) => isFunction).length, unreadable },
  };
}
