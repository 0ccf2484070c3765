/**
 * Common table expressions: `increments` has what was counted between one point of a series and the next, in the minute in
 * which it was told, with the time it covers. Needs `from`, `to`, `metrics` and `function`.
 *
 * A series is looked at a day before the window, so that the first difference inside it is known. The first point of a
 * counter counts from its start if that is at most a day back; of an older one, or one that does not say when it started,
 * the first point only sets the base. A counter that falls has started anew. Points told again count once, and late ones
 * fall into their place, because nothing is summed before it is read.
 */
export const INCREMENTS = `
  told AS (
    SELECT environment, function, metric, source, region, account, series, kind, started_at, at, minute,
      argMax(p.value, received_at) AS value
    FROM provider_counts AS p
    WHERE tenant = {tenant: String} AND metric IN {metrics: Array(String)} AND alias = '' AND version = ''
      AND ({function: Nullable(String)} IS NULL OR function = {function: Nullable(String)})
      AND minute < {to: DateTime64(3, 'UTC')} AND minute >= {from: DateTime64(3, 'UTC')} - toIntervalDay(1)
      AND (kind = 'running' OR minute >= {from: DateTime64(3, 'UTC')})
    GROUP BY ALL
  ),
  followed AS (
    SELECT *,
      lagInFrame(t.value, 1, -1.) OVER series_of AS before,
      lagInFrame(at) OVER series_of AS before_at
    FROM told AS t
    WINDOW series_of AS (
      PARTITION BY environment, function, metric, source, region, account, kind, series,
        if(kind = 'running', started_at, at)
      ORDER BY at ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
  ),
  increments AS (
    SELECT environment, function, metric, source, region, account, kind, minute, at,
      toUnixTimestamp64Nano(started_at) > 0 AS has_start,
      multiIf(
        kind != 'running', f.value,
        before < 0, if(has_start AND started_at >= at - toIntervalDay(1), f.value, 0.),
        f.value < before, f.value,
        f.value - before) AS value,
      multiIf(
        kind = 'running' AND before >= 0, before_at,
        has_start AND started_at >= at - toIntervalDay(1), started_at,
        at - toIntervalMinute(1)) AS covers_from
    FROM followed AS f
    WHERE minute >= {from: DateTime64(3, 'UTC')}
  )` as const;

/**
 * Further expressions: `placed` is `increments` with its environment. A provider does not know environments, so its counts
 * belong where that function was seen in the same region and account; when it was seen in several, they belong nowhere.
 * Where the provider counts, counters that the function's own telemetry keeps are left out. Needs `places`.
 */
export const PLACED = `
  counted_places AS (
    SELECT c.environment AS environment, c.function AS function, c.region AS region, c.account AS account,
      groupUniqArrayIf(2)(p.environment, p.known
        AND (c.region = '' OR p.region = '' OR p.region = c.region)
        AND (c.account = '' OR p.account = '' OR p.account = c.account)) AS seen_in
    FROM (SELECT DISTINCT environment, function, region, account FROM increments) AS c
    LEFT JOIN (SELECT *, true AS known FROM places) AS p ON c.function = p.function
    GROUP BY ALL
  ),
  everyone AS (
    SELECT if(i.environment != '' OR empty(c.seen_in), i.environment, c.seen_in[1]) AS environment,
      i.function AS function, i.metric AS metric, i.source AS source, i.kind AS kind, i.minute AS minute, i.at AS at,
      i.value AS value, i.covers_from AS covers_from,
      max(i.source != 'faas') OVER (PARTITION BY environment, i.function, i.metric) AS is_provider_there
    FROM increments AS i
    INNER JOIN counted_places AS c
      ON i.environment = c.environment AND i.function = c.function AND i.region = c.region AND i.account = c.account
    WHERE i.environment != '' OR length(c.seen_in) < 2
  ),
  placed AS (SELECT * FROM everyone WHERE source != 'faas' OR NOT is_provider_there)` as const;
