import { z } from 'zod';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';

const SQL = `
  SELECT function, environment, max(running_max) AS most
  FROM concurrency_1m FINAL
  WHERE tenant = {tenant: String}
    AND minute >= {from: DateTime64(3, 'UTC')} AND minute < {to: DateTime64(3, 'UTC')}
    AND ({environment: Nullable(String)} IS NULL OR environment = {environment: Nullable(String)})
  GROUP BY function, environment
  ORDER BY function, environment
  LIMIT {limit: UInt32}` as const;

const Row = z.object({ function: z.string(), environment: z.string(), most: z.number() });
export type FunctionConcurrency = z.infer<typeof Row>;

export type ConcurrencyQuestion = { from: Date; to: Date; environment: string | null; limit: number };

/** Most runs of each function at one instant of the minutes that begin in [from, to), wherever it ran. */
export async function readConcurrency(
  warehouse: TenantWarehouse,
  question: ConcurrencyQuestion,
  options?: StatementOptions,
): Promise<FunctionConcurrency[]> {
  return await warehouse.query(SQL, question, Row, options);
}
