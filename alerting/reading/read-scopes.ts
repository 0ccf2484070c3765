import { z } from 'zod';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import type { Correction } from '../corrections/correction.js';

const SQL = `
  SELECT DISTINCT scope FROM slo_ledger_1m
  WHERE tenant = {tenant: String} AND series = {series: UInt64}
    AND minute >= toDateTime({from: DateTime64(3, 'UTC')}) AND minute < toDateTime({to: DateTime64(3, 'UTC')})
  ORDER BY scope` as const;

const Row = z.object({ scope: z.string() });

/** The scopes that a series has in a time; none are looked up where no correction could tell them apart. */
export async function readScopes(
  warehouse: TenantWarehouse,
  asked: { series: bigint; from: Date; to: Date },
  corrections: readonly Correction[],
): Promise<string[]> {
  if (corrections.length === 0) return [];
  const rows = await warehouse.query(SQL, asked, Row);
  return rows.map(({ scope }) => scope);
}
