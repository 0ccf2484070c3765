import type { Answer } from './outcome-steps.js';

export type VersionRow = {
  /** Empty when telemetry names none. */
  version: string;
  invocations: number;
  bad: number;
  successRatio: number | null;
  coldStartRatio: number | null;
  firstMs: number;
  lastMs: number;
  /** Invocations in each step, for a line. */
  series: number[];
};

/** Each version with what it served, the newest in the window first. */
export function versionRows(success: Answer, coldStart: Answer): VersionRow[] {
  const cold = new Map(coldStart.series.map((one) => [one.labels['version'] ?? '', one.points]));
  const rows: VersionRow[] = [];
  for (const { labels, points } of success.series) {
    const version = labels['version'] ?? '';
    const served = points.filter(({ total }) => total > 0);
    const [first, last] = [served.at(0), served.at(-1)];
    if (first === undefined || last === undefined) continue;
    const invocations = served.reduce((sum, { total }) => sum + total, 0);
    const good = served.reduce((sum, point) => sum + point.good, 0);
    const starts = cold.get(version) ?? [];
    const ran = starts.reduce((sum, { total }) => sum + total, 0);
    const warm = starts.reduce((sum, point) => sum + point.good, 0);
    rows.push({
      version,
      invocations,
      bad: invocations - good,
      successRatio: good / invocations,
      coldStartRatio: ran === 0 ? null : (ran - warm) / ran,
      firstMs: Date.parse(first.at),
      lastMs: Date.parse(last.at),
      series: points.map(({ total }) => total),
    });
  }
  return rows.sort((one, other) => other.firstMs - one.firstMs || other.invocations - one.invocations);
}
