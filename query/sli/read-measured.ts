import { z } from 'zod';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import { BUCKET, IN_ROWS } from '../window/part-sql.js';
import { COLUMN, OF_ROWS, ROW_LABELS } from './dimension-sql.js';
import { paramsOf, type SumsQuestion } from './read-sums.js';

/** What a row measures: how long it ran, how long its cold start took, how old its event was. */
export type Measure = 'duration' | 'init' | 'eventAge';

/** Up to so many different values of a step come back one by one. */
export const mostValues = 512;

const SQL = `
  SELECT column, labels, sum(same) AS total, sumIf(same, duration_ns < {thresholdNs: UInt64}) AS under,
    sum(same_cold * (duration_ns >= {thresholdNs: UInt64})) AS cold_over,
    sum(duration_ns * same) AS sum_ns, count() AS different,
    arraySort(groupArray(512)((toUInt64(duration_ns), same))) AS some,
    if(different <= 512, ([], []), sumMap([toUInt32(${BUCKET})], [same])) AS by_bucket,
    arrayZip(by_bucket.1, by_bucket.2) AS counts
  FROM (
    SELECT ${COLUMN}, labels, measured_ns AS duration_ns, sum(weighed) AS same, sumIf(weighed, cold) AS same_cold
    FROM (
      SELECT toUnixTimestamp64Milli(started_at) AS at_ms, ${ROW_LABELS}, cold, sign * weight AS weighed,
        multiIf({measure: String} = 'init', init_ns,
          {measure: String} = 'eventAge', toUInt64(ifNull(event_age_ms, 0)) * 1000000, duration_ns) AS measured_ns
      FROM invocations
      WHERE ${IN_ROWS} AND ${OF_ROWS}
        AND multiIf({measure: String} = 'init', init_ns > 0, {measure: String} = 'eventAge', isNotNull(event_age_ms), true)
        AND outcome NOT IN ('throttled', 'rejected')
        AND (empty({columns: Array(Int64)}) OR has({columns: Array(Int64)}, intDiv(at_ms, {stepMs: Int64}) * {stepMs: Int64}))
    )
    GROUP BY column, labels, duration_ns HAVING same > 0
  )
  GROUP BY column, labels
  ORDER BY column, labels
  LIMIT {most: UInt32}` as const;

const count = z.coerce.number();
const Pairs = z.array(z.tuple([count, z.number()]));
const Row = z.object({
  column: count,
  labels: z.array(z.string()),
  total: z.number(),
  under: z.number(),
  cold_over: z.number(),
  sum_ns: z.number(),
  different: count,
  /** Values in nanoseconds, ascending, and how many have each: all of them when there are at most 512. */
  some: Pairs,
  /** By latency bucket, when there are more. */
  counts: Pairs,
});
export type MeasuredRow = z.infer<typeof Row>;

/** By step and labels, from the rows themselves; of some steps only, when `columns` lists any. */
export async function readMeasured(
  warehouse: TenantWarehouse,
  question: Omit<SumsQuestion, 'fromRows'> & {
    measure: Measure;
    thresholdMs: number;
    columns: readonly number[];
  },
  options?: StatementOptions,
): Promise<MeasuredRow[]> {
  const { measure, columns, thresholdMs } = question;
  const params = {
    ...paramsOf(question),
    measure,
    columns,
    thresholdNs: BigInt(Math.round(thresholdMs * 1e6)),
  };
  return await warehouse.query(SQL, params, Row, options);
}
