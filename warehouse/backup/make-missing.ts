import type { Fill } from '../migrate/render/fills-of.js';
import type { Warehouse } from '../warehouse.js';
import type { Manifest } from './manifest.js';
import { stagingName } from './staging.js';
import type { StoredTable } from './stored-table.js';

const fillTimeoutMs = 6 * 3_600_000;

/** A rollup that is younger than the backup, and the table of the backup it is made from. */
export type Missing = { fill: Fill; table: StoredTable; from: string };

/** The rollups the backup cannot have and that can be made from what it has. */
export function missingOf(
  manifest: Manifest,
  stored: readonly StoredTable[],
  fills: readonly Fill[],
): Missing[] {
  const backedUp = new Set(manifest.tables.map(({ name }) => name));
  return fills.flatMap((fill) =>
    // On a cluster the tables that hold rows have other names.
    ['', '_local'].flatMap((suffix) => {
      const table = stored.find(({ name }) => name === `${fill.into}${suffix}`);
      const from = `${fill.from}${suffix}`;
      if (table === undefined || backedUp.has(table.name) || !backedUp.has(from)) return [];
      return [{ fill, table, from }];
    }),
  );
}

/** Makes it among the staged tables, of staged rows alone: once, however often this is asked. */
export async function makeMissing(
  warehouse: Warehouse,
  database: string,
  { fill, table, from }: Missing,
): Promise<void> {
  const staged = (name: string) => `${database}.${stagingName(name)}`;
  await warehouse.command(fill.sql(staged(table.name), staged(from)), {}, { timeoutMs: fillTimeoutMs });
}
