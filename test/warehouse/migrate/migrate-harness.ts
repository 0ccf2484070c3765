import { setImmediate, setTimeout } from 'node:timers/promises';
import type { MigrateDeps } from '../../../warehouse/migrate/migrate.js';
import { migrationLimits } from '../../../warehouse/migrate/migration-limits.js';
import type { Target } from '../../../warehouse/migrate/render/target.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { testLimits } from '../../support/embedded-warehouse.js';

/** Room in the commands lane for signs of life beside a slow statement. */
export const testMigrationLimits = migrationLimits(testLimits);

/** Databases by fixed names, for readable messages; gone before and after, also on a server that outlives the test. */
export async function dropDatabases(warehouse: Warehouse, names: readonly string[]): Promise<void> {
  for (const database of names)
    await warehouse.command('DROP DATABASE IF EXISTS {database: Identifier} SYNC', { database });
}

export function single(database: string): Target {
  return { kind: 'single', database };
}

/** Real time with short pauses: for tests where nobody has to die. */
export function runnerDeps(holder: string, changes: Partial<MigrateDeps> = {}): MigrateDeps {
  return {
    program: '0.1.0',
    holder,
    now: () => new Date(),
    sleep: async (ms, signal) => await setTimeout(ms, undefined, signal ? { signal } : {}).catch(() => {}),
    leaseMs: 60_000,
    heartbeatMs: 20,
    pollMs: 5,
    maxWaitMs: 60_000,
    isAbandoned: () => false,
    ...changes,
  };
}

/** A clock that stands until `advance`; sleepers wake in order of their time. */
export function handClock(): Pick<MigrateDeps, 'now' | 'sleep'> & {
  advance: (ms: number) => Promise<void>;
  sleepers: () => number;
} {
  let nowMs = Date.UTC(2026, 0, 1);
  const waiting = new Set<{ atMs: number; wake: () => void }>();
  const sleep = (ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve) => {
      const sleeper = {
        atMs: nowMs + ms,
        wake: () => {
          waiting.delete(sleeper);
          signal?.removeEventListener('abort', sleeper.wake);
          resolve();
        },
      };
      waiting.add(sleeper);
      if (signal?.aborted) sleeper.wake();
      signal?.addEventListener('abort', sleeper.wake);
    });
  const advance = async (ms: number) => {
    nowMs += ms;
    const due = [...waiting].filter(({ atMs }) => atMs <= nowMs).sort((a, b) => a.atMs - b.atMs);
    for (const sleeper of due) sleeper.wake();
    await setImmediate();
  };
  return { now: () => new Date(nowMs), sleep, advance, sleepers: () => waiting.size };
}

/** The same warehouse with something done around every command. */
export function withCommands(
  warehouse: Warehouse,
  around: (sql: string, run: () => Promise<void>) => Promise<void>,
): Warehouse {
  return {
    ...warehouse,
    command: (sql, params, options) => around(sql, () => warehouse.command(sql, params, options)),
  };
}
