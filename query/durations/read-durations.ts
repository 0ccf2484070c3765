import { z } from 'zod';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import { type OfFunction, ROWS_OF_FUNCTION } from './of-function.js';

const SQL = `
  SELECT duration_ns, sum(sign * weight) AS n
  FROM invocations
  WHERE tenant = {tenant: String}
    AND started_at >= {from: DateTime64(3, 'UTC')} AND started_at < {to: DateTime64(3, 'UTC')}
    AND ${ROWS_OF_FUNCTION}
  GROUP BY duration_ns HAVING n > 0
  ORDER BY duration_ns` as const;

const Row = z.object({ duration_ns: z.coerce.number(), n: z.number() });

export type Duration = { ms: number; n: number };

/** Every duration in ascending order, for windows that hold few: the rows themselves, net of corrections. */
export async function readDurations(
  warehouse: TenantWarehouse,
  question: OfFunction & { from: Date; to: Date },
  options?: StatementOptions,
): Promise<Duration[]> {
  const rows = await warehouse.query(SQL, question, Row, options);
  return rows.map(({ duration_ns, n }) => ({ ms: duration_ns / 1e6, n }));
}
