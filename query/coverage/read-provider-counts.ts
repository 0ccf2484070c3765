import { z } from 'zod';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import { byKeyAndTime } from './by-key-and-time.js';
import { stepOf } from './counted-sql.js';
import { readTellers } from './read-tellers.js';
import { TOLD, TOLD_BY_COUNTERS } from './told-sql.js';

const BY_STEP = `
  SELECT function, environment, metric,
    ${stepOf('toUnixTimestamp(minute)')} AS at,
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

const byName = byKeyAndTime<ProviderCount>(
  (count) => [count.function, count.environment, count.metric],
  ({ at }) => at.getTime(),
);

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
