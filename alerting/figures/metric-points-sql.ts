/**
 * Common table expression: `points` has what one metric told, once for each series and time, in [from, to) and an hour before.
 * A point stands in the minute its period ends in. Needs `metric`, `keys` and `globs` (of attributes, as LIKE knows them).
 */
export const METRIC_POINTS = `
  points AS (
    SELECT environment, function, m.temporality AS temporality, m.started_at AS started_at, m.at AS at,
      toStartOfMinute(toDateTime(m.at - toIntervalNanosecond(1), 'UTC')) AS minute,
      cityHash64(service, scope, mapKeys(resource), mapValues(resource), mapKeys(attributes), mapValues(attributes),
        mapKeys(dimensions), mapValues(dimensions)) AS series,
      any(m.kind) AS kind,
      argMax(
        multiIf(m.kind IN ('histogram', 'exponential_histogram'), toFloat64(m.count), m.kind = 'summary', ifNull(m.sum, 0.),
          ifNull(m.value, toFloat64(ifNull(m.int_value, 0)))),
        m.received_at) AS figure,
      argMax(arrayMax(q -> if(q.1 = 1, q.2, 0.), m.quantiles), m.received_at) AS highest
    FROM metric_points AS m
    WHERE tenant = {tenant: String} AND m.metric = {metric: String} AND NOT no_value
      AND m.at > {from: DateTime64(3, 'UTC')} - toIntervalHour(1) AND m.at <= {to: DateTime64(3, 'UTC')}
      AND arrayAll((key, wanted) -> arrayExists(glob -> multiIf(
          mapContains(attributes, key), attributes[key], mapContains(dimensions, key), dimensions[key], resource[key]) LIKE glob, wanted),
        {keys: Array(String)}, {globs: Array(Array(String))})
    GROUP BY environment, function, temporality, started_at, at, minute, series
  )` as const;
