import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { openEmbedded } from '../../../warehouse/embedded/open-embedded.js';
import type { MigrateDeps } from '../../../warehouse/migrate/migrate.js';
import { migrationLimits } from '../../../warehouse/migrate/migration-limits.js';
import type { Target } from '../../../warehouse/migrate/render/target.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { defaultLimits } from '../../../warehouse/warehouse-limits.js';

const gibibyte = 1024 ** 3;

/** A real embedded engine on a folder that is gone afterwards. One a test file: an engine belongs to its process. */
export async function openTestWarehouse(): Promise<{ warehouse: Warehouse; close: () => Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'coldburn-migrate-'));
  const limits = migrationLimits(defaultLimits(2 * gibibyte, 2));
  const warehouse = await openEmbedded({
    dataDir,
    database: 'coldburn',
    limits,
    newId: randomUUID,
    now: () => new Date(),
  });
  const close = async () => {
    await warehouse.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { warehouse, close };
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

/** Waits for something real to happen, and fails loudly when it does not. */
export async function until(what: string, happened: () => boolean | Promise<boolean>): Promise<void> {
  const deadlineMs = Date.now() + 20_000;
  while (!(await happened())) {
    if (Date.now() > deadlineMs) throw new Error(`Waited in vain for: ${what}`);
    await setTimeout(5);
  }
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
