// Conditions that keep one part of a window (`windowParts`) in each table. They name its six instants as parameters.

export const IN_HOURS = `
  tenant = {tenant: String}
  AND hour >= toDateTime({hoursFrom: DateTime64(3, 'UTC')}) AND hour < toDateTime({hoursTo: DateTime64(3, 'UTC')})` as const;

export const IN_MINUTES = `
  tenant = {tenant: String}
  AND ((minute >= toDateTime({minutesFrom: DateTime64(3, 'UTC')}) AND minute < toDateTime({hoursFrom: DateTime64(3, 'UTC')}))
    OR (minute >= toDateTime({hoursTo: DateTime64(3, 'UTC')}) AND minute < toDateTime({minutesTo: DateTime64(3, 'UTC')})))` as const;

export const IN_ROWS = `
  tenant = {tenant: String}
  AND ((started_at >= {from: DateTime64(3, 'UTC')} AND started_at < {minutesFrom: DateTime64(3, 'UTC')})
    OR (started_at >= {minutesTo: DateTime64(3, 'UTC')} AND started_at < {to: DateTime64(3, 'UTC')}))` as const;

/** The latency bucket of a row, as schemas/sql/0009_latency_1m.sql has it. */
export const BUCKET = `
  toUInt16(greatest(toInt64(bitShiftRight(reinterpretAsUInt64(toFloat64(intDiv(duration_ns, 1000))), 52)) - 1030, 0) * 128
    + toInt64(bitShiftRight(intDiv(duration_ns, 1000),
        greatest(toInt64(bitShiftRight(reinterpretAsUInt64(toFloat64(intDiv(duration_ns, 1000))), 52)) - 1030, 0))))` as const;
