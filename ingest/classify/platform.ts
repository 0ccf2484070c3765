import type { Invocation } from './invocation.js';
import type { AttributeReader } from './known-keys.js';
import type { SpanFacts } from './span-facts.js';

/** Everything that differs between two function platforms, as one table row. */
export type Platform = {
  /** Whether a resource, together with one of its spans, is of this platform. */
  claims(resource: AttributeReader, span: SpanFacts): boolean;
  isInvocation(span: SpanFacts): boolean;
  /** An `exception` event on an invocation whose status is unset means that it failed. */
  bareExceptionFails: boolean;
  /** What the platform tells in its own way; null leaves the general reading as it is. */
  refine: ((invocation: Invocation, resource: AttributeReader, span: SpanFacts) => void) | null;
};
