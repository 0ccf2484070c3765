import { randomBytes } from 'node:crypto';
import type { Command, CommandContext } from '../command.js';
import { loadConfig } from '../load-config.js';
import { type OpenedKeyAdmin, token, tokenUsage } from './token.js';

const requestTimeoutMs = 10_000;

/** `token` in the frame: straight in the store, or through a running server when a URL is given. */
export const tokenCommand: Command = {
  name: 'token',
  usage: tokenUsage.map((line) => line.trim()).join('\n       '),
  summary: 'Create, list and revoke API keys.',
  details: [
    'A secret is printed once, on standard output, and only its hash is kept.',
    'While a server runs with the embedded engine it holds the data directory: reach it with --url.',
    '',
    'Exit codes: 0 done, 1 refused or not found, 2 called wrongly.',
  ],
  run: async (args, context) => {
    const { remoteKeyAdmin } = await import('../../access/keys/remote-key-admin.js');
    return await token(args, {
      io: context.io,
      read: context.io.read,
      openStored: () => openStored(context),
      connect: (url, key) => remoteKeyAdmin({ url, key, fetch, timeoutMs: requestTimeoutMs }),
    });
  },
};

async function openStored({ env, now, version }: CommandContext): Promise<OpenedKeyAdmin> {
  const { config } = await loadConfig(env);
  const [opening, { updateSchema }, { openKeyRing }, { storedKeyAdmin }, { warehouseKeyStore }] =
    await Promise.all([
      import('../open-warehouse.js'),
      import('../update-schema.js'),
      import('../../access/keys/key-ring.js'),
      import('../../access/keys/stored-key-admin.js'),
      import('../../access/store/warehouse-key-store.js'),
    ]);
  const warehouse = await opening.openPreparedWarehouse(config, now);
  try {
    await updateSchema(warehouse, config, { version, now });
    const store = warehouseKeyStore(warehouse);
    const ring = await openKeyRing(store);
    const admin = storedKeyAdmin({ store, ring, now, randomBytes }, { actor: 'cli', tenant: null });
    return { admin, close: () => warehouse.close() };
  } catch (error) {
    await warehouse.close();
    throw error;
  }
}
