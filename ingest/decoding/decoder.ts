import type { RequestMark } from '../duplicates/request-mark.js';
import type { Receivers } from '../open-receivers.js';
import type { Received } from '../received.js';
import type { SignalName } from '../signal.js';
import type { LargeRequests } from './large-requests.js';
import { messagesIn, type RequestBody } from './request-body.js';
import type { Turns } from './turns.js';

/**
 * A body of more than this is read in a thread of its own. Below, the way to the thread and back costs more than it saves:
 * the worst body of this size takes 30 ms, one of SDKs (512 spans, 350 KB) 2 ms.
 */
export const largeBytes = 512 * 1024;

/** After so many requests somebody is really sending, and large ones may be among what comes next. */
const requestsBeforeThread = 100;

/** Turns requests into rows of the spool: small ones a few at a time, large ones where they keep nobody waiting. */
export class Decoder {
  readonly #receivers: Receivers;
  readonly #large: LargeRequests;
  readonly #turns: Turns;
  #requests = 0;

  constructor(receivers: Receivers, large: LargeRequests, turns: Turns) {
    this.#receivers = receivers;
    this.#large = large;
    this.#turns = turns;
  }

  /** Throws or rejects when the body is unreadable; then nothing of it is stored. */
  receive(
    signal: SignalName,
    tenant: string,
    body: RequestBody,
    mark: RequestMark | null,
  ): Received | Promise<Received> {
    if (body.bytes.length > largeBytes) return this.#large.receive({ signal, tenant, body, mark });
    if (++this.#requests === requestsBeforeThread) this.#large.prepare();
    return this.#turns.run(tenant, () =>
      this.#receivers[signal](tenant, messagesIn(body), body.encoding, mark),
    );
  }

  close(): Promise<void> {
    return this.#large.close();
  }
}
