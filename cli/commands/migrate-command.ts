import type { Command } from '../command.js';
import { loadConfig } from '../load-config.js';

/** `migrate` in the frame: opens the configured warehouse and hands it on. */
export const migrateCommandInFrame: Command = {
  name: 'migrate',
  usage: 'migrate [--status | --dry-run] [--json]',
  summary: 'Bring the database up to this version of coldburn; "serve" does it by itself.',
  details: [
    '--status    which migrations are applied, when, and by which version',
    '--dry-run   print the SQL that would run',
    '--json      the same as JSON',
    '',
    'Exit codes: 0 done, 1 refused, 2 called wrongly.',
  ],
  run: async (args, { io, env, now, version }) => {
    const { config } = await loadConfig(env);
    const [{ migrateCommand }, opening, schema, { readMigrations }] = await Promise.all([
      import('./migrate.js'),
      import('../open-warehouse.js'),
      import('../update-schema.js'),
      import('../../warehouse/migrate/read-migrations.js'),
    ]);
    return await migrateCommand([...args], io, {
      ...schema.migrateDeps(config, { version, now }),
      readMigrations: () => readMigrations(schema.migrationsDirectory),
      open: async () => ({
        warehouse: await opening.openPreparedWarehouse(config, now),
        target: opening.migrationTarget(config),
      }),
    });
  },
};
