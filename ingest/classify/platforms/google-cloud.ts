import { hasInvocationId, isIdentifiedEntry, isLikelyEntry } from '../entry-span.js';
import type { Platform } from '../platform.js';

/** Google sends no spans of its own for functions: the server span of the framework inside is the run. */
export const googleCloud: Platform = {
  claims: (resource) => {
    const platform = resource.text('cloud.platform');
    return platform === 'gcp_cloud_functions' || platform === 'gcp_cloud_run';
  },
  isInvocation: (span) => (hasInvocationId(span) ? isIdentifiedEntry(span) : isLikelyEntry(span)),
  bareExceptionFails: false,
  refine: (invocation) => {
    invocation.provider ||= 'gcp';
  },
};
