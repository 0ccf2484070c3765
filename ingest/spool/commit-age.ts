/** A timer is no finer. */
const shortestMs = 1;
/** Writing to the disk may take this share of the time: a commit costs as much for one request as for twenty. */
const writingShare = 1 / 2;

/**
 * How long after a commit began the next one may begin, when that one took `tookMs`: soon while the disk answers at once,
 * so that senders of small requests wait for nothing, and at most `everyMs` later.
 */
export function commitAgeMs(everyMs: number, tookMs: number): number {
  return Math.min(everyMs, Math.max(shortestMs, tookMs / writingShare));
}
