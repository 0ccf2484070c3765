/**
 * Time that runs had together on instances which are billed once, as rows like those of a rollup: what is to be taken off.
 * It belongs to the minute in which a run began, so a window that cuts a minute takes the minutes that begin in it.
 */
export const SHARED_TIME = `(
  SELECT tenant, environment, function, s.minute AS minute, s.version AS version, s.alias AS alias, s.region AS region,
    s.team AS team, s.provider AS provider, s.account AS account, s.arch AS arch, s.trigger AS trigger, s.billing AS billing,
    s.billed_memory_mb AS billed_memory_mb, s.cold AS cold, s.outcome AS outcome, s.product AS product, s.feature AS feature,
    s.customer AS customer, s.tags AS tags_text, s.ms AS ms, toFloat64(1) AS weight
  FROM shared_time_1h FINAL ARRAY JOIN saved AS s
  WHERE tenant = {tenant: String} AND hour >= toStartOfHour({from: DateTime64(3, 'UTC')}) AND hour < {to: DateTime64(3, 'UTC')}
    AND s.minute >= {from: DateTime64(3, 'UTC')} AND s.minute < {to: DateTime64(3, 'UTC')}
  ) AS r WHERE 1` as const;
