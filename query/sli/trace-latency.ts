import { z } from 'zod';
import { BUCKET } from '../window/part-sql.js';
import { COLUMN } from './dimension-sql.js';
import { measuredQuantileMs } from './measured.js';
import { paramsOf } from './read-sums.js';
import type { Sli } from './sli.js';

// A trace is told by its runs, which are never sampled: from the start of the first to the end of the last. It counts in the
// step it begins in. Runs are looked for an hour around the window, so that an end of it cuts no trace.
const SQL = `
  SELECT ${COLUMN}, labels, count() AS total, countIf(duration_ns < {thresholdNs: UInt64}) AS good,
    avg(duration_ns) AS mean_ns, arrayMap(ns -> (ns, 1), arraySort(groupArray(512)(duration_ns))) AS some,
    sumMap([toUInt32(${BUCKET})], [toUInt64(1)]) AS by_bucket, arrayZip(by_bucket.1, by_bucket.2) AS counts
  FROM (
    SELECT min(started_at) AS began_at, toUnixTimestamp64Milli(began_at) AS at_ms,
      toUInt64(max(toUnixTimestamp64Nano(started_at) + toInt64(i.duration_ns)) - toUnixTimestamp64Nano(began_at)) AS duration_ns,
      argMin((function, environment), started_at) AS first,
      arrayMap(name -> multiIf(name = 'function', first.1, name = 'environment', first.2, ''), {groupBy: Array(String)}) AS labels
    FROM (
      SELECT trace_id, function, environment, started_at, duration_ns
      FROM invocations
      WHERE tenant = {tenant: String} AND trace_id != toFixedString('', 16)
        AND started_at >= {from: DateTime64(3, 'UTC')} - toIntervalHour(1)
        AND started_at < {to: DateTime64(3, 'UTC')} + toIntervalHour(1)
        AND ({function: Nullable(String)} IS NULL OR trace_id IN (
          SELECT trace_id FROM invocations
          WHERE tenant = {tenant: String} AND function = {function: Nullable(String)}
            AND started_at >= {from: DateTime64(3, 'UTC')} AND started_at < {to: DateTime64(3, 'UTC')}))
      GROUP BY trace_id, function, environment, started_at, duration_ns, span_id
      HAVING sum(sign) > 0
    ) AS i
    GROUP BY trace_id
    HAVING began_at >= {from: DateTime64(3, 'UTC')} AND began_at < {to: DateTime64(3, 'UTC')}
      AND ({function: Nullable(String)} IS NULL OR first.1 = {function: Nullable(String)})
      AND ({environment: Nullable(String)} IS NULL OR first.2 = {environment: Nullable(String)})
  )
  GROUP BY column, labels
  ORDER BY column, labels
  LIMIT {most: UInt32}` as const;

const count = z.coerce.number();
const Row = z.object({
  column: count,
  labels: z.array(z.string()),
  total: count,
  good: count,
  mean_ns: z.number(),
  some: z.array(z.tuple([count, count])),
  counts: z.array(z.tuple([count, count])),
});

/** By function and environment of the run a trace begins with. */
export const traceLatency: Sli = {
  unit: 'ms',
  says: 'traces whose last run ended less than `thresholdMs` after their first began, of all; the value is the mean, or percentiles',
  dimensions: [],
  rowDimensions: ['function', 'environment'],
  kept: 'rows',
  takes: ['thresholdMs', 'quantiles'],
  defaultThresholdMs: 3000,
  adds: false,
  read: async (warehouse, question) => {
    const thresholdNs = BigInt(Math.round(question.thresholdMs * 1e6));
    const rows = await warehouse.query(SQL, { ...paramsOf(question), thresholdNs }, Row);
    return rows.flatMap(({ mean_ns, some, counts, ...row }) => {
      if (question.quantiles.length === 0) return [{ ...row, value: mean_ns / 1e6 }];
      return question.quantiles.map((quantile) => ({
        ...row,
        labels: [...row.labels, String(quantile)],
        value: measuredQuantileMs({ different: row.total, some, counts }, quantile),
      }));
    });
  },
};
