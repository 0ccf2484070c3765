import type { RequestRefusal } from './http/otlp-refusal.js';
import type { Received } from './received.js';
import type { SignalName } from './signal.js';

export type BadPayload = { at: Date; tenant: string; sender: string; reason: string };
/** `items` are spans, data points and log records. */
export type Sender = { tenant: string; sender: string; requests: number; items: number; bytes: number };

/** Items are spans, data points or log records. */
export type SignalCounts = {
  acceptedRequests: number;
  acceptedItems: number;
  refusedItems: Readonly<Record<string, number>>;
};

export type IngestCounts = {
  requests: number;
  acceptedRequests: number;
  /** Bytes of accepted requests as they came over the wire; with gRPC, after inflating. */
  acceptedBytes: number;
  acceptedInvocations: number;
  /** JSON fields left out because their value had the wrong type. */
  ignoredFields: number;
  /** Spans stored as invocations only, because they were past the retention of spans. */
  invocationsOnly: number;
  /** Requests acknowledged a second time and not stored again. */
  duplicateRequests: number;
  signals: Readonly<Record<SignalName, SignalCounts>>;
  refusedRequests: Readonly<Partial<Record<RequestRefusal, number>>>;
  lastBadPayload: BadPayload | null;
  /** Who sends most items, most first; rare senders may be missing. */
  topSenders: readonly Sender[];
};

export type Accepted = {
  signal: SignalName;
  tenant: string;
  sender: string;
  bytes: number;
  received: Omit<Received, 'durable'>;
};

const keptSenders = 100;
const shownSenders = 20;
const maxSenderLength = 120;

type SignalTotals = { acceptedRequests: number; acceptedItems: number; refusedItems: Record<string, number> };

/** Everything that was taken and everything that was not, with the reason. */
export class IngestCounters {
  #requests = 0;
  #acceptedRequests = 0;
  #acceptedBytes = 0;
  #acceptedInvocations = 0;
  #ignoredFields = 0;
  #invocationsOnly = 0;
  #duplicateRequests = 0;
  readonly #signals: Record<SignalName, SignalTotals> = {
    traces: noTotals(),
    metrics: noTotals(),
    logs: noTotals(),
  };
  readonly #refusedRequests: Partial<Record<RequestRefusal, number>> = {};
  #lastBadPayload: BadPayload | null = null;
  readonly #senders = new Map<string, Sender>();

  arrived(): void {
    this.#requests++;
  }

  accepted({ signal, tenant, sender, bytes, received }: Accepted): void {
    this.#acceptedRequests++;
    this.#acceptedBytes += bytes;
    this.#acceptedInvocations += received.invocations;
    this.#ignoredFields += received.ignoredFields;
    this.#invocationsOnly += received.invocationsOnly ?? 0;
    const totals = this.#signals[signal];
    totals.acceptedRequests++;
    totals.acceptedItems += received.accepted;
    for (const [reason, count] of received.refused) {
      totals.refusedItems[reason] = (totals.refusedItems[reason] ?? 0) + count;
    }
    const entry = this.#sender(tenant, sender);
    entry.requests++;
    entry.items += received.accepted;
    entry.bytes += bytes;
  }

  refused(reason: RequestRefusal): void {
    this.#refusedRequests[reason] = (this.#refusedRequests[reason] ?? 0) + 1;
  }

  duplicate(): void {
    this.#duplicateRequests++;
  }

  badPayload(payload: BadPayload): void {
    this.#lastBadPayload = { ...payload, sender: payload.sender.slice(0, maxSenderLength) };
  }

  snapshot(): IngestCounts {
    const { traces, metrics, logs } = this.#signals;
    return {
      requests: this.#requests,
      acceptedRequests: this.#acceptedRequests,
      acceptedBytes: this.#acceptedBytes,
      acceptedInvocations: this.#acceptedInvocations,
      ignoredFields: this.#ignoredFields,
      invocationsOnly: this.#invocationsOnly,
      duplicateRequests: this.#duplicateRequests,
      signals: { traces: copy(traces), metrics: copy(metrics), logs: copy(logs) },
      refusedRequests: { ...this.#refusedRequests },
      lastBadPayload: this.#lastBadPayload,
      topSenders: [...this.#senders.values()]
        .sort((a, b) => b.items - a.items)
        .slice(0, shownSenders)
        .map((sender) => ({ ...sender })),
    };
  }

  /** When the table is full the smallest makes room, so that made-up names cannot fill memory. */
  #sender(tenant: string, name: string): Sender {
    const sender = name.slice(0, maxSenderLength);
    const key = `${tenant}\n${sender}`;
    const known = this.#senders.get(key);
    if (known !== undefined) return known;
    if (this.#senders.size >= keptSenders) {
      const [smallest] = [...this.#senders].sort(([, a], [, b]) => a.items - b.items);
      if (smallest !== undefined) this.#senders.delete(smallest[0]);
    }
    const entry = { tenant, sender, requests: 0, items: 0, bytes: 0 };
    this.#senders.set(key, entry);
    return entry;
  }
}

function noTotals(): SignalTotals {
  return { acceptedRequests: 0, acceptedItems: 0, refusedItems: {} };
}

function copy(totals: SignalTotals): SignalCounts {
  return { ...totals, refusedItems: { ...totals.refusedItems } };
}
