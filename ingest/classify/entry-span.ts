import { type SpanFacts, spanKinds } from './span-facts.js';

/** True for a span with an invocation id under its present or its former name. */
export function hasInvocationId(span: SpanFacts): boolean {
  return span.attributes.has('faas.invocation_id') || span.attributes.has('faas.execution');
}

/**
 * The span with an invocation id that stands for the run: at the root or under a remote parent, or one that is marked
 * as the entry (kind server, or it has a trigger) and is not below another span with an id.
 */
export function isIdentifiedEntry(span: SpanFacts): boolean {
  const parentage = span.parentage();
  if (parentage === 'root' || parentage === 'remote') return true;
  if (span.kind !== spanKinds.server && !span.attributes.has('faas.trigger')) return false;
  return !span.isInsideInvocation();
}

/** A server span that is certainly the first of its process; "unsure" could be a server inside the function. */
export function isCertainServerEntry(span: SpanFacts): boolean {
  if (span.kind !== spanKinds.server) return false;
  const parentage = span.parentage();
  return parentage === 'root' || parentage === 'remote';
}

/** A server or consumer span that no span of its own process is known to have started. */
export function isLikelyEntry(span: SpanFacts): boolean {
  if (span.kind !== spanKinds.server && span.kind !== spanKinds.consumer) return false;
  return span.parentage() !== 'local';
}
