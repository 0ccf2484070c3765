import { httpStatus } from './http-status.js';
import { type SpanFacts, spanKinds } from './span-facts.js';

/**
 * The status that a server inside a function answered. Lambda's own span does not tell what the handler returned, but the
 * web framework below it does. A span ends before the one around it, so it comes first in the same batch.
 */
export class InnerStatus {
  #parentKey = '';
  #status = 0;

  clear(): void {
    this.#status = 0;
  }

  /** Takes note of a span that is no run itself. */
  note(span: SpanFacts): void {
    if (span.kind !== spanKinds.server || !span.hasParent) return;
    const status = httpStatus(span.attributes);
    if (status === 0) return;
    this.#status = status;
    this.#parentKey = span.parentKey();
  }

  /** What the server right below a run answered; 0 when there was none. */
  below(span: SpanFacts): number {
    return this.#status !== 0 && this.#parentKey === span.ownKey() ? this.#status : 0;
  }
}
