import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { openServer } from '../../../../warehouse/server/open-server.js';
import type { Warehouse } from '../../../../warehouse/warehouse.js';
import { startEndpoint } from '../../../support/clickhouse-endpoint/start-endpoint.js';
import { testLimits } from '../../../support/embedded-warehouse.js';
import { migratedWarehouse } from '../../../support/migrated-warehouse.js';

/** Where the rows of a program that is killed end up, and how to look at them when it is gone. */
export type CrashPlace = {
  env: Readonly<Record<string, string>>;
  open: () => Promise<Warehouse>;
  close: () => Promise<void>;
};

export type CrashMode = 'embedded' | 'server';

/** The engine inside the program, killed with it, or a server that lives on in a process of its own. */
export async function openCrashPlace(mode: CrashMode, directory: string): Promise<CrashPlace> {
  if (mode === 'embedded') {
    const open = () => migratedWarehouse(join(directory, 'data'));
    return { env: {}, open, close: () => Promise.resolve() };
  }
  const endpoint = await startEndpoint();
  const { url, password } = endpoint;
  const options = { url, user: 'default', password, database: 'coldburn', limits: testLimits };
  return {
    env: { COLDBURN_CLICKHOUSE_URL: url, COLDBURN_CLICKHOUSE_PASSWORD: password },
    open: () => openServer({ ...options, newId: randomUUID }),
    close: endpoint.stop,
  };
}
