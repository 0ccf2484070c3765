import { z } from 'zod';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';

const SENDERS = `
  SELECT DISTINCT function, environment FROM metric_points
  WHERE tenant = {tenant: String} AND metric IN {metrics: Array(String)} AND function != ''
    AND at >= {from: DateTime64(3, 'UTC')} AND at < {to: DateTime64(3, 'UTC')}
    AND ({environment: Nullable(String)} IS NULL OR environment = {environment: Nullable(String)})
  ORDER BY function, environment LIMIT 1000`;

// Cumulative series need the last point before the window too; an exporter that sends less than hourly has none.
const SERIES = `
  WITH (scale, positive_offset, positive_counts, zero_count, bounds, bucket_counts, count, min, max) AS point,
    at >= {from: DateTime64(3, 'UTC')} AS inside
  SELECT function, environment, metric, unit, kind,
    attributes['error.type'] != '' OR toUInt16OrZero(attributes['http.response.status_code']) >= 500 AS failed,
    mapContains(attributes, 'error.type') OR mapContains(attributes, 'http.response.status_code') AS tells,
    any(resource['cloud.provider']) AS provider, any(resource['cloud.region']) AS region,
    temporality = 'cumulative' AS cumulative,
    started_at >= {from: DateTime64(3, 'UTC')} AS began_inside,
    toUnixTimestamp64Milli(maxIf(at, inside)) AS last_ms,
    if(cumulative, [argMaxIf(point, at, inside)], groupArrayIf(5000)(point, inside)) AS points,
    if(cumulative, if(countIf(NOT inside) > 0, [argMaxIf(point, at, NOT inside)], [argMinIf(point, at, inside)]), []) AS before,
    countIf(NOT inside) > 0 AS known_before
  FROM metric_points
  WHERE tenant = {tenant: String} AND metric IN {metrics: Array(String)}
    AND at >= {from: DateTime64(3, 'UTC')} - INTERVAL 1 HOUR AND at < {to: DateTime64(3, 'UTC')}
    AND kind IN ('histogram', 'exponential_histogram') AND NOT no_value
    AND (environment, function) IN (SELECT arrayJoin(arrayZip({environments: Array(String)}, {functions: Array(String)})))
  GROUP BY function, environment, metric, unit, kind, temporality, started_at, service, scope, resource, attributes
  HAVING countIf(inside) > 0
  LIMIT 20000`;

const count = z.coerce.number();
const Point = z
  .tuple([
    z.number(),
    z.number(),
    z.array(count),
    count,
    z.array(z.number()),
    z.array(count),
    count,
    z.number().nullable(),
    z.number().nullable(),
  ])
  .transform(([scale, offset, positive, zeroCount, bounds, bucketCounts, n, min, max]) => ({
    scale,
    offset,
    positive,
    zeroCount,
    bounds,
    bucketCounts,
    count: n,
    min,
    max,
  }));
export type MetricPoint = z.infer<typeof Point>;

const Series = z.object({
  function: z.string(),
  environment: z.string(),
  metric: z.string(),
  unit: z.string(),
  kind: z.enum(['histogram', 'exponential_histogram']),
  failed: z.coerce.boolean(),
  tells: z.coerce.boolean(),
  provider: z.string(),
  region: z.string(),
  cumulative: z.coerce.boolean(),
  began_inside: z.coerce.boolean(),
  last_ms: count,
  points: z.array(Point),
  before: z.array(Point),
  known_before: z.coerce.boolean(),
});
export type MetricSeries = z.infer<typeof Series>;

const Sender = z.object({ function: z.string(), environment: z.string() });
export type Sender = z.infer<typeof Sender>;

/** Functions that sent any of these metrics in the window. */
export async function readMetricSenders(
  warehouse: TenantWarehouse,
  question: { from: Date; to: Date; environment: string | null; metrics: readonly string[] },
  options?: StatementOptions,
): Promise<Sender[]> {
  return await warehouse.query(SENDERS, question, Sender, options);
}

/** Histograms of these functions: each delta point of the window, or the first and last of what accumulates. */
export async function readMetricSeries(
  warehouse: TenantWarehouse,
  question: { from: Date; to: Date; metrics: readonly string[]; environments: string[]; functions: string[] },
  options?: StatementOptions,
): Promise<MetricSeries[]> {
  return await warehouse.query(SERIES, question, Series, options);
}
