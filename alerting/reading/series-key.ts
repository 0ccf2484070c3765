import { createHash } from 'node:crypto';

/** How the ledger names an objective and what it counts, as a number; see schemas/sql/0030_slo_ledger_1m.sql. */
export function seriesKey({ id, shape }: { id: string; shape: string }): bigint {
  return createHash('sha256').update(`${id} ${shape}`).digest().readBigUInt64LE(0);
}
