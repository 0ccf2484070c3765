import { z } from 'zod';
import { StartupError } from '../../schemas/startup-error.js';
import { readLedger } from '../../warehouse/migrate/ledger/ledger.js';
import type { Warehouse } from '../../warehouse/warehouse.js';

const DATABASES = `SELECT database FROM system.tables WHERE name = 'schema_migrations' ORDER BY database`;
const Database = z.object({ database: z.string() });

/** The database of this name, or in a data directory the only one there is, and the version of its schema. */
export async function findDatabase(
  warehouse: Warehouse,
  configured: string,
): Promise<{ database: string; schemaVersion: number }> {
  const found = (await warehouse.query(DATABASES, {}, Database)).map(({ database }) => database);
  const only = warehouse.mode === 'embedded' && found.length === 1 ? found[0] : undefined;
  const database = found.includes(configured) ? configured : only;
  if (database === undefined) {
    const others = found.length === 0 ? '' : `; there are ${found.join(', ')}`;
    throw new StartupError(
      `There is nothing to back up: no Coldburn database "${configured}" is there${others}. Name it with COLDBURN_CLICKHOUSE_DATABASE.`,
    );
  }
  const entries = await readLedger(warehouse, { kind: 'single', database });
  const finished = entries.filter(({ event }) => event === 'finished').map(({ version }) => version);
  return { database, schemaVersion: Math.max(0, ...finished) };
}
