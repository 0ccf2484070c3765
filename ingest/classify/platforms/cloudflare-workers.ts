import type { Platform } from '../platform.js';

/** Workers put the invocation id on every span, so only the root is the run. */
export const cloudflareWorkers: Platform = {
  claims: (resource) =>
    resource.text('cloud.platform') === 'cloudflare.workers' ||
    resource.text('cloud.provider') === 'cloudflare',
  isInvocation: (span) => {
    const parentage = span.parentage();
    return parentage === 'root' || parentage === 'remote';
  },
  bareExceptionFails: true,
  refine: (invocation, _resource, span) => {
    invocation.provider ||= 'cloudflare';
    invocation.platform ||= 'cloudflare.workers';
    const coldStartMs =
      span.attributes.number('cloudflare.cold_start_ms') ?? span.attributes.number('cold_start_ms');
    if (coldStartMs === null || coldStartMs <= 0) return;
    invocation.cold = true;
    invocation.initNs = Math.round(coldStartMs * 1e6);
  },
};
