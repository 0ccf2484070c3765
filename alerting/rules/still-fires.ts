import { z } from 'zod';
import { windowText } from '../tiers/window-text.js';
import { readQueues } from './read-queues.js';
import type { RuleContext } from './rule.js';

const CALLS = `
  SELECT environment, peer AS name, function AS by, toUnixTimestamp(minute) AS minute_s, sum(d.n) AS times
  FROM dependencies_1m AS d
  WHERE tenant = {tenant: String} AND call = 'out' AND peer_kind = 'function' AND peer IN {names: Array(String)} AND function != peer
    AND minute >= toDateTime({from: DateTime64(3, 'UTC')}) AND minute < toDateTime({to: DateTime64(3, 'UTC')})
  GROUP BY ALL LIMIT 100000` as const;

const SENT = `
  SELECT environment, queue AS name, '' AS by, toUnixTimestamp(minute) AS minute_s, sum(q.messages) AS times
  FROM queue_flow_1m AS q
  WHERE tenant = {tenant: String} AND side = 'sent' AND queue IN {names: Array(String)}
    AND minute >= toDateTime({from: DateTime64(3, 'UTC')}) AND minute < toDateTime({to: DateTime64(3, 'UTC')})
  GROUP BY ALL LIMIT 100000` as const;

const TAKEN = `
  SELECT DISTINCT environment, queue, service AS taker FROM queue_flow_1m
  WHERE tenant = {tenant: String} AND side = 'taken' AND service IN {names: Array(String)}
    AND minute >= toDateTime({from: DateTime64(3, 'UTC')}) AND minute < toDateTime({to: DateTime64(3, 'UTC')})
  LIMIT 1000` as const;

const Minute = z.object({
  environment: z.string(),
  name: z.string(),
  by: z.string(),
  minute_s: z.number(),
  times: z.coerce.number(),
});
type Minute = z.infer<typeof Minute>;
const Taken = z.object({ environment: z.string(), queue: z.string(), taker: z.string() });

const dayMs = 86_400_000;

export type Silent = {
  function: string;
  environment: string;
  triggers: readonly string[];
  lastMs: number;
  /** How often it ran, where it ran like clockwork. */
  everyMs: number | null;
};

/**
 * What says of silent functions that they should run: a timer, their rhythm, calls to them, messages sent to them or waiting. Null where nothing
 * does. Calls and messages count since the minute after the last run, so what was once said stays said while nothing runs.
 */
export async function readStillFires(
  context: RuleContext,
  silent: readonly Silent[],
): Promise<(string | null)[]> {
  const { warehouse, at } = context;
  const asked = silent.filter((one) => byClock(one) === null);
  if (asked.length === 0) return silent.map(byClock);
  const names = asked.map((one) => one.function);
  const since = { from: new Date(Math.min(...asked.map(({ lastMs }) => lastMs))), to: at };
  const [calls, taken, queues] = await Promise.all([
    warehouse.query(CALLS, { names, ...since }, Minute),
    warehouse.query(TAKEN, { names, from: new Date(at.getTime() - dayMs), to: at }, Taken),
    readQueues(context),
  ]);
  const sources = [...new Set(taken.map(({ queue }) => queue))];
  const sent = sources.length === 0 ? [] : await warehouse.query(SENT, { names: sources, ...since }, Minute);
  return silent.map((one) => {
    const clock = byClock(one);
    if (clock !== null) return clock;
    const { environment, lastMs } = one;
    const own = calls.filter((call) => call.name === one.function && isSince(call, one));
    const [caller] = own;
    if (caller !== undefined) return `${caller.by} called it ${sumOf(own)} times since`;
    for (const { queue } of taken.filter(
      (flow) => flow.taker === one.function && flow.environment === environment,
    )) {
      const messages = sumOf(
        sent.filter((flow) => flow.name === queue && isSince(flow, { environment, lastMs })),
      );
      if (messages > 0) return `${messages} messages were sent to ${queue} since`;
      const depth = queues.find(
        (known) => known.queue === queue && ['', environment].includes(known.environment),
      )?.depth;
      if (depth !== undefined && depth !== null && depth > 0) return `${depth} messages wait in ${queue}`;
    }
    return null;
  });
}

function byClock({ triggers, everyMs }: Silent): string | null {
  if (triggers.includes('timer')) return 'A timer starts it, and its time came';
  return everyMs === null ? null : `It ran every ${windowText(everyMs)}, as by a schedule`;
}

function isSince({ environment, minute_s }: Minute, silent: Pick<Silent, 'environment' | 'lastMs'>): boolean {
  return environment === silent.environment && minute_s * 1000 >= silent.lastMs;
}

function sumOf(minutes: readonly Minute[]): number {
  return Math.round(minutes.reduce((sum, { times }) => sum + times, 0));
}
