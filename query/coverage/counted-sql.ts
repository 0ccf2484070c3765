/** Which of the places a figure counts for, from 1 (`readTellers`); 0 of none. */
export const NTH = `
  transform(concat(i.environment, '\\n', function, '\\n', region, '\\n', account, '\\n', source),
    {keys: Array(String)}, {numbers: Array(UInt32)}, toUInt32(0))` as const;

/** What follows from which figures were told of a minute or an hour, and by whom. */
export const WHO_TOLD = `
  max(q.metric = 'errors') AS has_errors, max(q.metric = 'throttles') AS has_throttles,
  max(q.source IN ('faas', 'knative', 'gcp')) AS is_zero_silent,
  max(q.source IN ('knative', 'gcp')) AS hold_answers` as const;

/** Where the step begins that a time lies in; both in seconds. */
export const stepOf = <Column extends string>(column: Column) =>
  `toUnixTimestamp({from: DateTime64(3, 'UTC')})
    + intDiv(${column} - toUnixTimestamp({from: DateTime64(3, 'UTC')}), {stepSeconds: UInt32}) * {stepSeconds: UInt32}` as const;
