/** A run, [startUs, endUs). */
export type Interval = { startUs: number; endUs: number };

/** Most runs going on at one instant of [within.startUs, within.endUs). */
export function concurrencyMax(intervals: readonly Interval[], within: Interval): number {
  const edges: { atUs: number; change: number }[] = [];
  for (const { startUs, endUs } of intervals) {
    const from = Math.max(startUs, within.startUs);
    const to = Math.min(endUs, within.endUs);
    if (from >= to) continue;
    edges.push({ atUs: from, change: 1 }, { atUs: to, change: -1 });
  }
  // One that ends when another begins is over: they never ran together.
  edges.sort((a, b) => a.atUs - b.atUs || a.change - b.change);
  let running = 0;
  let most = 0;
  for (const { change } of edges) {
    running += change;
    most = Math.max(most, running);
  }
  return most;
}
