import { z } from 'zod';
import type { QueueMetric } from '../../schemas/queue-settings.js';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';

// Levels are the last figure a minute of each series (a partition, a node, a region), added up over series. `arrivals` are
// the rises from one told minute to the next, at most an hour apart: the look back of an hour makes neighbouring windows add
// up. Configured metrics are read from their points; metric_points is ordered by metric, so others cost nothing.
const SQL = `
  WITH
  toUnixTimestamp({from: DateTime64(3, 'UTC')}) AS from_s,
  configured AS (
    SELECT environment,
      transform(m.metric, {metrics: Array(String)}, {measures: Array(String)}, '') AS told,
      transform(m.metric, {metrics: Array(String)}, {keys: Array(String)}, '') AS key,
      arrayFirst(text -> text != '', [dimensions[key], attributes[key], resource[key]]) AS queue,
      cityHash64(m.metric, mapKeys(resource), mapValues(resource), mapKeys(attributes), mapValues(attributes)) AS series,
      toStartOfMinute(toDateTime(m.at - toIntervalNanosecond(1), 'UTC')) AS minute,
      argMax(
        multiIf(
          m.kind != 'summary', ifNull(m.value, 0.),
          told IN ('sent', 'received'), ifNull(m.sum, 0.),
          arrayMax(q -> if(q.1 = 1, q.2, 0.), m.quantiles)),
        (m.at, m.received_at)) AS figure
    FROM metric_points AS m
    WHERE tenant = {tenant: String} AND m.metric IN {metrics: Array(String)} AND NOT no_value
      AND m.at > {from: DateTime64(3, 'UTC')} - toIntervalHour(1) AND m.at <= {to: DateTime64(3, 'UTC')} + toIntervalMinute(1)
      AND minute < {to: DateTime64(3, 'UTC')} AND queue != ''
    GROUP BY environment, told, key, queue, series, minute
  ),
  last_a_minute AS (
    SELECT environment, queue, measure, minute, series, system, figure
    FROM queue_depths FINAL
    WHERE tenant = {tenant: String}
      AND minute >= {from: DateTime64(3, 'UTC')} - toIntervalHour(1) AND minute < {to: DateTime64(3, 'UTC')}
      AND ({environment: Nullable(String)} IS NULL OR environment = {environment: Nullable(String)})
    UNION ALL
    SELECT environment, queue, if(told = 'ageSeconds', 'ageMs', told), minute, series, '',
      c.figure * if(told = 'ageSeconds', 1000., 1.)
    FROM configured AS c
    WHERE {environment: Nullable(String)} IS NULL OR environment = {environment: Nullable(String)}
  ),
  followed AS (
    SELECT *,
      lagInFrame(figure, 1, -1.) OVER series_of AS before,
      lagInFrame(minute) OVER series_of AS before_minute
    FROM last_a_minute
    WINDOW series_of AS (
      PARTITION BY environment, measure, queue, series ORDER BY minute ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
  ),
  minutes AS (
    SELECT environment, queue, minute, max(system) AS system,
      countIf(measure = 'depth') > 0 AS has_depth,
      sumIf(figure, measure = 'depth') AS depth,
      sumIf(greatest(0., figure - before),
        measure = 'depth' AND before >= 0 AND before_minute >= minute - toIntervalHour(1)) AS arrivals,
      countIf(measure = 'inFlight') > 0 AS has_flight,
      sumIf(figure, measure = 'inFlight') AS in_flight,
      countIf(measure = 'ageMs') > 0 AS has_age,
      maxIf(figure, measure = 'ageMs') AS age_ms,
      countIf(measure = 'sent') > 0 AS has_sent,
      sumIf(figure, measure = 'sent') AS sent,
      countIf(measure = 'received') > 0 AS has_received,
      sumIf(figure, measure = 'received') AS received
    FROM followed
    WHERE minute >= {from: DateTime64(3, 'UTC')}
    GROUP BY environment, queue, minute
  ),
  steps AS (
    SELECT environment, queue, intDiv(toUnixTimestamp(minute) - from_s, {stepSeconds: UInt32}) AS step, max(m.system) AS system,
      max(m.has_depth) AS has_depth, argMaxIf(m.depth, minute, m.has_depth) AS last, maxIf(minute, m.has_depth) AS last_minute,
      argMinIf(m.depth, minute, m.has_depth) AS first, minIf(minute, m.has_depth) AS first_minute,
      maxIf(m.depth, m.has_depth) AS most, sum(m.arrivals) AS arrivals,
      max(m.has_flight) AS has_flight, argMaxIf(m.in_flight, minute, m.has_flight) AS in_flight,
      max(m.has_age) AS has_age, argMaxIf(m.age_ms, minute, m.has_age) AS age_ms, max(m.age_ms) AS age_max_ms,
      max(m.has_sent) AS has_sent, sum(m.sent) AS sent, max(m.has_received) AS has_received, sum(m.received) AS received
    FROM minutes AS m
    GROUP BY environment, queue, step
  )
  SELECT environment, queue, max(s.system) AS system,
    if(countIf(has_depth) = 0, NULL, argMaxIf(s.last, step, has_depth)) AS depth,
    if(countIf(has_depth) = 0, NULL, maxIf(s.most, has_depth)) AS depth_max,
    if(countIf(has_depth) = 0, NULL, sum(s.arrivals)) AS arrivals,
    dateDiff('minute', minIf(s.first_minute, has_depth), maxIf(s.last_minute, has_depth)) AS apart,
    if(countIf(has_depth) = 0 OR apart = 0, NULL,
      (argMaxIf(s.last, step, has_depth) - argMinIf(s.first, step, has_depth)) / apart) AS growth_per_minute,
    if(countIf(has_flight) = 0, NULL, argMaxIf(s.in_flight, step, has_flight)) AS in_flight,
    if(countIf(has_age) = 0, NULL, argMaxIf(s.age_ms, step, has_age)) AS age_ms,
    if(countIf(has_age) = 0, NULL, max(s.age_max_ms)) AS age_max_ms,
    if(countIf(has_sent) = 0, NULL, sum(s.sent)) AS sent,
    if(countIf(has_received) = 0, NULL, sum(s.received)) AS received,
    arraySort(groupArrayIf((step, s.last), has_depth)) AS line
  FROM steps AS s
  GROUP BY environment, queue
  ORDER BY depth DESC NULLS LAST, queue, environment
  LIMIT {limit: UInt32}` as const;

const figure = z.number().nullable();
const Row = z.object({
  environment: z.string(),
  queue: z.string(),
  system: z.string(),
  depth: figure,
  depth_max: figure,
  arrivals: figure,
  growth_per_minute: figure,
  in_flight: figure,
  age_ms: figure,
  age_max_ms: figure,
  sent: figure,
  received: figure,
  line: z.array(z.tuple([z.coerce.number(), z.number()])),
});
/** What metrics tell of one queue in the window; `line` has the step counted from its start, and the depth at its end. */
export type QueueDepth = z.infer<typeof Row>;

export type QueuesQuestion = {
  from: Date;
  to: Date;
  environment: string | null;
  stepSeconds: number;
  limit: number;
};

/** The queues that metrics tell of in the minutes that begin in [from, to), deepest first. */
export async function readQueueDepths(
  warehouse: TenantWarehouse,
  question: QueuesQuestion,
  configured: readonly QueueMetric[],
  options?: StatementOptions,
): Promise<QueueDepth[]> {
  const params = {
    ...question,
    metrics: configured.map(({ metric }) => metric),
    measures: configured.map(({ measure }) => measure),
    keys: configured.map(({ queue }) => queue),
  };
  return await warehouse.query(SQL, params, Row, options);
}
