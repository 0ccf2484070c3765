/**
 * Common table expressions: `increments` has what was counted between one point of a series and the next, in the minute in
 * which it was told, with the time it covers. Needs `from`, `to`, `metrics` and `function`.
 *
 * What counts a period needs no looking back. A series of a running counter is looked at a day before the window, so that the
 * first difference inside it is known. The first point of a counter counts from its start if that is at most a day back; of
 * an older one, or one that does not say when it started, the first point only sets the base. A counter that falls has
 * started anew. Points told again count once, and late ones fall into their place, because nothing is summed before it is read.
 */
export const INCREMENTS = `
  followed AS (
    SELECT environment, function, metric, source, region, account, kind, minute, started_at, at, value,
      toUnixTimestamp64Nano(started_at) > 0 AND started_at >= at - toIntervalDay(1) AS is_young,
      lagInFrame(value, 1, -1.) OVER series_of AS before,
      lagInFrame(at) OVER series_of AS before_at
    FROM provider_counts FINAL
    WHERE tenant = {tenant: String} AND metric IN {metrics: Array(String)} AND alias = '' AND version = '' AND kind = 'running'
      AND ({function: Nullable(String)} IS NULL OR function = {function: Nullable(String)})
      AND minute < {to: DateTime64(3, 'UTC')} AND minute >= {from: DateTime64(3, 'UTC')} - toIntervalDay(1)
    WINDOW series_of AS (
      PARTITION BY environment, function, metric, source, region, account, series, started_at
      ORDER BY at ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
  ),
  increments AS (
    SELECT environment, function, metric, source, region, account, kind, minute, value,
      if(toUnixTimestamp64Nano(started_at) > 0, toDateTime(started_at, 'UTC'), minute) AS covers_from
    FROM provider_counts FINAL
    WHERE tenant = {tenant: String} AND metric IN {metrics: Array(String)} AND alias = '' AND version = '' AND kind != 'running'
      AND ({function: Nullable(String)} IS NULL OR function = {function: Nullable(String)})
      AND minute < {to: DateTime64(3, 'UTC')} AND minute >= {from: DateTime64(3, 'UTC')}
    UNION ALL
    SELECT environment, function, metric, source, region, account, kind, minute,
      multiIf(before < 0, if(is_young, f.value, 0.), f.value < before, f.value, f.value - before) AS value,
      multiIf(before >= 0, toDateTime(before_at, 'UTC'), is_young, toDateTime(started_at, 'UTC'), minute) AS covers_from
    FROM followed AS f
    WHERE minute >= {from: DateTime64(3, 'UTC')}
  )` as const;

/**
 * Further expressions: `placed` is `increments` with its environment. A provider does not know environments, so its counts
 * belong where that function was seen in the same region and account; when it was seen in several, they belong nowhere.
 * Where the provider counts, counters that the function's own telemetry keeps are left out.
 */
export const PLACED = `
  places AS (
    SELECT DISTINCT function, environment, region, account, true AS known FROM invocations_1m
    WHERE tenant = {tenant: String}
      AND minute >= {from: DateTime64(3, 'UTC')} AND minute < {to: DateTime64(3, 'UTC')}
      AND ({function: Nullable(String)} IS NULL OR function = {function: Nullable(String)})
  ),
  tellers AS (
    SELECT c.environment AS environment, c.function AS function, c.region AS region, c.account AS account, c.metric AS metric,
      c.source AS source,
      groupUniqArrayIf(2)(p.environment, p.known
        AND (c.region = '' OR p.region = '' OR p.region = c.region)
        AND (c.account = '' OR p.account = '' OR p.account = c.account)) AS seen_in,
      if(c.environment != '' OR empty(seen_in), c.environment, seen_in[1]) AS place
    FROM (
      SELECT DISTINCT environment, function, region, account, metric, source FROM provider_counts
      WHERE tenant = {tenant: String} AND metric IN {metrics: Array(String)} AND alias = '' AND version = ''
        AND ({function: Nullable(String)} IS NULL OR function = {function: Nullable(String)})
        AND minute >= {from: DateTime64(3, 'UTC')} AND minute < {to: DateTime64(3, 'UTC')}
    ) AS c
    LEFT JOIN places AS p ON c.function = p.function
    GROUP BY environment, function, region, account, metric, source
    HAVING environment != '' OR length(seen_in) < 2
  ),
  trusted AS (
    SELECT *, max(source != 'faas') OVER (PARTITION BY place, function, metric) AS is_provider_there FROM tellers
  ),
  placed AS (
    SELECT t.place AS environment, i.function AS function, i.metric AS metric, i.source AS source, i.kind AS kind,
      i.minute AS minute, i.value AS value, i.covers_from AS covers_from
    FROM increments AS i
    INNER JOIN (SELECT * FROM trusted WHERE source != 'faas' OR NOT is_provider_there) AS t
      ON i.environment = t.environment AND i.function = t.function AND i.region = t.region AND i.account = t.account
      AND i.metric = t.metric AND i.source = t.source
  )` as const;
