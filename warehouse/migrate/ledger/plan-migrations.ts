import { type RenderedMigration, sha256 } from '../migration.js';
import type { Target } from '../render/target.js';
import type { LedgerEntry } from './ledger-entry.js';

export type Step = { number: number; sql: string; checksum: string };
/** `resumed` when an earlier run died half-way; `steps` are the statements that are left. */
export type PendingMigration = { migration: RenderedMigration; resumed: boolean; steps: Step[] };
export type MigrationPlan =
  | { kind: 'ready'; pending: PendingMigration[] }
  /** One sentence for the operator: what is wrong, and what to do. */
  | { kind: 'refused'; sentence: string };

export type PlanInput = {
  migrations: readonly RenderedMigration[];
  entries: readonly LedgerEntry[];
  target: Target;
  program: string;
};

/** Compares the files with the ledger: what is left to run, or why nothing may run. */
export function planMigrations(input: PlanInput): MigrationPlan {
  const sentence = refusal(input);
  if (sentence !== null) return { kind: 'refused', sentence };
  const pending: PendingMigration[] = [];
  for (const migration of input.migrations) {
    const entries = input.entries.filter(({ version }) => version === migration.version);
    if (entries.some(({ event }) => event === 'finished')) continue;
    const done = new Set(
      entries.filter(({ event }) => event === 'statement').map(({ statement }) => statement),
    );
    const steps = stepsOf(migration).filter(({ number }) => !done.has(number));
    pending.push({ migration, resumed: entries.length > 0, steps });
  }
  return { kind: 'ready', pending };
}

/** What a ledger entry says the schema was built for. */
export function layoutOf(target: Target): string {
  return target.kind === 'single' ? 'single' : `cluster ${target.cluster}`;
}

function stepsOf({ statements }: RenderedMigration): Step[] {
  return statements.map((sql, index) => ({ number: index + 1, sql, checksum: sha256(sql) }));
}

function refusal({ migrations, entries, target, program }: PlanInput): string | null {
  const database = `The database "${target.database}"`;
  const known = migrations.length;
  const newer = entries.filter(({ version }) => version > known).at(-1);
  if (newer !== undefined)
    return `${database} has schema version ${newer.version}, made by coldburn ${newer.program}, but this is coldburn ${program}, which knows versions up to ${known}; run coldburn ${newer.program} or newer, or restore a backup from before that upgrade.`;
  const layout = layoutOf(target);
  const foreign = entries.find((entry) => entry.layout !== layout);
  if (foreign !== undefined)
    return `${database} was built for "${foreign.layout}", but the configuration now says "${layout}"; put the cluster setting back, or name a new database and restore a backup into it.`;
  const finished = new Map(
    entries.filter(({ event }) => event === 'finished').map((entry) => [entry.version, entry]),
  );
  const newest = Math.max(0, ...finished.keys());
  for (const migration of migrations) {
    const { version, file, checksum } = migration;
    const applied = finished.get(version);
    if (applied !== undefined && applied.checksum !== checksum)
      return `Migration ${file} was changed after it was applied to ${lower(database)} by coldburn ${applied.program}; put the file back as it was (reinstall coldburn) and make changes in a new migration.`;
    if (applied === undefined && version < newest)
      return `${database} has migration ${newest} but not ${file}, so its ledger is damaged; restore a backup.`;
    const changed = stepsOf(migration).find(({ number, checksum: current }) =>
      entries.some(
        (entry) => entry.version === version && entry.statement === number && entry.checksum !== current,
      ),
    );
    if (applied === undefined && changed !== undefined)
      return `Migration ${file} stopped half-way and its statement ${changed.number}, which had already run, has since been changed; run the version of coldburn that started it, or restore a backup.`;
  }
  return null;
}

function lower(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
