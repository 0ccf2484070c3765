import { hasInvocationId, isIdentifiedEntry, isLikelyEntry } from '../entry-span.js';
import type { Platform } from '../platform.js';

/** Whoever follows the FaaS convention: an invocation id on the span, or a function name in the resource. */
export const genericFaas: Platform = {
  claims: (resource) => resource.has('faas.name'),
  claimsSpan: (span) => span.attributes.has('faas.name') || hasInvocationId(span),
  isInvocation: (span) => (hasInvocationId(span) ? isIdentifiedEntry(span) : isLikelyEntry(span)),
  bareExceptionFails: false,
  refine: null,
};
