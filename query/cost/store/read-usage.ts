import { z } from 'zod';
import type { StatementOptions, TenantSql, TenantWarehouse } from '../../../warehouse/warehouse.js';
import { dayParts, hourParts, IN_DAYS, IN_HOURS_BESIDE_DAYS } from '../../window/day-parts.js';
import { IN_HOURS, IN_MINUTES, IN_ROWS } from '../../window/part-sql.js';
import type { WindowParts } from '../../window/window-parts.js';
import { SHARED_TIME } from './shared-time-sql.js';
import { FILTERS, labelSql, needsTags, type UsageDimension, type UsageFilter } from './usage-sql.js';

// What a price depends on besides the labels: the rule, the place, and what a function was given (by its name).
const KEYS = `
  function AS k_function, provider AS k_provider, region AS k_region, account AS k_account, arch AS k_arch, billing,
  if(billing = 'gcp-gen1', billed_memory_mb, toUInt32(0)) AS memory_mb, weight`;

const OF_ROLLUP = `
  sum(n) AS runs, sum(request_units) AS units, sum(billed_ms) AS ms, sum(billed_ms * billed_memory_mb) AS mb_ms,
  sum(billed_cpu_us) AS cpu, sumIf(n, outcome = 'ok') AS good, sumIf(billed_ms, billed_memory_mb = 0) AS ms_without_memory`;

// What is taken off again where an instance served several at a time.
const OF_SHARED = `
  toInt64(0) AS runs, toInt64(0) AS units, -sum(r.ms) AS ms, -sum(r.ms * billed_memory_mb) AS mb_ms, toInt64(0) AS cpu,
  toInt64(0) AS good, -sumIf(r.ms, billed_memory_mb = 0) AS ms_without_memory`;

const OF_ROWS = `
  sum(sign) AS runs, sum(sign * toInt64(request_units)) AS units, sum(sign * toInt64(billed_ms)) AS ms,
  sum(sign * toInt64(billed_ms * billed_memory_mb)) AS mb_ms, sum(sign * toInt64(billed_cpu_us)) AS cpu,
  sum(sign * (outcome = 'ok')) AS good, sumIf(sign * toInt64(billed_ms), billed_memory_mb = 0) AS ms_without_memory`;

// The minutes of a window, as rows: tags are not kept by minute.
const IN_MINUTE_ROWS = `
  tenant = {tenant: String}
  AND ((started_at >= {minutesFrom: DateTime64(3, 'UTC')} AND started_at < {hoursFrom: DateTime64(3, 'UTC')})
    OR (started_at >= {hoursTo: DateTime64(3, 'UTC')} AND started_at < {minutesTo: DateTime64(3, 'UTC')}))`;

const IS_TAGGED = `(product != '' OR feature != '' OR customer != '' OR notEmpty(r.tags))`;

export const UsageRow = z.object({
  labels: z.array(z.string()),
  at_month: z.string(),
  cut: z.coerce.number(),
  k_function: z.string(),
  k_provider: z.string(),
  k_region: z.string(),
  k_account: z.string(),
  k_arch: z.string(),
  billing: z.string(),
  memory_mb: z.coerce.number(),
  weight: z.number(),
  runs: z.coerce.bigint(),
  units: z.coerce.bigint(),
  ms: z.coerce.bigint(),
  mb_ms: z.coerce.bigint(),
  cpu: z.coerce.bigint(),
  good: z.coerce.bigint(),
  ms_without_memory: z.coerce.bigint(),
});
export type UsageRow = z.infer<typeof UsageRow>;

export type UsageQuestion = WindowParts &
  UsageFilter & {
    groupBy: readonly UsageDimension[];
    /** Of the dimension `tag`; '' when it is not asked for. */
    tagKey: string;
    /** Of the dimension `step`. */
    stepMs: number;
    /** Days on which a price changes: usage before and after is summed apart. */
    cuts: string[];
    limit: number;
  };

/** Usage in whole units by labels, month and what prices depend on. Sums over integers, so any split adds up to the whole. */
export async function readUsage(
  warehouse: TenantWarehouse,
  { groupBy, ...question }: UsageQuestion,
  options?: StatementOptions,
): Promise<UsageRow[]> {
  const asked = groupBy.some((name) => name === 'hour' || name === 'step')
    ? hourParts(question)
    : dayParts(question);
  return await warehouse.query(usageSql(groupBy), asked, UsageRow, options);
}

// Built of constants alone: which labels there are decides which columns the engine reads, and that decides how fast it is.
function usageSql(groupBy: readonly UsageDimension[]): TenantSql {
  const plain = (at: string) => labelSql(groupBy, false, at);
  const parts = [
    part(plain('r.day'), 'r.day', OF_ROLLUP, `usage_1d AS r WHERE ${IN_DAYS}`),
    part(plain('r.hour'), 'r.hour', OF_ROLLUP, `invocations_1h AS r WHERE ${IN_HOURS_BESIDE_DAYS}`),
    part(plain('r.minute'), 'r.minute', OF_ROLLUP, `invocations_1m AS r WHERE ${IN_MINUTES}`),
    part(plain('r.started_at'), 'r.started_at', OF_ROWS, `invocations AS r WHERE ${IN_ROWS}`),
  ];
  parts.push(part(toldLabels(groupBy, 'r.minute'), 'r.minute', OF_SHARED, SHARED_TIME));
  if (needsTags(groupBy)) parts.push(...taggedParts(groupBy));
  const labels = groupBy.map((_, index) => `l${index}`);
  const grouped = [
    ...labels,
    'at_month',
    'cut',
    'k_function',
    'k_provider',
    'k_region',
    'k_account',
    'k_arch',
    'billing',
  ];
  return `
    SELECT ${labels.length === 0 ? 'emptyArrayString()' : `[${labels.map((name) => `toString(${name})`).join(', ')}]`} AS labels, toString(at_month) AS at_month, cut, k_function, k_provider, k_region, k_account,
      k_arch, billing, memory_mb, weight,
      toString(sum(runs)) AS runs, toString(sum(units)) AS units, toString(sum(ms)) AS ms, toString(sum(mb_ms)) AS mb_ms,
      toString(sum(cpu)) AS cpu, toString(sum(good)) AS good, toString(sum(ms_without_memory)) AS ms_without_memory
    FROM (${parts.join(' UNION ALL ')}) AS u
    WHERE {tenant: String} != ''
    GROUP BY ${[...grouped, 'memory_mb', 'weight'].join(', ')}
    HAVING sum(u.runs) != 0 OR sum(u.ms) != 0 OR sum(u.units) != 0
    LIMIT {limit: UInt32}`;
}

function part(labels: string, at: string, sums: string, from: string): string {
  return `
    SELECT ${labels} toStartOfMonth(${at}) AS at_month,
      arrayCount(day -> toDate(day) <= toDate(${at}), {cuts: Array(String)}) AS cut, ${KEYS}, ${sums}
    FROM ${from} AND ${FILTERS} GROUP BY ALL`;
}

/** Tagged usage under its own labels, and the same taken away from those without: what is left is nobody's. */
function taggedParts(groupBy: readonly UsageDimension[]): string[] {
  const told = (at: string) => toldLabels(groupBy, at);
  const plain = (at: string) => labelSql(groupBy, false, at);
  const fromHours = `(SELECT *, tags AS tags_text FROM tagged_usage_1h WHERE ${IN_HOURS} AND ${FILTERS}) AS r WHERE 1`;
  const fromRows = `(
    SELECT *, toJSONString(tags) AS tags_text FROM invocations AS r
    WHERE ((${IN_MINUTE_ROWS}) OR (${IN_ROWS})) AND ${IS_TAGGED} AND ${FILTERS}) AS r WHERE 1`;
  const minus = (sums: string) => sums.replaceAll('sum(', '-sum(').replaceAll('sumIf(', '-sumIf(');
  return [
    part(told('r.hour'), 'r.hour', OF_ROLLUP, fromHours),
    part(plain('r.hour'), 'r.hour', minus(OF_ROLLUP), fromHours),
    part(told('r.started_at'), 'r.started_at', OF_ROWS, fromRows),
    part(plain('r.started_at'), 'r.started_at', minus(OF_ROWS), fromRows),
  ];
}

/** Labels of rows that name products, features, customers and tags themselves. */
function toldLabels(groupBy: readonly UsageDimension[], at: string): string {
  return labelSql(groupBy, true, at).replaceAll('JSONExtractString(tags', 'JSONExtractString(tags_text');
}
