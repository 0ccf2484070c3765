import { hasInvocationId } from './entry-span.js';
import type { AttributeReader } from './known-keys.js';
import { type SpanFacts, spanKinds, spanStatuses } from './span-facts.js';

export type Init = { readonly key: string; readonly endMs: number; readonly durationNs: number };

/** Inits wait for their first run at most so long: the longest init Lambda allows before it starts over. */
const longestWaitMs = 10_000;
/** The clock of the extension's events and that of the runtime differ by this much at most. */
const clockStepMs = 1000;
/** Inits whose first run never came are forgotten, oldest first. */
const mostWaiting = 1000;

/**
 * The span in which the Lambda extension tells of an init: no run, and nothing on it names one. Older versions name it
 * after the platform's event.
 */
export function isInitSpan(span: SpanFacts, resource: AttributeReader): boolean {
  if (span.kind !== spanKinds.internal || !span.attributes.has('faas.coldstart')) return false;
  if (hasInvocationId(span) || span.attributes.has('faas.trigger')) return false;
  return resource.text('faas.invoked_provider') === 'aws' || /^(init |platform\.init)/.test(span.name());
}

/**
 * Remembers init spans until the cold run they belong to: the extension sends them in a request of their own, before it.
 * Only runs that say they were cold take one; which of two instances that started at once gets which cannot be known.
 */
export class InitSpans {
  #waiting: Init[] = [];

  note(key: string, span: SpanFacts): void {
    // After a failed init Lambda makes another, which is the one that counts.
    if (span.status === spanStatuses.error) return;
    const durationNs = span.durationNs();
    this.#waiting.push({ key, durationNs, endMs: span.startMs() + durationNs / 1e6 });
    if (this.#waiting.length > mostWaiting) this.#waiting.shift();
  }

  /** The length of the init right before a cold run; 0 when none came. */
  take(key: string, startMs: number): number {
    if (this.#waiting.length === 0) return 0;
    const isRight = (init: Init) =>
      init.key === key && init.endMs > startMs - longestWaitMs && init.endMs < startMs + clockStepMs;
    const found = this.#waiting.findLast(isRight);
    if (found === undefined) return 0;
    this.#waiting = this.#waiting.filter((init) => init !== found);
    return found.durationNs;
  }

  /** Those that wait, for another thread. */
  state(): readonly Init[] {
    return this.#waiting;
  }

  /** Makes the same changes to what waits here that another thread made: it was given `before` and has `after` left. */
  learn(before: readonly Init[], after: readonly Init[]): void {
    const given = new Set(before.map(nameOf));
    const left = new Set(after.map(nameOf));
    const kept = this.#waiting.filter((init) => left.has(nameOf(init)) || !given.has(nameOf(init)));
    const noted = after.filter((init) => !given.has(nameOf(init)));
    this.#waiting = [...kept, ...noted].slice(-mostWaiting);
  }
}

function nameOf({ key, endMs, durationNs }: Init): string {
  return `${key}\n${endMs}\n${durationNs}`;
}
