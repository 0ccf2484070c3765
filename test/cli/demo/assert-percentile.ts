import assert from 'node:assert/strict';

/** Within 1 %. Sketches and exact methods differ by one in what they call a rank, hence its neighbours. */
export function assertPercentile(
  toldMs: number | null,
  percent: number,
  sortedUs: readonly number[],
  name: string,
): void {
  const rank = Math.ceil((percent * sortedUs.length) / 100) - 1;
  const low = sortedUs[Math.max(0, rank - 1)] ?? Number.NaN;
  const high = sortedUs[Math.min(sortedUs.length - 1, rank + 1)] ?? Number.NaN;
  const what = `${name}, p${percent}: ${toldMs} ms told, ${low / 1000} to ${high / 1000} ms true`;
  assert.ok(toldMs !== null && toldMs * 1000 >= low * 0.99 && toldMs * 1000 <= high * 1.01, what);
}
