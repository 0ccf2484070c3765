import { z } from 'zod';
import type { SloDefinition } from '../../schemas/slo/slo-definition.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import type { Correction } from '../corrections/correction.js';
import { correctionsOf, excludedTime } from '../corrections/excluded-time.js';
import type { MinuteCounts } from '../decide/minute-counts.js';
import { seriesKey } from '../reading/series-key.js';

// One row a scope: forty thousand minutes as three lists are read many times faster than as rows.
const SQL = `
  SELECT scope, groupArray(minute_s) AS minutes, groupArray(good_n) AS good, groupArray(total_n) AS total
  FROM (
    SELECT scope, toUnixTimestamp(minute) AS minute_s, toFloat64(good) AS good_n, toFloat64(total) AS total_n
    FROM slo_ledger_1m FINAL
    WHERE tenant = {tenant: String} AND series = {series: UInt64}
      AND ({scope: Nullable(String)} IS NULL OR scope = {scope: Nullable(String)})
      AND minute >= toDateTime({from: DateTime64(3, 'UTC')}) AND minute < toDateTime({to: DateTime64(3, 'UTC')})
      AND total + good > 0
  )
  GROUP BY scope
  ORDER BY scope
  LIMIT {limit: UInt32}
  SETTINGS do_not_merge_across_partitions_select_final = 1` as const;

const Row = z.object({
  scope: z.string(),
  minutes: z.array(z.number()),
  good: z.array(z.number()),
  total: z.array(z.number()),
});

export type MinutesOfSlo = {
  id: string;
  shape: string;
  definition: SloDefinition;
  /** Null: all of them, at most `limit`. */
  scope: string | null;
  from: Date;
  to: Date;
  limit: number;
  /** Those in force: what they take out is not there. */
  corrections: readonly Correction[];
};

export type ScopedCounts = { scope: string; counts: MinuteCounts };

/** The ledger of one objective minute by minute, as the decision reads it. */
export async function readMinutes(warehouse: TenantWarehouse, asked: MinutesOfSlo): Promise<ScopedCounts[]> {
  const { scope: only, from, to, limit } = asked;
  const rows = await warehouse.query(SQL, { series: seriesKey(asked), scope: only, from, to, limit }, Row);
  return rows.map(({ scope, minutes, good, total }) => {
    const counts = emptyCounts(from, to);
    for (const [at, minuteS] of minutes.entries())
      addMinute(counts, minuteS * 1000, good[at] ?? 0, total[at] ?? 0);
    takeOut(counts, asked.definition, scope, asked.corrections);
    return { scope, counts };
  });
}

/** Leaves out the time that corrections say does not count. */
export function takeOut(
  { startMs, good, total }: MinuteCounts,
  definition: SloDefinition,
  scope: string,
  corrections: readonly Correction[],
): void {
  const fromS = startMs / 1000;
  const about = correctionsOf(corrections, definition, scope);
  if (about.length === 0) return;
  for (const out of excludedTime(about, definition.sli, fromS, fromS + total.length * 60)) {
    good.fill(0, (out.fromS - fromS) / 60, (out.toS - fromS) / 60);
    total.fill(0, (out.fromS - fromS) / 60, (out.toS - fromS) / 60);
  }
}

const minuteMs = 60_000;

export function emptyCounts(from: Date, to: Date): MinuteCounts {
  const startMs = Math.floor(from.getTime() / minuteMs) * minuteMs;
  const length = Math.max(0, Math.ceil((to.getTime() - startMs) / minuteMs));
  return { startMs, good: new Float64Array(length), total: new Float64Array(length) };
}

export function addMinute(
  { startMs, good, total }: MinuteCounts,
  atMs: number,
  goodN: number,
  totalN: number,
) {
  const at = Math.floor((atMs - startMs) / minuteMs);
  if (at < 0 || at >= total.length) return;
  good[at] = (good[at] ?? 0) + goodN;
  total[at] = (total[at] ?? 0) + totalN;
}
