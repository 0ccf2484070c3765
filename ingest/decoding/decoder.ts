import type { RequestMark } from '../duplicates/request-mark.js';
import type { Receivers } from '../open-receivers.js';
import type { Received } from '../received.js';
import type { SignalName } from '../signal.js';
import type { LargeRequests } from './large-requests.js';
import { messagesIn, type RequestBody } from './request-body.js';

/**
 * A body of more than this is read in a thread of its own. Below, the way to the thread and back costs more than it saves:
 * the worst body of this size takes 30 ms, one of SDKs (512 spans, 350 KB) 2 ms.
 */
export const largeBytes = 512 * 1024;

/** After so many requests somebody is really sending, and large ones may be among what comes next. */
const requestsBeforeThread = 100;

/** Turns requests into rows of the spool: small ones on the spot, large ones where they keep nobody waiting. */
export class Decoder {
  readonly #receivers: Receivers;
  readonly #large: LargeRequests;
  #requests = 0;

  constructor(receivers: Receivers, large: LargeRequests) {
    this.#receivers = receivers;
    this.#large = large;
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
    return this.#receivers[signal](tenant, messagesIn(body), body.encoding, mark);
  }

  close(): Promise<void> {
    return this.#large.close();
  }
}
