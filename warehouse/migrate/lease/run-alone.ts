import type { Warehouse } from '../../warehouse.js';
import type { Target } from '../render/target.js';
import { acquireLease, type Lease, type LeaseDeps, whileHeld } from './lease.js';
import type { LeaseSubject } from './lease-table.js';

export type RunAloneLog = {
  warn: (fields: object, sentence: string) => void;
  info: (fields: object, sentence: string) => void;
};

export type RunAloneDeps = {
  warehouse: Warehouse;
  target: Target;
  subject: LeaseSubject;
  /** Null where no other process can work on the same tables: the embedded engine. */
  lease: Pick<LeaseDeps, 'holder' | 'leaseMs' | 'heartbeatMs' | 'pollMs' | 'isAbandoned'> | null;
  everyMs: number;
  /** Waits for the next turn where not time alone says when that is; it ends early when the signal aborts. */
  nextTurn?: (signal: AbortSignal) => Promise<void>;
  now: () => Date;
  /** Ends early, without an error, when the signal aborts. */
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
  random: () => number;
  log: RunAloneLog;
};

export type Turn = {
  /** One piece of work; true when the next should follow at once. */
  tick: (signal: AbortSignal) => Promise<boolean>;
  /** Somebody else may have worked meanwhile. */
  forget: () => void;
};

export type RunningAlone<Work extends Turn> = { turn: Work; stop: () => Promise<void> };

/**
 * Does a piece of work again and again for as long as it is not stopped, and as long as no other process does.
 * `mayWrite` throws once it is stopped or another process has taken over.
 */
export function runAlone<Work extends Turn>(
  deps: RunAloneDeps,
  makeTurn: (mayWrite: () => Promise<void>) => Work,
): RunningAlone<Work> {
  const { everyMs, lease: leaseDeps, log, random, subject, target, wait, warehouse, now } = deps;
  const stopped = new AbortController();
  const { signal } = stopped;
  let held: Lease | null = null;
  const turn = makeTurn(async () => {
    signal.throwIfAborted();
    await held?.check();
  });

  /** Ticks until something fails or the end has come. */
  const work = async (onTick: () => void): Promise<void> => {
    while (!signal.aborted) {
      const isMore = await turn.tick(signal);
      onTick();
      if (isMore || deps.nextTurn === undefined) await wait(isMore ? 0 : everyMs, signal);
      else await deps.nextTurn(signal);
    }
  };

  const workAlone = async (onTick: () => void): Promise<void> => {
    if (leaseDeps === null) return await work(onTick);
    const sleep = async (ms: number, until?: AbortSignal) => {
      // Waiting for one's turn ends with the process. Giving signs of life ends with the work alone, which may hang
      // after the stop: a wait that is already aborted would ask for the lease without a pause.
      await wait(ms, until ?? signal);
      if (until === undefined) signal.throwIfAborted();
    };
    const all = { ...leaseDeps, subject, now, sleep, maxWaitMs: Number.POSITIVE_INFINITY };
    const lease = await acquireLease(warehouse, target, all);
    held = lease;
    turn.forget();
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
          if (failures > 0) log.info({ failures }, `${subject.doing} goes on`);
          failures = 0;
        });
      } catch (error) {
        if (signal.aborted) return;
        failures += 1;
        const delayMs = backoffMs(failures, everyMs, random);
        log.warn(
          { err: error, failures, delayMs },
          `${subject.doing} failed; it is tried again, nothing is lost`,
        );
        await wait(delayMs, signal);
      }
    }
  };
  const running = run();
  return {
    turn,
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
