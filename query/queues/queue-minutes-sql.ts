import type { QueueMetric } from '../../schemas/queue-settings.js';

/**
 * Common table expressions: `minutes` has what metrics tell of each queue by minute, in [from, to). Needs `from`, `to`,
 * `environment` and what `configuredParams` gives.
 *
 * Levels are the last figure a minute of each series (a partition, a node, a region), added up over series. `arrivals` are
 * the rises from one told minute to the next, at most an hour apart: the look back of an hour makes neighbouring windows add
 * up. Configured metrics are read from their points; metric_points is ordered by metric, so others cost nothing.
 */
export const QUEUE_MINUTES = `
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
  )` as const;

/** Names of metrics that the configuration says tell of queues. */
export function configuredParams(configured: readonly QueueMetric[]) {
  return {
    metrics: configured.map(({ metric }) => metric),
    measures: configured.map(({ measure }) => measure),
    keys: configured.map(({ queue }) => queue),
  };
}
