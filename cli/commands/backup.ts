import { ProblemError } from '../../schemas/problem.js';
import type { Manifest } from '../../warehouse/backup/manifest.js';
import type { Command, CommandContext, ExitCode } from '../command.js';
import { loadConfig } from '../load-config.js';
import { parseCommandArgs, UsageError } from '../parse-command-args.js';
import { openTarget, problemLine, targetOptions } from '../remote-target.js';

const options = {
  to: { type: 'string' },
  data: { type: 'string' },
  json: { type: 'boolean', default: false },
  ...targetOptions,
} as const;

/** Exits 0 when the backup is whole, 1 when it could not be made, 2 when called wrongly. */
export const backup: Command = {
  name: 'backup',
  usage: 'backup --to DIR [--data DIR] [--json]\n       backup --target URL [--key-file FILE] [--json]',
  summary: 'Copy every table into files that "restore" puts back, embedded or on a server.',
  details: [
    '--to DIR         a new or empty directory; manifest.json in it is written last',
    '--data DIR       of this data directory; left out, of what the settings name',
    '--target URL     has a running server do it, without stopping, into a directory of its own (backup.directory)',
    '--key-file FILE  a file with an admin key of the tenant "default"',
    '',
    'The embedded engine belongs to one process: while its server runs, use --target.',
    'Exit codes: 0 done, 1 it could not be made, 2 called wrongly.',
  ],
  run: async (args, context) => {
    const { values, positionals } = parseCommandArgs(args, { options, allowPositionals: true });
    if (positionals.length > 0) throw new UsageError(`unexpected "${positionals.join(' ')}"`);
    const { to, data, target, json } = values;
    if (target !== undefined) {
      if (to !== undefined || data !== undefined)
        throw new UsageError(
          '--target writes into the directory of the server; --to and --data do not go with it',
        );
      return await runningServer({ target, 'key-file': values['key-file'] }, json, context);
    }
    if (to === undefined)
      throw new UsageError('say where to: --to DIR, or --target URL for a running server');
    if (values['key-file'] !== undefined) throw new UsageError('--key-file goes with --target');
    const loaded = (await loadConfig(context.env)).config;
    const [{ backUpData }, directories] = await Promise.all([
      import('../backup/back-up-data.js'),
      import('../backup/data-directory.js'),
    ]);
    const config = data === undefined ? loaded : directories.configOfDataDirectory(loaded, data);
    directories.refuseCluster(config, 'backup');
    if (config.clickhouse.url === null) await directories.requireDataDirectory(config.dataDir);
    const manifest = await backUpData(config, to, context);
    context.io.out(json ? JSON.stringify({ directory: to, ...summaryOf(manifest) }) : doneLine(to, manifest));
    const waiting = await directories.waitingSegments(config.dataDir);
    if (waiting > 0)
      context.io.err(
        `${config.dataDir}/spool holds ${waiting} segments of acknowledged telemetry that are not in the backup: they are inserted when the server starts there.`,
      );
    return 0;
  },
};

async function runningServer(
  wanted: { target: string; 'key-file': string | undefined },
  json: boolean,
  { io, now, stopSignal }: CommandContext,
): Promise<ExitCode> {
  const [{ askForBackup }, { progressLine }] = await Promise.all([
    import('../backup/ask-for-backup.js'),
    import('../backup/progress.js'),
  ]);
  const tell = progressLine(io.err, now);
  try {
    const progress = (run: { files: number; rows: number }) =>
      tell('backup', `${run.rows.toLocaleString('en')} rows, file ${run.files}`);
    const run = await askForBackup(await openTarget(wanted, io), progress, stopSignal());
    if (run.state === 'failed') {
      io.err(run.error ?? 'The backup failed; the log of the server says why.');
      return 1;
    }
    io.out(
      json ? JSON.stringify(run) : `${run.rows.toLocaleString('en')} rows in ${run.directory} on the server.`,
    );
    return 0;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    io.err(problemLine(error));
    return 1;
  }
}

function summaryOf({ id, createdAt, schemaVersion, tables }: Manifest) {
  return {
    id,
    createdAt,
    schemaVersion,
    tables: tables.map(({ name, figures, files }) => ({
      name,
      rows: figures.rows,
      files: files.length,
      bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    })),
  };
}

function doneLine(directory: string, manifest: Manifest): string {
  const { tables } = summaryOf(manifest);
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  return `${rows.toLocaleString('en')} rows of ${tables.length} tables in ${directory}.`;
}
