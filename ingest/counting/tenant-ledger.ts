import type { RequestRefusal } from '../http/otlp-refusal.js';
import type { Received } from '../received.js';
import { addSamplingCounts } from '../sampling/sampling-tally.js';
import type { SignalName } from '../signal.js';
import { addByName, type Counts, noCounts } from './counts.js';
import { RecentItems, type RecentStep } from './recent-items.js';
import { type Sender, SenderTable } from './sender-table.js';

/** Why a payload was not taken as it came; never anything of what is in it. */
export type BadPayload = { atMs: number; agent: string; reason: string };

export type Accepted = {
  signal: SignalName;
  tenant: string;
  /** User agent, or what else names the sender. */
  sender: string;
  bytes: number;
  atMs: number;
  received: Omit<Received, 'durable'>;
};

export type TenantCounts = {
  /** When it was so. */
  atMs: number;
  counts: Counts;
  /** Most items first. */
  senders: readonly Sender[];
  /** Latest first. */
  badPayloads: readonly BadPayload[];
  recent: readonly RecentStep[];
};

const keptBadPayloads = 5;
const maxReasonLength = 500;
const maxAgentLength = 120;

/** What became of one tenant's requests. */
export class TenantLedger {
  readonly counts: Counts = noCounts();
  readonly #senders = new SenderTable();
  readonly #recent = new RecentItems();
  #badPayloads: BadPayload[] = [];

  accepted({ signal, sender, bytes, atMs, received }: Accepted): void {
    const { counts } = this;
    const { notes } = received;
    counts.acceptedRequests++;
    counts.acceptedBytes += bytes;
    counts.acceptedInvocations += received.invocations;
    counts.ignoredFields += received.ignoredFields;
    counts.malformedTraceStates += notes.malformedTraceStates;
    counts.invocationsOnly += notes.invocationsOnly;
    const totals = counts.signals[signal];
    totals.acceptedRequests++;
    totals.acceptedItems += received.accepted;
    for (const [reason, count] of received.refused) addByName(totals.refusedItems, { [reason]: count });
    if (notes.limits !== null) addByName(counts.limits, notes.limits);
    if (notes.redactions !== null) addByName(counts.redactions, Object.fromEntries(notes.redactions));
    if (notes.sampling !== null && signal !== 'metrics')
      addSamplingCounts(counts.sampling[signal], notes.sampling);
    this.#recent.add(signal, received.accepted, atMs);
    const { service, sdk } = notes;
    this.#senders.count({ agent: sender, service, sdk }, received.accepted, bytes, atMs);
  }

  refused(reason: RequestRefusal): void {
    addByName<RequestRefusal>(this.counts.refusedRequests, { [reason]: 1 });
  }

  duplicate(): void {
    this.counts.duplicateRequests++;
  }

  badPayload({ atMs, agent, reason }: BadPayload): void {
    const cut = { atMs, agent: agent.slice(0, maxAgentLength), reason: reason.slice(0, maxReasonLength) };
    this.#badPayloads = [cut, ...this.#badPayloads].slice(0, keptBadPayloads);
  }

  shown(nowMs: number): TenantCounts {
    const counts = structuredClone(this.counts);
    return {
      atMs: nowMs,
      counts,
      senders: this.#senders.top(),
      badPayloads: this.#badPayloads,
      recent: this.#recent.steps(nowMs),
    };
  }
}
