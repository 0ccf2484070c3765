/** After so long without an insert, the next rows are somebody's first and should be seen at once. */
const pauseMs = 3_000;
/** Inserting may take this share of the time: the cost of an insert is mostly its own, not that of its rows. */
const insertShare = 1 / 6;
/** With the insert itself, rows are to be seen within a second. */
const longestMs = 750;

export type LastInsert = { endedAtMs: number; tookMs: number };

/**
 * How old an open segment becomes before it is inserted: `everyMs` after a pause, and longer while inserts are dear, so
 * that a busy or slow machine makes fewer and larger parts.
 */
export function insertAgeMs(everyMs: number, last: LastInsert | null, openedAtMs: number): number {
  if (last === null || openedAtMs - last.endedAtMs > pauseMs) return everyMs;
  return Math.max(everyMs, Math.min(longestMs, last.tookMs / insertShare));
}
