import { z } from 'zod';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import { INCREMENTS, PLACED } from './increments-sql.js';

const SQL = `
  WITH
  ${INCREMENTS},
  ${PLACED}
  SELECT function, environment, metric,
    toUnixTimestamp({from: DateTime64(3, 'UTC')}) + intDiv(toUnixTimestamp(minute) - toUnixTimestamp({from: DateTime64(3, 'UTC')}), {stepSeconds: UInt32}) * {stepSeconds: UInt32} AS at,
    arraySort(groupUniqArray(source)) AS sources,
    if(any(kind) = 'level', max(p.value), sum(p.value)) AS value
  FROM placed AS p
  WHERE ({environment: Nullable(String)} IS NULL OR environment = {environment: Nullable(String)})
  GROUP BY function, environment, metric, at
  ORDER BY function, environment, metric, at
  LIMIT {limit: UInt32}` as const;

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
  return await warehouse.query(SQL, question, Row, options);
}
