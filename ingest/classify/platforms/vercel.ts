import { isLikelyEntry } from '../entry-span.js';
import type { KnownKey } from '../known-keys.js';
import type { Platform } from '../platform.js';
import { firstText } from '../read-key.js';

/** `@vercel/otel` writes the deployment with an underscore, trace drains in camel case. */
const deploymentKeys = [
  'vercel.deployment_id',
  'vercel.deploymentId',
  'deployment.id',
] as const satisfies readonly KnownKey[];

/** Neither `@vercel/otel` nor a trace drain sends anything under faas.*: the server span of the framework is the run. */
export const vercel: Platform = {
  claims: (resource) =>
    resource.text('cloud.provider') === 'vercel' ||
    resource.has('vercel.projectId') ||
    resource.has('vercel.deploymentId'),
  claimsSpan: null,
  isInvocation: isLikelyEntry,
  bareExceptionFails: false,
  refine: (invocation, resource) => {
    invocation.provider ||= 'vercel';
    invocation.platform ||= 'vercel';
    invocation.version ||= firstText(resource, deploymentKeys) ?? '';
  },
};
