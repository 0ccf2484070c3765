import type { Invocation } from '../invocation.js';
import type { AttributeReader } from '../known-keys.js';
import type { Platform } from '../platform.js';
import type { SpanFacts } from '../span-facts.js';

/** Workers put the invocation id on every span, so only the root is the run. */
export const cloudflareWorkers: Platform = {
  claims: isCloudflare,
  claimsSpan: (span) => isCloudflare(span.attributes),
  isInvocation: (span) => {
    const parentage = span.parentage();
    return parentage === 'root' || parentage === 'remote';
  },
  bareExceptionFails: true,
  refine,
};

function isCloudflare(attributes: AttributeReader): boolean {
  return (
    attributes.text('cloud.platform') === 'cloudflare.workers' ||
    attributes.text('cloud.provider') === 'cloudflare'
  );
}

function refine(invocation: Invocation, _resource: AttributeReader, { attributes }: SpanFacts): void {
  invocation.provider ||= 'cloudflare';
  invocation.platform ||= 'cloudflare.workers';
  const coldStartMs = attributes.number('cloudflare.cold_start_ms') ?? attributes.number('cold_start_ms');
  if (coldStartMs === null || coldStartMs <= 0) return;
  invocation.cold = true;
  invocation.initNs = Math.round(coldStartMs * 1e6);
}
