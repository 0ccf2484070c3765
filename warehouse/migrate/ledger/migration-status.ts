import type { Migration } from '../migration.js';
import type { LedgerEntry } from './ledger-entry.js';

export type MigrationStatus = {
  version: number;
  name: string;
  state: 'applied' | 'half-applied' | 'pending';
  /** When its last statement was done, null before that. */
  appliedAt: Date | null;
  /** The version of coldburn that worked on it last, null when none did. */
  program: string | null;
};

/** One line a migration, also for those that only the database knows. */
export function migrationStatus(
  migrations: readonly Pick<Migration, 'version' | 'name'>[],
  entries: readonly LedgerEntry[],
): MigrationStatus[] {
  const names = new Map([...entries, ...migrations].map(({ version, name }) => [version, name]));
  return [...names]
    .sort(([a], [b]) => a - b)
    .map(([version, name]) => {
      const own = entries.filter((entry) => entry.version === version);
      const finished = own.find(({ event }) => event === 'finished');
      const state = finished !== undefined ? 'applied' : own.length > 0 ? 'half-applied' : 'pending';
      const program = (finished ?? own.at(-1))?.program ?? null;
      return { version, name, state, appliedAt: finished?.at ?? null, program };
    });
}
