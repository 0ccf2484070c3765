import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Rules } from '../../settle/decide/facts.js';
import { createSettler, type Settler } from '../../settle/settler.js';
import type { Warehouse } from '../../warehouse/warehouse.js';

export const minuteMs = 60_000;

export const testRules: Rules = {
  reportGraceMs: 90_000,
  lookbackMs: 26 * 60 * minuteMs,
  defaultTimeoutMs: 15 * minuteMs,
  timeoutsMs: new Map([['quick', 30_000]]),
};

export type Clock = { now: () => Date; pass: (ms: number) => void };

/** A clock that runs with the engine's, plus what the test lets pass. */
export function shiftedClock(): Clock {
  let shiftMs = 0;
  return {
    now: () => new Date(Date.now() + shiftMs),
    pass: (ms) => {
      shiftMs += ms;
    },
  };
}

export type SettlerUnderTest = { settler: Settler; tick: () => Promise<void> };

export function settlerUnderTest(
  warehouse: Warehouse,
  directory: string,
  clock: Clock,
  rules: Rules = testRules,
): SettlerUnderTest {
  const settler = createSettler({
    warehouse,
    directory,
    newId: randomUUID,
    mayWrite: async () => {},
    now: clock.now,
    rules,
    delayMs: 0,
  });
  return { settler, tick: () => settler.tick(new AbortController().signal) };
}

const netSql = `
  SELECT function, toUnixTimestamp64Milli(started_at) AS startedMs, invocation_id AS invocationId, toString(outcome) AS outcome,
    toString(source) AS source, reported, attempt, superseded, duplicate, toFloat64(billed_ms) AS billedMs, cold,
    toFloat64(sum(sign)) AS n
  FROM invocations
  WHERE function = {function: String}
  GROUP BY tenant, environment, function, started_at, span_id, invocation_id, outcome, source, reported, attempt,
    superseded, duplicate, billed_ms, cold
  HAVING n != 0
  ORDER BY startedMs, invocationId, source, outcome, n`;

const Net = z.object({
  function: z.string(),
  startedMs: z.coerce.number(),
  invocationId: z.string(),
  outcome: z.string(),
  source: z.string(),
  reported: z.boolean(),
  attempt: z.number(),
  superseded: z.boolean(),
  duplicate: z.boolean(),
  billedMs: z.number(),
  cold: z.boolean(),
  n: z.number(),
});
export type NetRow = z.infer<typeof Net>;

/** The rows that remain once corrections and what they correct have cancelled out. */
export async function netRows(warehouse: Warehouse, functionName: string): Promise<NetRow[]> {
  return await warehouse.query(netSql, { function: functionName }, Net);
}

const rollupSql = `
  SELECT toFloat64(sum(r.n)) AS n, toFloat64(sum(r.retries)) AS retries, toFloat64(sum(r.duplicates)) AS duplicates,
    toFloat64(sum(r.superseded)) AS superseded, toFloat64(sum(r.reported)) AS reported,
    toFloat64(sum(r.billed_ms)) AS billedMs, toFloat64(sumIf(r.n, outcome = 'timeout')) AS timeouts,
    toFloat64(sumIf(r.n, source != 'span')) AS made,
    (SELECT toFloat64(sum(n)) FROM latency_1m WHERE function = {function: String}) AS timedByMinute,
    (SELECT toFloat64(sum(n)) FROM latency_1d WHERE function = {function: String}) AS timedByDay
  FROM invocations_1m AS r WHERE function = {function: String}`;

const Rollup = z.object({
  n: z.number(),
  retries: z.number(),
  duplicates: z.number(),
  superseded: z.number(),
  reported: z.number(),
  billedMs: z.number(),
  timeouts: z.number(),
  made: z.number(),
  timedByMinute: z.number(),
  timedByDay: z.number(),
});

export async function rollup(warehouse: Warehouse, functionName: string): Promise<z.infer<typeof Rollup>> {
  const [row] = await warehouse.query(rollupSql, { function: functionName }, Rollup);
  if (row === undefined) throw new Error('A sum is always one row');
  return row;
}
