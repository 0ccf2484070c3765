import { z } from 'zod';
import type { RuleContext } from './rule.js';

const minuteMs = 60_000;

/** Each rule looks at the shortest of these that holds enough runs, so a rare function is judged as fairly as a busy one. */
export const windowsMs = [15 * minuteMs, 60 * minuteMs, 6 * 60 * minuteMs, 24 * 60 * minuteMs] as const;

// Sums of the last day by window: each is an array with one sum a window, the shortest first.
const SQL = `
  SELECT function, environment, any(team) AS team_name, any(provider) AS provider_name,
    groupUniqArray(5)(trigger) AS triggers,
    sumForEach(arrayMap(start -> if(minute >= start, i.n * weight, 0), {starts: Array(UInt32)})) AS runs,
    sumForEach(arrayMap(start -> if(minute >= start AND outcome NOT IN ('ok', 'throttled', 'rejected'), i.n * weight, 0), {starts: Array(UInt32)})) AS failed,
    sumForEach(arrayMap(start -> if(minute >= start AND outcome = 'throttled', i.n * weight, 0), {starts: Array(UInt32)})) AS throttled,
    sumForEach(arrayMap(start -> if(minute >= start AND outcome = 'rejected', i.n * weight, 0), {starts: Array(UInt32)})) AS rejected,
    sumForEach(arrayMap(start -> if(minute >= start AND cold AND outcome NOT IN ('throttled', 'rejected'), i.n * weight, 0), {starts: Array(UInt32)})) AS cold_starts,
    sumForEach(arrayMap(start -> if(minute >= start, i.retries * weight, 0), {starts: Array(UInt32)})) AS again,
    sumForEach(arrayMap(start -> if(minute >= start, i.duplicates * weight, 0), {starts: Array(UInt32)})) AS doubled,
    sumForEach(arrayMap(start -> if(minute >= start, toFloat64(i.memory_told), 0), {starts: Array(UInt32)})) AS memory_of,
    sumForEach(arrayMap(start -> if(minute >= start, toFloat64(i.memory_used_permille), 0), {starts: Array(UInt32)})) AS memory_permille,
    sumForEach(arrayMap(start -> if(minute >= start, toFloat64(i.event_age_told), 0), {starts: Array(UInt32)})) AS aged,
    sumForEach(arrayMap(start -> if(minute >= start, toFloat64(i.event_age_ms), 0), {starts: Array(UInt32)})) AS age_ms,
    min(minute) AS first_s
  FROM (SELECT *, toUnixTimestamp(i.minute) AS minute FROM invocations_1m AS i
    WHERE tenant = {tenant: String} AND i.minute >= toDateTime({from: DateTime64(3, 'UTC')}) AND i.minute < toDateTime({to: DateTime64(3, 'UTC')})) AS i
  GROUP BY function, environment
  LIMIT 20000` as const;

const sums = z.array(z.number());
const Row = z.object({
  function: z.string(),
  environment: z.string(),
  team_name: z.string(),
  provider_name: z.string(),
  triggers: z.array(z.string()),
  runs: sums,
  failed: sums,
  throttled: sums,
  rejected: sums,
  cold_starts: sums,
  again: sums,
  doubled: sums,
  memory_of: sums,
  memory_permille: sums,
  aged: sums,
  age_ms: sums,
  /** First run of the day, in seconds since the epoch. */
  first_s: z.coerce.number(),
});
/** Sums of the last day of one function; each list has one sum for each of `windowsMs`. */
export type Figures = z.infer<typeof Row>;

const read = new WeakMap<RuleContext, Promise<Figures[]>>();

/** Read once for all rules of a minute. */
export function readFigures(context: RuleContext): Promise<Figures[]> {
  const known = read.get(context);
  if (known !== undefined) return known;
  const { warehouse, at } = context;
  const endS = Math.floor(at.getTime() / 1000);
  const reading = warehouse.query(
    SQL,
    {
      starts: windowsMs.map((windowMs) => endS - windowMs / 1000),
      from: new Date(at.getTime() - (windowsMs.at(-1) ?? 0)),
      to: at,
    },
    Row,
  );
  read.set(context, reading);
  return reading;
}
