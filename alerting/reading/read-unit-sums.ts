import { z } from 'zod';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import type { Sum } from '../budget/budget.js';
import type { SumUnits } from '../budget/sum-units.js';
import { IN_INTERVALS, intervalParams } from './in-intervals.js';

// Units between two starts of windows fall into the same windows, so they are added up first: `band` is the start before
// them. Rows are chosen by the first part of the key (day of an hour, hour of a minute), then exactly; all conditions are on
// the key, so they may be asked before rows are replaced (PREWHERE). No row of a partition is replaced by one of another.
const SQL = `
  SELECT toString(series) AS key, scope,
    arrayMap(n -> toFloat64(n), sumForEach(arrayMap(start -> if(band >= start, good_sum, 0), {startsS: Array(UInt32)}))) AS good,
    arrayMap(n -> toFloat64(n), sumForEach(arrayMap(start -> if(band >= start, total_sum, 0), {startsS: Array(UInt32)}))) AS total
  FROM (
    SELECT series, scope, roundDown(toUnixTimestamp(day), {sortedS: Array(UInt32)}) AS band,
      sum(good) AS good_sum, sum(total) AS total_sum
    FROM slo_ledger_1d FINAL
    WHERE tenant = {tenant: String} AND (empty({series: Array(UInt64)}) OR series IN {series: Array(UInt64)})
      AND day IN {daysS: Array(UInt32)}
    GROUP BY series, scope, band
    UNION ALL
    SELECT series, scope, roundDown(toUnixTimestamp(hour), {sortedS: Array(UInt32)}) AS band,
      sum(good) AS good_sum, sum(total) AS total_sum
    FROM slo_ledger_1h FINAL
    WHERE tenant = {tenant: String} AND (empty({series: Array(UInt64)}) OR series IN {series: Array(UInt64)})
      AND toStartOfDay(hour) IN {hourDaysS: Array(UInt32)} AND hour IN {hoursS: Array(UInt32)}
    GROUP BY series, scope, band
    UNION ALL
    SELECT series, scope, roundDown(toUnixTimestamp(minute), {sortedS: Array(UInt32)}) AS band,
      sum(good) AS good_sum, sum(total) AS total_sum
    FROM slo_ledger_1m FINAL
    WHERE tenant = {tenant: String} AND (empty({series: Array(UInt64)}) OR series IN {series: Array(UInt64)})
      AND toStartOfHour(minute) IN {minuteHoursS: Array(UInt32)}
      AND ${IN_INTERVALS}
    GROUP BY series, scope, band
  )
  GROUP BY series, scope
  SETTINGS do_not_merge_across_partitions_select_final = 1, optimize_move_to_prewhere_if_final = 1` as const;

const Row = z.object({
  key: z.string().transform(BigInt),
  scope: z.string(),
  good: z.array(z.number()),
  total: z.array(z.number()),
});

const hourS = 3600;
const dayS = 24 * hourS;

export type UnitsAsked = {
  /** Keys of series; none asks for all of the tenant. */
  series: readonly bigint[];
  units: SumUnits;
  /** Starts of windows, in any order; a unit counts for every window that begins at or before it. */
  startsS: readonly number[];
};

export type UnitSums = { key: bigint; scope: string; sums: Sum[] };

/** Sums units of the ledger by window: units must not lie across a start. */
export async function readUnitSums(
  warehouse: TenantWarehouse,
  { series, units: { daysS, hoursS, minutes }, startsS }: UnitsAsked,
): Promise<UnitSums[]> {
  const rows = await warehouse.query(
    SQL,
    {
      series,
      startsS,
      sortedS: [...new Set(startsS)].sort((one, other) => one - other),
      daysS,
      hoursS,
      hourDaysS: floors(hoursS, dayS),
      minuteHoursS: floors(
        minutes.flatMap(({ fromS, toS }) => range(Math.floor(fromS / hourS) * hourS, toS, hourS)),
        hourS,
      ),
      ...intervalParams(minutes),
    },
    Row,
  );
  return rows.map(({ key, scope, good, total }) => ({
    key,
    scope,
    sums: startsS.map((_, at) => ({ good: good[at] ?? 0, total: total[at] ?? 0 })),
  }));
}

function floors(startsS: readonly number[], unitS: number): number[] {
  return [...new Set(startsS.map((atS) => Math.floor(atS / unitS) * unitS))];
}

function range(fromS: number, toS: number, stepS: number): number[] {
  return Array.from({ length: Math.ceil((toS - fromS) / stepS) }, (_, index) => fromS + index * stepS);
}
