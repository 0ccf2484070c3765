import type { Tenant } from '../../schemas/access.js';
import type { Notice } from '../../schemas/alerting/notice.js';
import { inboxName } from '../../schemas/config/receivers.js';
import type { Outcome, Send } from '../receivers/receiver.js';
import type { NoticeLog } from './notice-log.js';
import {
  delayAfter,
  healthAfter,
  healthy,
  mayReceive,
  nextFor,
  type Pending,
  type ReceiverHealth,
} from './retry.js';

/** After a failure of the database. */
const unwrittenMs = 10_000;

/** How notices get to one receiver, and how many a minute. */
export type OpenedReceiver = { send: Send; perMinute: number };

export type DelivererDeps = {
  receivers: ReadonlyMap<string, OpenedReceiver>;
  log: Pick<NoticeLog, 'attempt'>;
  referenceOf: (tenant: Tenant, threadId: string) => Promise<string | null>;
  /** Throws when another process has taken over; asked before each notice leaves. */
  mayWrite: () => Promise<void>;
  giveUpMs: number;
  nowMs: () => number;
  random: () => number;
  warn: (fields: object, sentence: string) => void;
};

/** A notice and what is known of its delivery. */
export type Waiting = Pending & { tenant: Tenant; notice: Notice; isKnownFromBefore: boolean };

export type DeliveryStats = {
  waiting: number;
  sent: number;
  failed: number;
  givenUp: number;
  /** Receivers that are left alone because they do not answer. */
  unreached: readonly string[];
};

export type Deliverer = {
  add: (waiting: Waiting) => void;
  /** Starts what is due; a receiver is sent one thing at a time, and waits for no other receiver. */
  pump: () => void;
  /** When nothing is under way any more. */
  idle: () => Promise<void>;
  /** Forgets what waits: it is read again. */
  forget: () => void;
  stats: () => DeliveryStats;
};

/** Delivers what is planned: at least once, each notice by its own idempotency key, those of a thread in order. */
export function createDeliverer(deps: DelivererDeps): Deliverer {
  const { giveUpMs, log, mayWrite, nowMs, random, receivers, referenceOf, warn } = deps;
  const waiting = new Map<string, Map<string, Waiting>>();
  const health = new Map<string, ReceiverHealth>();
  const underWay = new Map<string, Promise<void>>();
  const counts = { sent: 0, failed: 0, givenUp: 0 };
  let generation = 0;

  const attempt = async (one: Waiting, startMs: number): Promise<Outcome> => {
    if (one.receiver === inboxName) return { kind: 'delivered', reference: null, says: 'kept' };
    const receiver = receivers.get(one.receiver);
    if (receiver === undefined)
      return {
        kind: 'failed',
        says: `there is no receiver "${one.receiver}" in the configuration`,
        isLasting: true,
        waitMs: null,
      };
    const reference = one.sequence === 1 ? null : await referenceOf(one.tenant, one.threadId);
    // What was planned by a process that is gone may have arrived without its being written down.
    const number = one.attempts + (one.isKnownFromBefore ? 2 : 1);
    try {
      return await receiver.send(one.notice, { nowMs: startMs, attempt: number, reference });
    } catch (error) {
      return { kind: 'failed', says: reasonOf(error), isLasting: false, waitMs: null };
    }
  };

  const deliver = async (one: Waiting): Promise<void> => {
    const began = generation;
    await mayWrite();
    const startMs = nowMs();
    const outcome = await attempt(one, startMs);
    const endMs = nowMs();
    health.set(one.receiver, healthAfter(health.get(one.receiver) ?? healthy, outcome, endMs, random));
    const attempts = one.attempts + 1;
    const delayMs = outcome.kind === 'failed' ? delayAfter(attempts, outcome, random) : 0;
    const isGivenUp = outcome.kind === 'failed' && endMs + delayMs > one.plannedAtMs + giveUpMs;
    const event = outcome.kind === 'delivered' ? 'sent' : isGivenUp ? 'given-up' : 'failed';
    await log.attempt({
      tenant: one.tenant,
      notice: one.notice,
      event,
      at: new Date(endMs),
      attempt: attempts,
      nextAt: event === 'failed' ? new Date(endMs + delayMs) : null,
      durationMs: endMs - startMs,
      says: outcome.says,
      reference: outcome.kind === 'delivered' ? outcome.reference : null,
    });
    if (event === 'sent') counts.sent += 1;
    else counts[event === 'failed' ? 'failed' : 'givenUp'] += 1;
    if (event === 'given-up')
      warn(
        { notice: one.id, receiver: one.receiver, says: outcome.says },
        'a notice could not be delivered and is given up',
      );
    if (began !== generation) return;
    const lane = waiting.get(one.receiver);
    if (event === 'failed') lane?.set(one.id, { ...one, attempts, dueAtMs: endMs + delayMs });
    else lane?.delete(one.id);
  };

  const pump = (): void => {
    for (const [receiver, lane] of waiting) {
      if (underWay.has(receiver) || lane.size === 0) continue;
      const perMinute = receivers.get(receiver)?.perMinute ?? Number.POSITIVE_INFINITY;
      if (!mayReceive(health.get(receiver) ?? healthy, perMinute, nowMs())) continue;
      const next = nextFor(lane.values(), nowMs());
      const one = next === null ? undefined : lane.get(next.id);
      if (one === undefined) continue;
      const run = deliver(one).then(
        () => true,
        (error: unknown) => {
          warn({ err: error, receiver }, 'what became of a notice could not be written; it is tried again');
          const left = waiting.get(receiver)?.get(one.id);
          if (left !== undefined)
            waiting.get(receiver)?.set(one.id, { ...left, dueAtMs: nowMs() + unwrittenMs });
          return false;
        },
      );
      underWay.set(
        receiver,
        run.then((isDone) => {
          underWay.delete(receiver);
          if (isDone) pump();
        }),
      );
    }
  };

  return {
    add: (one) => {
      const lane = waiting.get(one.receiver) ?? new Map<string, Waiting>();
      if (!lane.has(one.id)) lane.set(one.id, one);
      waiting.set(one.receiver, lane);
    },
    pump,
    idle: async () => {
      while (underWay.size > 0) await Promise.all(underWay.values());
    },
    forget: () => {
      generation += 1;
      waiting.clear();
    },
    stats: () => ({
      ...counts,
      waiting: [...waiting.values()].reduce((sum, lane) => sum + lane.size, 0),
      unreached: [...health].filter(([, { openUntilMs }]) => openUntilMs > nowMs()).map(([name]) => name),
    }),
  };
}

/** Errors of connections hide the reason in a code or in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code}: ` : '';
  return `${code}${error.message || (error.cause instanceof Error ? error.cause.message : error.name)}`;
}
