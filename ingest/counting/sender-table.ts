/** Who a request comes from. */
export type SenderName = {
  /** User agent, or the ARN of a Firehose stream. */
  readonly agent: string;
  /** Of the first resource in its request. */
  readonly service: string;
  readonly sdk: string;
};

/** `items` are spans, data points and log records. */
export type Sender = SenderName & { requests: number; items: number; bytes: number; lastSeenMs: number };

const keptSenders = 100;
const shownSenders = 20;
const maxTextLength = 120;

/** Who sends most, in bounded memory: when it is full the smallest makes room, so that made-up names cannot fill it. */
export class SenderTable {
  readonly #senders = new Map<string, Sender>();

  count(name: SenderName, items: number, bytes: number, nowMs: number): void {
    const entry = this.#entry(name);
    entry.requests++;
    entry.items += items;
    entry.bytes += bytes;
    entry.lastSeenMs = nowMs;
  }

  /** Most items first; rare senders may be missing. */
  top(): Sender[] {
    return [...this.#senders.values()]
      .sort((a, b) => b.items - a.items)
      .slice(0, shownSenders)
      .map((sender) => ({ ...sender }));
  }

  #entry(name: SenderName): Sender {
    const agent = name.agent.slice(0, maxTextLength);
    const service = name.service.slice(0, maxTextLength);
    const sdk = name.sdk.slice(0, maxTextLength);
    const key = `${agent}\n${service}\n${sdk}`;
    const known = this.#senders.get(key);
    if (known !== undefined) return known;
    if (this.#senders.size >= keptSenders) this.#forgetSmallest();
    const entry = { agent, service, sdk, requests: 0, items: 0, bytes: 0, lastSeenMs: 0 };
    this.#senders.set(key, entry);
    return entry;
  }

  #forgetSmallest(): void {
    let smallest: string | null = null;
    let fewest = Number.POSITIVE_INFINITY;
    for (const [key, { items }] of this.#senders) {
      if (items >= fewest) continue;
      smallest = key;
      fewest = items;
    }
    if (smallest !== null) this.#senders.delete(smallest);
  }
}
