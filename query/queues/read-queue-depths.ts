import { z } from 'zod';
import type { QueueMetric } from '../../schemas/queue-settings.js';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';

// Levels are read as the last figure a minute of each series (a partition, a node, a region), then added up over series.
// `arrivals` are the rises from one told minute to the next, at most an hour apart: the look back of an hour makes
// neighbouring windows add up. metric_points is ordered by metric, so this reads the named metrics alone.
const SQL = `
  WITH
  toUnixTimestamp({from: DateTime64(3, 'UTC')}) AS from_s,
  last_a_minute AS (
    SELECT environment,
      transform(m.metric, {metrics: Array(String)}, {measures: Array(String)}, '') AS measure,
      transform(m.metric, {metrics: Array(String)}, {keys: Array(String)}, '') AS key,
      arrayFirst(text -> text != '', [dimensions[key], attributes[key], resource[key]]) AS queue,
      cityHash64(arraySort(mapKeys(resource)), arrayMap(k -> resource[k], arraySort(mapKeys(resource))),
        arraySort(mapKeys(attributes)), arrayMap(k -> attributes[k], arraySort(mapKeys(attributes)))) AS series,
      toStartOfMinute(toDateTime(m.at - toIntervalNanosecond(1), 'UTC')) AS minute,
      if(startsWith(m.metric, 'amazonaws.com/AWS/SQS/'), 'aws_sqs', '') AS system,
      argMax(
        multiIf(
          m.kind != 'summary', ifNull(m.value, 0.),
          measure IN ('sent', 'received'), ifNull(m.sum, 0.),
          arrayMax(q -> if(q.1 = 1, q.2, 0.), m.quantiles)),
        (m.at, m.received_at)) AS figure
    FROM metric_points AS m
    WHERE tenant = {tenant: String} AND m.metric IN {metrics: Array(String)} AND NOT no_value
      AND m.at > {from: DateTime64(3, 'UTC')} - toIntervalHour(1) AND m.at <= {to: DateTime64(3, 'UTC')}
      AND ({environment: Nullable(String)} IS NULL OR environment = {environment: Nullable(String)})
      AND minute < {to: DateTime64(3, 'UTC')} AND queue != ''
    GROUP BY environment, measure, key, queue, series, minute, system
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
      countIf(measure IN ('ageMs', 'ageSeconds')) > 0 AS has_age,
      maxIf(figure * if(measure = 'ageSeconds', 1000., 1.), measure IN ('ageMs', 'ageSeconds')) AS age_ms,
      countIf(measure = 'sent') > 0 AS has_sent,
      sumIf(figure, measure = 'sent') AS sent,
      countIf(measure = 'received') > 0 AS has_received,
      sumIf(figure, measure = 'received') AS received
    FROM followed
    WHERE minute >= {from: DateTime64(3, 'UTC')}
    GROUP BY environment, queue, minute
  ),
  steps AS (
    SELECT environment, queue, intDiv(toUnixTimestamp(minute) - from_s, {stepSeconds: UInt32}) AS step,
      argMaxIf(depth, minute, has_depth) AS depth
    FROM minutes
    WHERE has_depth
    GROUP BY environment, queue, step
  ),
  lines AS (
    SELECT environment, queue, arraySort(groupArray((step, depth))) AS line FROM steps GROUP BY environment, queue
  )
  SELECT m.environment AS environment, m.queue AS queue, max(m.system) AS system,
    if(countIf(has_depth) = 0, NULL, argMaxIf(m.depth, m.minute, has_depth)) AS depth,
    if(countIf(has_depth) = 0, NULL, maxIf(m.depth, has_depth)) AS depth_max,
    if(countIf(has_depth) = 0, NULL, sum(m.arrivals)) AS arrivals,
    if(countIf(has_depth) < 2, NULL,
      (argMaxIf(m.depth, m.minute, has_depth) - argMinIf(m.depth, m.minute, has_depth))
        / dateDiff('minute', minIf(m.minute, has_depth), maxIf(m.minute, has_depth))) AS growth_per_minute,
    if(countIf(has_flight) = 0, NULL, argMaxIf(m.in_flight, m.minute, has_flight)) AS in_flight,
    if(countIf(has_age) = 0, NULL, argMaxIf(m.age_ms, m.minute, has_age)) AS age_ms,
    if(countIf(has_age) = 0, NULL, max(m.age_ms)) AS age_max_ms,
    if(countIf(has_sent) = 0, NULL, sum(m.sent)) AS sent,
    if(countIf(has_received) = 0, NULL, sum(m.received)) AS received,
    any(l.line) AS line
  FROM minutes AS m
  LEFT JOIN lines AS l ON m.environment = l.environment AND m.queue = l.queue
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
  metrics: readonly QueueMetric[],
  options?: StatementOptions,
): Promise<QueueDepth[]> {
  const params = {
    ...question,
    metrics: metrics.map(({ metric }) => metric),
    measures: metrics.map(({ measure }) => measure),
    keys: metrics.map(({ queue }) => queue),
  };
  return await warehouse.query(SQL, params, Row, options);
}
