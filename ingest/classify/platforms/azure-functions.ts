import { hasInvocationId, isIdentifiedEntry, isLikelyEntry } from '../entry-span.js';
import type { Invocation } from '../invocation.js';
import type { AttributeReader } from '../known-keys.js';
import type { Platform } from '../platform.js';
import type { SpanFacts } from '../span-facts.js';

/** The subscription and, for a deployment slot other than production, its name. */
const resourceIdPattern = /^\/subscriptions\/([^/]+)\/.*\/sites\/[^/]+(?:\/slots\/([^/]+))?/i;

/** The host repeats some keys with different values under load (azure-functions-host#11929): the first one counts. */
export const azureFunctions: Platform = {
  claims: isAzure,
  claimsSpan: (span) => isAzure(span.attributes),
  isInvocation: (span) => (hasInvocationId(span) ? isIdentifiedEntry(span) : isLikelyEntry(span)),
  bareExceptionFails: false,
  refine,
};

function isAzure(attributes: AttributeReader): boolean {
  const platform = attributes.text('cloud.platform');
  return platform === 'azure.functions' || platform === 'azure_functions';
}

function refine(invocation: Invocation, resource: AttributeReader, span: SpanFacts): void {
  invocation.provider ||= 'azure';
  invocation.platform = 'azure.functions';
  if (span.attributes.flag('azure.functions.coldstart.impacted') === true) invocation.cold = true;
  const { subscription, slot } = azureSite(resource);
  invocation.account ||= subscription;
  invocation.alias ||= slot;
}

/** Whose app it is, and in which slot; '' where the resource does not say. */
export function azureSite(resource: AttributeReader): { subscription: string; slot: string } {
  // Missing on the Flex plan; older hosts spell it with a second dot.
  const id = resource.text('cloud.resource_id') ?? resource.text('cloud.resource.id');
  const [, subscription = '', slot = ''] = (id === null ? null : resourceIdPattern.exec(id)) ?? [];
  return { subscription, slot };
}
