import { z } from 'zod';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import type { Sum } from '../budget/budget.js';
import { windowEdges } from '../budget/window-edges.js';

// Hours in the middle of a window, minutes at both of its ends. Rows between two starts fall into the same windows, so they
// are added up first (`band` is the start before them); minutes of an hour that a window begins within (`NOT is_whole`) belong
// only to windows that begin in that hour. No row of a day or month is replaced by one of another.
const SQL = `
  SELECT slo, shape, scope,
    arrayMap(n -> toFloat64(n), sumForEach(arrayMap(
      (start, whole) -> if(band >= start AND (is_whole OR band < whole), good_sum, 0),
      {startsS: Array(UInt32)}, {wholesS: Array(UInt32)}))) AS good,
    arrayMap(n -> toFloat64(n), sumForEach(arrayMap(
      (start, whole) -> if(band >= start AND (is_whole OR band < whole), total_sum, 0),
      {startsS: Array(UInt32)}, {wholesS: Array(UInt32)}))) AS total
  FROM (
    SELECT slo, shape, scope, roundDown(toUnixTimestamp(hour), {sortedS: Array(UInt32)}) AS band, true AS is_whole,
      sum(good) AS good_sum, sum(total) AS total_sum
    FROM slo_ledger_1h FINAL
    WHERE tenant = {tenant: String} AND ({slo: Nullable(String)} IS NULL OR slo = {slo: Nullable(String)})
      AND hour >= toDateTime({firstS: UInt32}) AND hour < toDateTime({tailS: UInt32})
    GROUP BY slo, shape, scope, band
    UNION ALL
    SELECT slo, shape, scope, roundDown(toUnixTimestamp(minute), {sortedS: Array(UInt32)}) AS band,
      toUnixTimestamp(minute) >= {tailS: UInt32} AS is_whole, sum(good) AS good_sum, sum(total) AS total_sum
    FROM slo_ledger_1m FINAL
    WHERE tenant = {tenant: String} AND ({slo: Nullable(String)} IS NULL OR slo = {slo: Nullable(String)})
      AND minute < toDateTime({endS: UInt32})
      AND (minute >= toDateTime({tailFromS: UInt32}) OR minute IN {headsS: Array(UInt32)})
    GROUP BY slo, shape, scope, band, is_whole
  )
  GROUP BY slo, shape, scope
  SETTINGS do_not_merge_across_partitions_select_final = 1` as const;

const Row = z.object({
  slo: z.string(),
  shape: z.string(),
  scope: z.string(),
  good: z.array(z.number()),
  total: z.array(z.number()),
});

export type WindowsAsked = {
  /** One objective, or all of the tenant. */
  slo: string | null;
  /** Starts of windows that all end at `end`; whole minutes. */
  starts: readonly Date[];
  end: Date;
  now: Date;
};

export type WindowSums = { slo: string; shape: string; scope: string; sums: Sum[] };

/** Sums of the ledger over windows with one end, exact to the minute, in the order they were asked for. */
export async function readWindowSums(
  warehouse: TenantWarehouse,
  { slo, starts, end, now }: WindowsAsked,
): Promise<WindowSums[]> {
  if (starts.length === 0) return [];
  const rows = await warehouse.query(SQL, { slo, ...windowEdges(starts, end, now) }, Row);
  return rows.map(({ good, total, ...names }) => ({
    ...names,
    sums: starts.map((_, index) => ({ good: good[index] ?? 0, total: total[index] ?? 0 })),
  }));
}
