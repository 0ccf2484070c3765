import type { Command } from '../command.js';
import { loadConfig } from '../load-config.js';
import { parseCommandArgs, UsageError } from '../parse-command-args.js';

const options = {
  from: { type: 'string' },
  add: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

/** Exits 0 when all is there, 1 when it could not be restored, 2 when called wrongly. */
export const restore: Command = {
  name: 'restore',
  usage: 'restore --from DIR [--add] [--json]',
  summary: 'Put a backup, or a whole data directory, into the engine or the server the settings name.',
  details: [
    '--from DIR  a backup; or the data directory of a stopped embedded server, to move it to a ClickHouse server',
    '--add       beside the rows that are there; without it, the target must be empty',
    '',
    'What was cut off is run again with the same backup and goes on; no row is stored twice. To move to a server:',
    '  COLDBURN_CLICKHOUSE_URL=http://clickhouse:8123 coldburn restore --from ./data',
    'Exit codes: 0 done, 1 it could not be restored, 2 called wrongly.',
  ],
  run: async (args, context) => {
    const { values, positionals } = parseCommandArgs(args, { options, allowPositionals: true });
    if (positionals.length > 0) throw new UsageError(`unexpected "${positionals.join(' ')}"`);
    const { from, add, json } = values;
    if (from === undefined) throw new UsageError('say where from: --from DIR');
    const { config } = await loadConfig(context.env);
    const [{ refuseCluster }, { restoreInto }] = await Promise.all([
      import('../backup/data-directory.js'),
      import('../backup/restore-into.js'),
    ]);
    refuseCluster(config, 'restore');
    const { tables, resumed } = await restoreInto(config, from, add, context);
    const rows = tables.reduce((sum, { figures }) => sum + figures.rows, 0);
    const told = tables.map(({ name, figures }) => ({ name, rows: figures.rows }));
    context.io.out(
      json
        ? JSON.stringify({ resumed, tables: told })
        : `${rows.toLocaleString('en')} rows of ${tables.length} tables are there, each as it was backed up.`,
    );
    return 0;
  },
};
