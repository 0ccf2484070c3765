import { StartupError } from '../../schemas/startup-error.js';
import { createWarehouse } from '../create-warehouse.js';
import type { Warehouse } from '../warehouse.js';
import type { WarehouseLimits } from '../warehouse-limits.js';
import { redactUrl } from './redact-url.js';
import { serverEngine } from './server-engine.js';

export type ServerOptions = {
  url: string;
  user: string;
  password: string;
  database: string;
  limits: WarehouseLimits;
  newId: () => string;
  /** Compresses inserts on their way; worth it when the server is far away. */
  compressInserts?: boolean;
};

/**
 * Prepares the door to a ClickHouse server; nothing is sent until the first statement. Time and memory are capped
 * per statement. What cannot be capped from here: the server's total memory, its caches, merges and disk, and what
 * its other users take; those are its own configuration.
 */
export async function openServer(options: ServerOptions): Promise<Warehouse> {
  const { url, user, password, database, limits, newId, compressInserts = false } = options;
  if (!/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : '')) {
    throw new StartupError(
      `COLDBURN_CLICKHOUSE_URL is ${redactUrl(url)}, which is no http or https address; write it like http://host:8123.`,
    );
  }
  const engine = serverEngine({ url, user, password, database, limits, compressInserts });
  return createWarehouse(engine, { limits, newId });
}
