import { hasInvocationId, isIdentifiedEntry, isLikelyEntry } from '../entry-span.js';
import type { Platform } from '../platform.js';

/** With underscores until now; other clouds' names have got a dot already. */
const platforms: readonly (string | null)[] = [
  'gcp_cloud_functions',
  'gcp_cloud_run',
  'gcp.cloud_functions',
  'gcp.cloud_run',
];

/** Google sends no spans of its own for functions: the server span of the framework inside is the run. */
export const googleCloud: Platform = {
  claims: (resource) => platforms.includes(resource.text('cloud.platform')),
  claimsSpan: null,
  isInvocation: (span) => (hasInvocationId(span) ? isIdentifiedEntry(span) : isLikelyEntry(span)),
  bareExceptionFails: false,
  refine: (invocation) => {
    invocation.provider ||= 'gcp';
  },
};
