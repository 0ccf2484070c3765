import type { Invocation } from './invocation.js';
import type { AttributeReader } from './known-keys.js';
import type { SpanFacts } from './span-facts.js';

/** Everything that differs between two function platforms, as one table row. */
export type Platform = {
  /** Whether the resource alone says that all its spans are of this platform. */
  claims(resource: AttributeReader): boolean;
  /** Whether one span does, when its resource says nothing; null where spans never do. */
  claimsSpan: ((span: SpanFacts, resource: AttributeReader) => boolean) | null;
  isInvocation(span: SpanFacts): boolean;
  /** An `exception` event on an invocation whose status is unset means that it failed. */
  bareExceptionFails: boolean;
  /** What the platform tells in its own way; null leaves the general reading as it is. */
  refine: ((invocation: Invocation, resource: AttributeReader, span: SpanFacts) => void) | null;
};
