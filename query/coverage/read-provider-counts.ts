import { z } from 'zod';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import { readTellers } from './read-tellers.js';
import { TOLD, TOLD_BY_COUNTERS } from './told-sql.js';

const BY_STEP = `
  SELECT function, environment, metric,
    toUnixTimestamp({from: DateTime64(3, 'UTC')}) + intDiv(toUnixTimestamp(minute) - toUnixTimestamp({from: DateTime64(3, 'UTC')}), {stepSeconds: UInt32}) * {stepSeconds: UInt32} AS at,
    arraySort(groupUniqArray(source)) AS sources,
    if(any(kind) = 'level', max(p.value), sum(p.value)) AS value` as const;
const LISTED = `
  GROUP BY function, environment, metric, at
  ORDER BY function, environment, metric, at
  LIMIT {limit: UInt32}` as const;
const SQL = `${BY_STEP} FROM (${TOLD}) AS p ${LISTED}` as const;
const SQL_BY_COUNTERS = `${BY_STEP} FROM (${TOLD_BY_COUNTERS}) AS p ${LISTED}` as const;

const Row = z.object({
  function: z.string(),
  environment: z.string(),
  metric: z.string(),
  at: z.coerce.number().transform((seconds) => new Date(seconds * 1000)),
  sources: z.array(z.string()),
  value: z.number(),
});

/** What a provider counted of one function in one step: a sum, or the highest of a level such as concurrent executions. */
export type ProviderCount = z.infer<typeof Row>;

/** `metrics` are the names of docs/coverage.md; null keeps all functions or environments. */
export type ProviderCountsQuestion = {
  from: Date;
  to: Date;
  metrics: readonly string[];
  function: string | null;
  environment: string | null;
  /** Whole minutes; the length of the window, or more, makes one figure of it. */
  stepSeconds: number;
  limit: number;
};

/** What providers counted in the minutes that begin in [from, to); nothing for what nobody counted. */
export async function readProviderCounts(
  warehouse: TenantWarehouse,
  question: ProviderCountsQuestion,
  options?: StatementOptions,
): Promise<ProviderCount[]> {
  const { function: name, environment, ...asked } = question;
  const answers: ProviderCount[][] = [];
  for (const { of, reachesBack } of await readTellers(warehouse, question, options)) {
    const sql = reachesBack ? SQL_BY_COUNTERS : SQL;
    answers.push(await warehouse.query(sql, { ...asked, ...of }, Row, options));
  }
  return answers.flat().sort(byName).slice(0, asked.limit);
}

function byName(one: ProviderCount, other: ProviderCount): number {
  const key = (count: ProviderCount) => `${count.function}\n${count.environment}\n${count.metric}`;
  if (key(one) !== key(other)) return key(one) < key(other) ? -1 : 1;
  return one.at.getTime() - other.at.getTime();
}
