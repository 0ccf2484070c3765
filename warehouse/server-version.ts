import { z } from 'zod';
import type { StatementOptions, Warehouse } from './warehouse.js';

const SQL = 'SELECT version() AS version';

const Row = z.object({ version: z.string() });

/** The engine's version, which also proves that it answers and that our credentials are good. */
export async function serverVersion(warehouse: Warehouse, options: StatementOptions = {}): Promise<string> {
  const [row] = await warehouse.query(SQL, {}, Row, { lane: 'lookups', ...options });
  if (row === undefined) throw new Error('The engine answered its version with no row');
  return row.version;
}
