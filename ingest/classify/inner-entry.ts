import { deliveryId, payloadBytes } from './delivery.js';
import { httpStatus } from './http-status.js';
import type { Invocation } from './invocation.js';
import type { ReadKey } from './read-key.js';
import { type SpanFacts, spanKinds } from './span-facts.js';

/**
 * What a server or consumer span right below a run tells. Lambda's own span does not say what the handler answered or which
 * message it handled, but a web framework or messaging library inside does. A span ends before the one around it, so it
 * comes first in the same batch.
 */
export class InnerEntry {
  #parentKey = '';
  #httpStatus = 0;
  #messages = 0;
  #deliveryId = '';
  #payloadBytes: number | null = null;

  clear(): void {
    this.#parentKey = '';
  }

  /** Takes note of a span that is no run itself. */
  note(span: SpanFacts, deliveryKeys: readonly ReadKey[]): void {
    const isServer = span.kind === spanKinds.server;
    if ((!isServer && span.kind !== spanKinds.consumer) || !span.hasParent) return;
    this.#begin(span.parentKey());
    if (isServer) this.#httpStatus ||= httpStatus(span.attributes);
    else {
      this.#messages++;
      this.#deliveryId = deliveryId(span.attributes, deliveryKeys);
      this.#payloadBytes = payloadBytes(span.attributes);
    }
  }

  /** Fills what the run did not tell itself. Of several messages none stands for the run. */
  fill(invocation: Invocation, span: SpanFacts): void {
    if (this.#parentKey === '' || this.#parentKey !== span.ownKey()) return;
    invocation.httpStatus ||= this.#httpStatus;
    if (this.#messages === 0) return;
    invocation.trigger ||= 'pubsub';
    if (this.#messages > 1) return;
    invocation.deliveryId ||= this.#deliveryId;
    invocation.payloadBytes ??= this.#payloadBytes;
  }

  #begin(parentKey: string): void {
    if (parentKey === this.#parentKey) return;
    this.#parentKey = parentKey;
    this.#httpStatus = 0;
    this.#messages = 0;
    this.#deliveryId = '';
    this.#payloadBytes = null;
  }
}
