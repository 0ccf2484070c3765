import type { Platform } from '../platform.js';
import { type SpanFacts, spanKinds } from '../span-facts.js';

/**
 * A service that says nothing about functions: each unit of work that begins in it counts as a run of a function named
 * like the service. That is a server or consumer span not started by the process itself, or any other root except
 * outgoing calls: a script whose only spans are made by hand has internal roots.
 */
export const plainService: Platform = {
  claims: () => true,
  claimsSpan: null,
  isInvocation,
  bareExceptionFails: false,
  refine: null,
};

function isInvocation(span: SpanFacts): boolean {
  if (span.kind === spanKinds.client || span.kind === spanKinds.producer) return false;
  const parentage = span.parentage();
  if (parentage === 'root' || parentage === 'remote') return true;
  const isEntryKind = span.kind === spanKinds.server || span.kind === spanKinds.consumer;
  return parentage === 'unsure' && isEntryKind;
}
