import { parseArgs } from 'node:util';
import { StartupError } from '../../schemas/startup-error.js';
import { readLedger } from '../../warehouse/migrate/ledger/ledger.js';
import { type MigrationStatus, migrationStatus } from '../../warehouse/migrate/ledger/migration-status.js';
import type { PendingMigration } from '../../warehouse/migrate/ledger/plan-migrations.js';
import {
  type MigrateDeps,
  type MigrationReport,
  migrate,
  pendingMigrations,
} from '../../warehouse/migrate/migrate.js';
import type { Migration } from '../../warehouse/migrate/migration.js';
import type { Target } from '../../warehouse/migrate/render/target.js';
import type { Warehouse } from '../../warehouse/warehouse.js';

export const usage =
  'migrate [--status | --dry-run] [--json]   bring the database up to this version of coldburn';

/** What the command needs of the world; opening is left to the end, so that `--help` touches no database. */
export type MigrateCommandIo = { out: (line: string) => void; err: (line: string) => void };
export type MigrateCommandDeps = MigrateDeps & {
  readMigrations: () => Promise<Migration[]>;
  open: () => Promise<{ warehouse: Warehouse; target: Target }>;
};

const options = {
  status: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** Exits 0 when done, 1 when the database refuses or is refused, 2 when called wrongly. */
export async function migrateCommand(
  args: string[],
  io: MigrateCommandIo,
  deps: MigrateCommandDeps,
): Promise<0 | 1 | 2> {
  const flags = parseFlags(args, io);
  if (flags === null) return 2;
  if (flags.help) {
    io.out(usage);
    return 0;
  }
  try {
    const migrations = await deps.readMigrations();
    const { warehouse, target } = await deps.open();
    try {
      const lines = await answer(flags, warehouse, migrations, target, deps);
      for (const line of lines) io.out(line);
      return 0;
    } finally {
      await warehouse.close();
    }
  } catch (error) {
    if (!(error instanceof StartupError)) throw error;
    io.err(error.message);
    return 1;
  }
}

type Flags = { status: boolean; dryRun: boolean; json: boolean; help: boolean };

function parseFlags(args: string[], io: MigrateCommandIo): Flags | null {
  try {
    const { values } = parseArgs({ args, options });
    if (!(values.status && values['dry-run'])) return { ...values, dryRun: values['dry-run'] };
    io.err('Give --status or --dry-run, not both.');
  } catch (error) {
    io.err(error instanceof Error ? error.message : String(error));
  }
  io.err(usage);
  return null;
}

async function answer(
  { status, dryRun, json }: Flags,
  warehouse: Warehouse,
  migrations: Migration[],
  target: Target,
  deps: MigrateCommandDeps,
): Promise<string[]> {
  if (status) {
    const rows = migrationStatus(migrations, await readLedger(warehouse, target));
    return json ? [JSON.stringify({ migrations: rows })] : rows.map(statusLine);
  }
  if (dryRun) {
    const pending = await pendingMigrations(warehouse, migrations, target, deps.program);
    return json ? [JSON.stringify({ pending: pending.map(pendingJson) })] : pending.flatMap(pendingLines);
  }
  const report = await migrate(warehouse, migrations, target, deps);
  return json ? [JSON.stringify(report)] : reportLines(report);
}

function statusLine({ version, name, state, appliedAt, program }: MigrationStatus): string {
  const when = appliedAt === null ? '' : ` ${appliedAt.toISOString()}`;
  const by = program === null ? '' : ` by coldburn ${program}`;
  return `${fileNumber(version)} ${name}: ${state}${when}${by}`;
}

function pendingLines({ migration, steps }: PendingMigration): string[] {
  return [`-- ${migration.file}`, ...steps.map(({ sql }) => `${sql};`), ''];
}

function pendingJson({ migration, resumed, steps }: PendingMigration) {
  const { version, name } = migration;
  return { version, name, resumed, statements: steps.map(({ sql }) => sql) };
}

function reportLines({ applied, schemaVersion }: MigrationReport): string[] {
  const lines = applied.map(
    ({ version, name, resumed }) =>
      `${fileNumber(version)} ${name}: ${resumed ? 'completed after an earlier run stopped half-way' : 'applied'}`,
  );
  return [...lines, `The schema is at version ${schemaVersion}.`];
}

function fileNumber(version: number): string {
  return String(version).padStart(4, '0');
}
