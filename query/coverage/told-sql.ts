import { MIXED_HOURS } from './by-hour-sql.js';
import { NTH } from './counted-sql.js';

const OWN = `
  tenant = {tenant: String} AND metric IN {metrics: Array(String)} AND alias = '' AND version = ''
  AND function IN {functions: Array(String)} AND minute < {to: DateTime64(3, 'UTC')}` as const;

const WHOSE = `environment, function, region, account, metric, source, kind, minute` as const;

const OF_PERIODS = `
  SELECT ${WHOSE}, value, if(toUnixTimestamp64Nano(started_at) > 0, toDateTime(started_at, 'UTC'), minute) AS covers_from
  FROM provider_counts FINAL
  WHERE ${OWN} AND kind != 'running' AND minute >= {from: DateTime64(3, 'UTC')}` as const;

// A series of a running counter is looked at a day before the window, so that the first difference inside it is known. The first
// point of a counter counts from its start if that is at most a day back; of an older one, or one that does not say when
// it started, the first point only sets the base. A counter that falls has started anew.
const OF_COUNTERS = `
  SELECT ${WHOSE},
    multiIf(before < 0, if(is_young, f.value, 0.), f.value < before, f.value, f.value - before) AS value,
    multiIf(before >= 0, toDateTime(before_at, 'UTC'), is_young, toDateTime(started_at, 'UTC'), minute) AS covers_from
  FROM (
    SELECT ${WHOSE}, started_at, value,
      toUnixTimestamp64Nano(started_at) > 0 AND started_at >= at - toIntervalDay(1) AS is_young,
      lagInFrame(value, 1, -1.) OVER series_of AS before,
      lagInFrame(at) OVER series_of AS before_at
    FROM provider_counts FINAL
    WHERE ${OWN} AND kind = 'running' AND minute >= {from: DateTime64(3, 'UTC')} - toIntervalDay(1)
    WINDOW series_of AS (
      PARTITION BY environment, function, metric, source, region, account, series, started_at
      ORDER BY at ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
  ) AS f
  WHERE minute >= {from: DateTime64(3, 'UTC')}` as const;

const PLACED = `
  SELECT function, {places: Array(String)}[nth] AS environment, metric, source, kind, minute, value, covers_from,
    ${NTH} AS nth` as const;
const COUNTS = `nth > 0 AND has({metricsOf: Array(Array(String))}[nth], metric)` as const;

const AT_EDGES = `
  minute < toDateTime({hoursFrom: DateTime64(3, 'UTC')}) OR minute >= toDateTime({hoursTo: DateTime64(3, 'UTC')})` as const;

/** The edges of a window that is read by hour, and the hours of functions that are named. */
export const BESIDE_NAMED_HOURS = `
  (${AT_EDGES} OR (function, toUInt32(toStartOfHour(minute))) IN (
      SELECT arrayJoin(arrayZip({mixedFunctions: Array(String)}, {mixedHours: Array(UInt32)}))))` as const;

/** The same, where they are too many to be named. */
export const BESIDE_HOURS = `
  (${AT_EDGES} OR (function, toStartOfHour(minute)) GLOBAL IN (${MIXED_HOURS}))` as const;

/**
 * What was counted between one point of a series and the next, in the minute in which it was told, with the time it covers and
 * the environment it counts for (`readTellers`). Points told again count once, and late ones fall into their place, because
 * nothing is summed before it is read.
 */
export const TOLD = `${PLACED} FROM (${OF_PERIODS}) AS i WHERE ${COUNTS}` as const;

/** The same beside what is read by hour. */
export const TOLD_BESIDE_HOURS =
  `${PLACED} FROM (${OF_PERIODS} AND ${BESIDE_HOURS}) AS i WHERE ${COUNTS}` as const;

export const TOLD_BESIDE_NAMED_HOURS = `
  ${PLACED} FROM (${OF_PERIODS} AND ${BESIDE_NAMED_HOURS}) AS i WHERE ${COUNTS}` as const;

/** The same with counters that run on. */
export const TOLD_BY_COUNTERS = `
  ${PLACED} FROM (${OF_PERIODS} UNION ALL ${OF_COUNTERS}) AS i WHERE ${COUNTS}` as const;
