import type { RequestRefusal } from './http/otlp-refusal.js';
import type { SpanRefusal } from './otlp/span-refusal.js';
import type { TraceTally } from './rows/trace-rows.js';

export type BadPayload = { at: Date; tenant: string; sender: string; reason: string };
export type Sender = { tenant: string; sender: string; requests: number; spans: number; bytes: number };

export type IngestCounts = {
  requests: number;
  acceptedRequests: number;
  /** Bytes of accepted requests as they came over the wire. */
  acceptedBytes: number;
  acceptedSpans: number;
  acceptedInvocations: number;
  /** JSON fields left out because their value had the wrong type. */
  ignoredFields: number;
  refusedSpans: Readonly<Partial<Record<SpanRefusal, number>>>;
  refusedRequests: Readonly<Partial<Record<RequestRefusal, number>>>;
  lastBadPayload: BadPayload | null;
  /** Who sends most spans, most first; rare senders may be missing. */
  topSenders: readonly Sender[];
};

export type Accepted = {
  tenant: string;
  sender: string;
  bytes: number;
  tally: TraceTally;
  ignoredFields: number;
};

const keptSenders = 100;
const shownSenders = 20;
const maxSenderLength = 120;

/** Everything that was taken and everything that was not, with the reason. */
export class IngestCounters {
  #requests = 0;
  #acceptedRequests = 0;
  #acceptedBytes = 0;
  #acceptedSpans = 0;
  #acceptedInvocations = 0;
  #ignoredFields = 0;
  readonly #refusedSpans: Partial<Record<SpanRefusal, number>> = {};
  readonly #refusedRequests: Partial<Record<RequestRefusal, number>> = {};
  #lastBadPayload: BadPayload | null = null;
  readonly #senders = new Map<string, Sender>();

  arrived(): void {
    this.#requests++;
  }

  accepted({ tenant, sender, bytes, tally, ignoredFields }: Accepted): void {
    this.#acceptedRequests++;
    this.#acceptedBytes += bytes;
    this.#acceptedSpans += tally.spans;
    this.#acceptedInvocations += tally.invocations;
    this.#ignoredFields += ignoredFields;
    for (const [reason, count] of tally.refused) {
      this.#refusedSpans[reason] = (this.#refusedSpans[reason] ?? 0) + count;
    }
    const entry = this.#sender(tenant, sender);
    entry.requests++;
    entry.spans += tally.spans;
    entry.bytes += bytes;
  }

  refused(reason: RequestRefusal): void {
    this.#refusedRequests[reason] = (this.#refusedRequests[reason] ?? 0) + 1;
  }

  badPayload(payload: BadPayload): void {
    this.#lastBadPayload = { ...payload, sender: payload.sender.slice(0, maxSenderLength) };
  }

  snapshot(): IngestCounts {
    return {
      requests: this.#requests,
      acceptedRequests: this.#acceptedRequests,
      acceptedBytes: this.#acceptedBytes,
      acceptedSpans: this.#acceptedSpans,
      acceptedInvocations: this.#acceptedInvocations,
      ignoredFields: this.#ignoredFields,
      refusedSpans: { ...this.#refusedSpans },
      refusedRequests: { ...this.#refusedRequests },
      lastBadPayload: this.#lastBadPayload,
      topSenders: [...this.#senders.values()]
        .sort((a, b) => b.spans - a.spans)
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
      const [smallest] = [...this.#senders].sort(([, a], [, b]) => a.spans - b.spans);
      if (smallest !== undefined) this.#senders.delete(smallest[0]);
    }
    const entry = { tenant, sender, requests: 0, spans: 0, bytes: 0 };
    this.#senders.set(key, entry);
    return entry;
  }
}
