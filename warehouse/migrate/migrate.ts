import { StartupError } from '../../schemas/startup-error.js';
import type { Warehouse } from '../warehouse.js';
import { acquireLease, type Lease, type LeaseDeps, whileHeld } from './lease/lease.js';
import type { LeaseSubject } from './lease/lease-table.js';
import { appendLedger, createLedger, readLedger } from './ledger/ledger.js';
import type { LedgerEntry } from './ledger/ledger-entry.js';
import { layoutOf, type PendingMigration, planMigrations, type Step } from './ledger/plan-migrations.js';
import { type Migration, renderMigrations } from './migration.js';
import { onCluster, type Target } from './render/target.js';

/** Without the subject of the lease, which is always the schema. */
export type MigrateDeps = Omit<LeaseDeps, 'subject'> & { program: string };

/** Whoever changes tables holds it. */
export const schemaLease: LeaseSubject = { prefix: 'schema_migrations_lease_', doing: 'migrating' };

export type AppliedMigration = { version: number; name: string; statements: number; resumed: boolean };
export type MigrationReport = { schemaVersion: number; applied: AppliedMigration[] };

/** What `migrate` would run now, from reading alone. Throws a StartupError when it would refuse. */
export async function pendingMigrations(
  warehouse: Warehouse,
  migrations: readonly Migration[],
  target: Target,
  program: string,
): Promise<PendingMigration[]> {
  const entries = await readLedger(warehouse, target);
  const plan = planMigrations({ migrations: renderMigrations(migrations, target), entries, target, program });
  if (plan.kind === 'refused') throw new StartupError(plan.sentence);
  return plan.pending;
}

/**
 * Brings the database up to the newest migration and says what it applied. Any number of processes may call it at
 * once: one works, the others wait and then find nothing left. A database that is up to date costs two reads.
 */
export async function migrate(
  warehouse: Warehouse,
  migrations: readonly Migration[],
  target: Target,
  deps: MigrateDeps,
): Promise<MigrationReport> {
  const report: MigrationReport = { schemaVersion: migrations.length, applied: [] };
  const pending = () => pendingMigrations(warehouse, migrations, target, deps.program);
  if ((await pending()).length === 0) return report;
  await warehouse.command(`CREATE DATABASE IF NOT EXISTS ${target.database}${onCluster(target)}`);
  const leaseDeps = { ...deps, subject: schemaLease };
  const lease = await acquireLease(warehouse, target, leaseDeps);
  try {
    await createLedger(warehouse, target);
    await whileHeld(lease, leaseDeps, async () => {
      for (const next of await pending())
        report.applied.push(await apply(warehouse, next, target, { ...deps, lease }));
    });
  } catch (error) {
    // The first failure is the one to tell; a lease that cannot be given back runs out by itself.
    await lease.release().catch(() => undefined);
    throw error;
  }
  await lease.release();
  return report;
}

type ApplyDeps = MigrateDeps & { lease: Lease };

async function apply(
  warehouse: Warehouse,
  { migration, steps, resumed }: PendingMigration,
  target: Target,
  { lease, program, now }: ApplyDeps,
): Promise<AppliedMigration> {
  const { version, name, checksum } = migration;
  const record = (event: LedgerEntry['event'], details: { statement: number; checksum: string }) =>
    appendLedger(warehouse, target, {
      version,
      name,
      event,
      program,
      layout: layoutOf(target),
      at: now(),
      ...details,
    });
  await lease.renew();
  await record('started', { statement: 0, checksum });
  for (const step of steps) {
    await lease.renew();
    await run(warehouse, migration, step);
    await record('statement', { statement: step.number, checksum: step.checksum });
  }
  await record('finished', { statement: 0, checksum });
  return { version, name, statements: steps.length, resumed };
}

async function run(warehouse: Warehouse, migration: Migration, { number, sql }: Step): Promise<void> {
  try {
    await warehouse.command(sql);
  } catch (cause) {
    const [reason = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    throw new StartupError(
      `Migration ${migration.file} stopped at statement ${number}: ${reason.replace(/\.$/, '')}; put that right and start again, it continues there.`,
      { cause },
    );
  }
}
