import { hasInvocationId, isIdentifiedEntry, isLikelyEntry } from '../entry-span.js';
import type { Platform } from '../platform.js';

/** The host repeats some keys with different values under load (azure-functions-host#11929): the first one counts. */
export const azureFunctions: Platform = {
  claims: (resource) => {
    const platform = resource.text('cloud.platform');
    return platform === 'azure.functions' || platform === 'azure_functions';
  },
  isInvocation: (span) => (hasInvocationId(span) ? isIdentifiedEntry(span) : isLikelyEntry(span)),
  bareExceptionFails: false,
  refine: (invocation) => {
    invocation.provider ||= 'azure';
    invocation.platform = 'azure.functions';
  },
};
