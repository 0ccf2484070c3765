import { acquireLease, type Lease, type LeaseDeps, whileHeld } from '../warehouse/migrate/lease/lease.js';
import type { Target } from '../warehouse/migrate/render/target.js';
import type { SettleStats } from './settle-stats.js';
import { createSettler, type SettlerDeps } from './settler.js';

export type SettlingLog = {
  warn: (fields: object, sentence: string) => void;
  info: (fields: object, sentence: string) => void;
};

export type SettlingDeps = Omit<SettlerDeps, 'mayWrite'> & {
  everyMs: number;
  target: Target;
  /** Null where no other process can work on the same tables: the embedded engine. */
  lease: Pick<LeaseDeps, 'holder' | 'leaseMs' | 'heartbeatMs' | 'pollMs' | 'isAbandoned'> | null;
  /** Ends early, without an error, when the signal aborts. */
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
  random: () => number;
  log: SettlingLog;
};

export type Settling = { stats: () => SettleStats; stop: () => Promise<void> };

const subject = { prefix: 'settle_lease_', doing: 'settling' } as const;

/** Settles for as long as it is not stopped, and as long as no other process does. */
export function startSettling(deps: SettlingDeps): Settling {
  const { everyMs, lease: leaseDeps, log, random, target, wait, warehouse, now } = deps;
  const stopped = new AbortController();
  const { signal } = stopped;
  let held: Lease | null = null;
  const settler = createSettler({
    ...deps,
    mayWrite: async () => {
      signal.throwIfAborted();
      await held?.check();
    },
  });

  /** Ticks until something fails or the end has come. */
  const work = async (onTick: () => void): Promise<void> => {
    while (!signal.aborted) {
      await settler.tick(signal);
      onTick();
      await wait(everyMs, signal);
    }
  };

  const workAlone = async (onTick: () => void): Promise<void> => {
    if (leaseDeps === null) return await work(onTick);
    const sleep = async (ms: number, until?: AbortSignal) => {
      await wait(ms, until === undefined ? signal : AbortSignal.any([signal, until]));
      // Waiting for one's turn ends with the process; giving signs of life ends with the work.
      if (until === undefined) signal.throwIfAborted();
    };
    const all = { ...leaseDeps, subject, now, sleep, maxWaitMs: Number.POSITIVE_INFINITY };
    const lease = await acquireLease(warehouse, target, all);
    held = lease;
    settler.forget();
    try {
      await whileHeld(lease, all, () => work(onTick));
    } finally {
      held = null;
      await lease.release().catch(() => undefined);
    }
  };

  const run = async (): Promise<void> => {
    let failures = 0;
    while (!signal.aborted) {
      try {
        await workAlone(() => {
          if (failures > 0) log.info({ failures }, 'settling goes on');
          failures = 0;
        });
      } catch (error) {
        if (signal.aborted) return;
        failures += 1;
        const delayMs = backoffMs(failures, everyMs, random);
        log.warn({ err: error, failures, delayMs }, 'settling failed; it is tried again, nothing is lost');
        await wait(delayMs, signal);
      }
    }
  };
  const running = run();
  return {
    stats: settler.stats,
    stop: async () => {
      stopped.abort();
      await running;
    },
  };
}

/** Doubled with each failure up to a minute, between half and all of it. */
function backoffMs(failures: number, everyMs: number, random: () => number): number {
  const fullMs = Math.min(60_000, everyMs * 2 ** Math.min(16, failures));
  return fullMs / 2 + (fullMs / 2) * random();
}
