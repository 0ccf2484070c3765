import { z } from 'zod';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import { IN_HOURS, IN_MINUTES, IN_ROWS } from '../window/part-sql.js';
import type { WindowParts } from '../window/window-parts.js';
import { COLUMN, INVOCATION_LABELS, OF_INVOCATIONS, OF_ROWS, ROW_LABELS } from './dimension-sql.js';
import type { OfDimensions } from './dimensions.js';

const SUMS = `
  SELECT ${COLUMN}, labels,
    sum(weighed) AS n,
    sumIf(weighed, outcome = 'ok') AS ok,
    sumIf(weighed, outcome = 'error') AS errors,
    sumIf(weighed, outcome = 'timeout') AS timeouts,
    sumIf(weighed, outcome = 'oom') AS ooms,
    sumIf(weighed, outcome = 'throttled') AS throttles,
    sumIf(weighed, outcome NOT IN ('throttled', 'rejected')) AS ran,
    sumIf(weighed, cold AND outcome NOT IN ('throttled', 'rejected')) AS cold_starts,
    sumIf(weighed, cold AND outcome != 'ok') AS cold_bad,
    sum(again) AS retries,
    sum(double) AS duplicates,
    sum(told) AS memory_told,
    sumIf(told, outcome = 'oom') AS memory_told_oom,
    sum(permille) AS memory_permille` as const;

const ONE_BY_ONE = `
    sign * weight AS weighed, sign * weight * (attempt > 1 AND NOT duplicate) AS again, sign * weight * duplicate AS double,
    sign * weight * (memory_used_bytes > 0 AND memory_bytes > 0) AS told,
    sign * weight * if(memory_bytes > 0, toInt64(intDiv(memory_used_bytes * 1000, memory_bytes)), 0) AS permille` as const;

const SUMMED = `
    sum(n * weight) AS weighed, sum(retries * weight) AS again, sum(duplicates * weight) AS double,
    sum(memory_told * weight) AS told, sum(memory_used_permille * weight) AS permille` as const;

const SQL = `
  ${SUMS}
  FROM (
    SELECT toInt64(toUnixTimestamp(hour)) * 1000 AS at_ms, ${INVOCATION_LABELS}, outcome, cold, ${SUMMED}
    FROM invocations_1h WHERE ${IN_HOURS} AND ${OF_INVOCATIONS} GROUP BY at_ms, labels, outcome, cold
    UNION ALL
    SELECT toInt64(toUnixTimestamp(minute)) * 1000 AS at_ms, ${INVOCATION_LABELS}, outcome, cold, ${SUMMED}
    FROM invocations_1m WHERE ${IN_MINUTES} AND ${OF_INVOCATIONS} GROUP BY at_ms, labels, outcome, cold
    UNION ALL
    SELECT toUnixTimestamp64Milli(started_at) AS at_ms, ${INVOCATION_LABELS}, outcome, cold, ${ONE_BY_ONE}
    FROM invocations WHERE ${IN_ROWS} AND ${OF_INVOCATIONS}
  )
  GROUP BY column, labels
  ORDER BY column, labels
  LIMIT {most: UInt32}` as const;

const ROWS_SQL = `
  ${SUMS}
  FROM (
    SELECT toUnixTimestamp64Milli(started_at) AS at_ms, ${ROW_LABELS}, outcome, cold, ${ONE_BY_ONE}
    FROM invocations WHERE ${IN_ROWS} AND ${OF_ROWS}
  )
  GROUP BY column, labels
  ORDER BY column, labels
  LIMIT {most: UInt32}` as const;

const Row = z.object({
  column: z.coerce.number(),
  labels: z.array(z.string()),
  n: z.number(),
  ok: z.number(),
  errors: z.number(),
  timeouts: z.number(),
  ooms: z.number(),
  throttles: z.number(),
  ran: z.number().meta({ description: 'All but throttled and rejected calls' }),
  cold_starts: z.number(),
  cold_bad: z.number(),
  retries: z.number(),
  duplicates: z.number(),
  memory_told: z.number(),
  memory_told_oom: z.number(),
  memory_permille: z.number(),
});
export type SumsRow = z.infer<typeof Row>;

export type SumsQuestion = WindowParts &
  OfDimensions & {
    groupBy: string[];
    stepMs: number;
    cold: boolean | null;
    most: number;
    fromRows: boolean;
  };

/** Sums over the invocations of each step and set of labels. */
export async function readSums(
  warehouse: TenantWarehouse,
  { fromRows, ...question }: SumsQuestion,
  options?: StatementOptions,
): Promise<SumsRow[]> {
  return await warehouse.query(fromRows ? ROWS_SQL : SQL, paramsOf(question), Row, options);
}

/** Only what statements may name: a question holds more than values of parameters. */
export function paramsOf<Question extends Omit<SumsQuestion, 'fromRows'>>(question: Question) {
  const { from, minutesFrom, hoursFrom, hoursTo, minutesTo, to } = question;
  const { environment, version, alias, region, team, provider, platform, account, arch, trigger } = question;
  const { outcome, errorType, product, feature, customer, queue, peer, peerKind, operation } = question;
  const { tagKey, tagValue, groupBy, stepMs, cold, most } = question;
  return {
    ...{ from, minutesFrom, hoursFrom, hoursTo, minutesTo, to, function: question.function },
    ...{ environment, version, alias, region, team, provider, platform, account, arch, trigger },
    ...{ outcome, errorType, product, feature, customer, queue, peer, peerKind, operation },
    ...{ tagKey, tagValue, groupBy, stepMs, cold, most },
  };
}
