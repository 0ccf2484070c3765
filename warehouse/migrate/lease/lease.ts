import { StartupError } from '../../../schemas/startup-error.js';
import type { Warehouse } from '../../warehouse.js';
import type { Target } from '../render/target.js';
import { decideLease, type LeaseRules, type LeaseSeen, type LeaseWatch } from './lease-decision.js';
import { createLease, dropLease, type LeaseSubject, listLeases, updateLease } from './lease-table.js';

export type LeaseDeps = LeaseRules & {
  subject: LeaseSubject;
  /** Names this runner, differently from every other that ever was. */
  holder: string;
  now: () => Date;
  /** Ends early, without an error, when the signal aborts. */
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Pause between two looks at a lease someone else holds. */
  pollMs: number;
  /** Pause between two signs of life; well below leaseMs. */
  heartbeatMs: number;
  /** Waiting longer than this for another runner is given up with a sentence. */
  maxWaitMs: number;
};

/** The right to do it. `renew` shows a sign of life; it and `check` throw once somebody else has taken over. */
export type Lease = {
  generation: number;
  check: () => Promise<void>;
  renew: () => Promise<void>;
  release: () => Promise<void>;
};

/** Waits for its turn and takes the lease, from a dead holder too. */
export async function acquireLease(warehouse: Warehouse, target: Target, deps: LeaseDeps): Promise<Lease> {
  const startedMs = deps.now().getTime();
  let watch: LeaseWatch | null = null;
  for (;;) {
    const [seen = null, ...older] = await listLeases(warehouse, target, deps.subject);
    const nowMs = deps.now().getTime();
    const decision = decideLease(seen, watch, nowMs, deps);
    if (decision.kind === 'claim') {
      const { generation } = decision;
      if (await claim(warehouse, target, deps.subject, { generation, holder: deps.holder, beat: 0 })) {
        for (const { generation: past } of [...(seen === null ? [] : [seen]), ...older])
          await dropLease(warehouse, target, deps.subject, past);
        return heldLease(warehouse, target, generation, deps);
      }
      continue;
    }
    if (nowMs - startedMs >= deps.maxWaitMs) {
      const seconds = Math.round(deps.maxWaitMs / 1000);
      throw new StartupError(
        `Another coldburn (${seen?.holder}) has been ${deps.subject.doing} the database "${target.database}" for more than ${seconds} s; wait for it to finish and start again, or stop it.`,
      );
    }
    watch = decision.watch;
    await deps.sleep(deps.pollMs);
  }
}

/** Shows signs of life for as long as the work takes, which may be longer than a lease lasts. */
export async function whileHeld<T>(lease: Lease, deps: LeaseDeps, work: () => Promise<T>): Promise<T> {
  const done = new AbortController();
  const beats = (async () => {
    await deps.sleep(deps.heartbeatMs, done.signal);
    while (!done.signal.aborted) {
      // A beat that fails is not the end: the work itself renews before its next statement, and stops there.
      await lease.renew().catch(() => undefined);
      await deps.sleep(deps.heartbeatMs, done.signal);
    }
  })();
  try {
    return await work();
  } finally {
    done.abort();
    await beats;
  }
}

async function claim(
  warehouse: Warehouse,
  target: Target,
  subject: LeaseSubject,
  wanted: LeaseSeen,
): Promise<boolean> {
  const failure = await createLease(warehouse, target, subject, wanted).then(
    () => null,
    (error: unknown) => ({ error }),
  );
  // Whatever the engine answered, the list says who has it: an answer may be lost, and a number that was dropped
  // meanwhile can be created again below a higher one.
  const [top] = await listLeases(warehouse, target, subject);
  if (top?.generation === wanted.generation && top.holder === wanted.holder) return true;
  const outrun = top !== undefined && top.generation >= wanted.generation;
  if (failure !== null && !outrun) throw failure.error;
  if (failure === null) await dropLease(warehouse, target, subject, wanted.generation);
  return false;
}

function heldLease(
  warehouse: Warehouse,
  target: Target,
  generation: number,
  { holder, subject }: Pick<LeaseDeps, 'holder' | 'subject'>,
): Lease {
  let beat = 0;
  const check = async () => {
    const [top] = await listLeases(warehouse, target, subject);
    if (top?.generation !== generation || top.holder !== holder)
      throw new StartupError(
        `Another coldburn${top?.holder ? ` (${top.holder})` : ''} took over ${subject.doing} the database "${target.database}" because this one was silent too long; start again, nothing was lost.`,
      );
  };
  const renew = async () => {
    await check();
    beat += 1;
    await updateLease(warehouse, target, subject, { generation, holder, beat });
  };
  const release = async () => {
    const [top] = await listLeases(warehouse, target, subject);
    if (top?.generation === generation)
      await updateLease(warehouse, target, subject, { generation, holder: null, beat });
  };
  return { generation, check, renew, release };
}
