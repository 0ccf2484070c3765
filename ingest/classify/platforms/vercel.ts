import { isLikelyEntry } from '../entry-span.js';
import type { Platform } from '../platform.js';

/** `@vercel/otel` sends nothing under faas.*: the server span of the framework is the run. */
export const vercel: Platform = {
  claims: (resource) => resource.text('cloud.provider') === 'vercel',
  isInvocation: isLikelyEntry,
  bareExceptionFails: false,
  refine: (invocation, resource) => {
    invocation.platform ||= 'vercel';
    invocation.version ||=
      resource.text('vercel.deployment_id') ??
      resource.text('vercel.deploymentId') ??
      resource.text('deployment.id') ??
      '';
  },
};
