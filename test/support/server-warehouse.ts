import { randomUUID } from 'node:crypto';
import { createServerDatabase } from '../../warehouse/server/create-database.js';
import { openServer, type ServerOptions } from '../../warehouse/server/open-server.js';
import type { WarehouseLimits } from '../../warehouse/warehouse-limits.js';
import { startEndpoint } from './clickhouse-endpoint/start-endpoint.js';
import { type TestWarehouse, testLimits } from './embedded-warehouse.js';
import { externalClickHouseUrl } from './test-env.js';

const DROP = 'DROP DATABASE IF EXISTS {database: Identifier} SYNC';

/** A server over real sockets: the endpoint in another process, or the server the environment names. */
export async function serverWarehouse(limits: WarehouseLimits = testLimits): Promise<TestWarehouse> {
  const url = externalClickHouseUrl();
  if (url !== null) return connect(url, '', limits, async () => {});
  const endpoint = await startEndpoint();
  return connect(endpoint.url, endpoint.password, limits, endpoint.stop);
}

async function connect(
  url: string,
  password: string,
  limits: WarehouseLimits,
  stop: () => Promise<void>,
): Promise<TestWarehouse> {
  const database = `coldburn_test_${randomUUID().replaceAll('-', '')}`;
  const options: ServerOptions = { url, user: 'default', password, database, limits, newId: randomUUID };
  await createServerDatabase(options, null);
  const warehouse = await openServer(options);
  const close = async () => {
    try {
      await warehouse.close();
      // A door of its own: the one under test may have been closed by its test.
      const cleaner = await openServer({ ...options, database: 'default' });
      await cleaner.command(DROP, { database });
      await cleaner.close();
    } finally {
      await stop();
    }
  };
  return { warehouse, close };
}
