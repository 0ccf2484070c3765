import { z } from 'zod';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import type { MinuteCounts } from '../decide/minute-counts.js';

// One row a scope: forty thousand minutes as three lists are read many times faster than as rows.
const SQL = `
  SELECT scope, groupArray(minute_s) AS minutes, groupArray(good_n) AS good, groupArray(total_n) AS total
  FROM (
    SELECT scope, toUnixTimestamp(minute) AS minute_s, toFloat64(good) AS good_n, toFloat64(total) AS total_n
    FROM slo_ledger_1m FINAL
    WHERE tenant = {tenant: String} AND slo = {slo: String} AND shape = {shape: String}
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
  slo: string;
  shape: string;
  /** Null: all of them, at most `limit`. */
  scope: string | null;
  from: Date;
  to: Date;
  limit: number;
};

export type ScopedCounts = { scope: string; counts: MinuteCounts };

/** The ledger of one objective minute by minute, as the decision reads it. */
export async function readMinutes(warehouse: TenantWarehouse, asked: MinutesOfSlo): Promise<ScopedCounts[]> {
  const rows = await warehouse.query(SQL, asked, Row);
  return rows.map(({ scope, minutes, good, total }) => {
    const counts = emptyCounts(asked.from, asked.to);
    for (const [at, minuteS] of minutes.entries())
      addMinute(counts, minuteS * 1000, good[at] ?? 0, total[at] ?? 0);
    return { scope, counts };
  });
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
