import type { StatementOptions } from '../../warehouse/warehouse.js';
import { WarehouseError } from '../../warehouse/warehouse-error.js';
import type { Cursor } from './cursor.js';
import { slicesBackwards } from './slices.js';

/** Rows of a slice of time [fromMs, toMs), newest first and at most `limit`, that come after the cursor's last row. */
export type SliceQuestion = { sliceFrom: Date; sliceTo: Date; atNs: string; tie: string; limit: number };
export type ReadSlice<Row> = (question: SliceQuestion, options: StatementOptions) => Promise<Row[]>;

export type Ordered = { at_ns: string; tie: string };

export type Page<Row> = {
  rows: Row[];
  /** Where the next page begins; null when the window has been read to its start. */
  next: Cursor | null;
  /** The time for one request ran out before the page was full; `next` goes on from there. */
  isPartial: boolean;
};

export type PageRequest = {
  cursor: Cursor;
  limit: number;
  budgetMs: number;
  nowMs: () => number;
  /** Of the newest slice; for what an index finds and few rows match, so that small slices would only be more statements. */
  firstSliceMs?: number | undefined;
};

/** Above every tie and every instant. */
const noTie = '18446744073709551615';

/** A cursor before the first row of a window. */
export function firstCursor({ from, to }: { from: Date; to: Date }): Cursor {
  const toMs = to.getTime();
  return { fromMs: from.getTime(), toMs, atNs: nanosOf(toMs), tie: noTie };
}

/** Too dear, or no turn in time while the engine is busy. */
const stopsPage: ReadonlySet<string> = new Set(['resource-limit', 'overloaded']);
/** The first slice may take so many times the budget. */
const firstPatience = 3;

/** One page, read in growing slices of time until it is full, the window is done or the time is up. */
export async function readPage<Row extends Ordered>(
  readSlice: ReadSlice<Row>,
  { cursor, limit, budgetMs, nowMs, firstSliceMs }: PageRequest,
): Promise<Page<Row>> {
  const startedMs = nowMs();
  const rows: Row[] = [];
  const endMs = Math.min(cursor.toMs, Number(BigInt(cursor.atNs) / 1_000_000n) + 1);
  for (const slice of slicesBackwards(cursor.fromMs, endMs, cursor.toMs, firstSliceMs)) {
    const leftMs = budgetMs - (nowMs() - startedMs);
    const resume: Cursor = { ...cursor, ...lastOf(rows, cursor, slice.toMs) };
    if (leftMs <= 0) return { rows, next: resume, isPartial: true };
    const missing = limit + 1 - rows.length;
    const question = {
      sliceFrom: new Date(slice.fromMs),
      sliceTo: new Date(slice.toMs),
      atNs: cursor.atNs,
      tie: cursor.tie,
      limit: missing,
    };
    // The first slice is small: what takes long there is the wait for a turn, and late is better than refused.
    const isFirst = rows.length === 0 && slice.toMs === endMs;
    const timeoutMs = isFirst ? budgetMs * firstPatience : Math.max(50, leftMs);
    try {
      rows.push(...(await readSlice(question, { timeoutMs })));
    } catch (error) {
      const isTooMuch = error instanceof WarehouseError && stopsPage.has(error.kind);
      // Without any progress the same request would end the same way again: then it is a refusal.
      if (!isTooMuch || isFirst) throw error;
      return { rows, next: resume, isPartial: true };
    }
    if (rows.length > limit) {
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      const next = last === undefined ? cursor : { ...cursor, atNs: last.at_ns, tie: last.tie };
      return { rows: shown, next, isPartial: false };
    }
  }
  return { rows, next: null, isPartial: false };
}

/** After the last row found; with none in the slices read so far, at their start. */
function lastOf(
  rows: readonly Ordered[],
  cursor: Cursor,
  readDownToMs: number,
): Pick<Cursor, 'atNs' | 'tie'> {
  const boundary = { atNs: nanosOf(readDownToMs), tie: '0' };
  if (BigInt(boundary.atNs) < BigInt(cursor.atNs)) return boundary;
  const last = rows.at(-1);
  return last === undefined ? { atNs: cursor.atNs, tie: cursor.tie } : { atNs: last.at_ns, tie: last.tie };
}

function nanosOf(ms: number): string {
  return `${BigInt(ms) * 1_000_000n}`;
}
