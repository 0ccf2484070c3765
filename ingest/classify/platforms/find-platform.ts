import type { AttributeReader } from '../known-keys.js';
import type { Platform } from '../platform.js';
import type { SpanFacts } from '../span-facts.js';
import { awsLambda } from './aws-lambda.js';
import { azureFunctions } from './azure-functions.js';
import { cloudflareWorkers } from './cloudflare-workers.js';
import { genericFaas } from './generic-faas.js';
import { googleCloud } from './google-cloud.js';
import { knative } from './knative.js';
import { openFaas } from './openfaas.js';
import { plainService } from './plain-service.js';
import { vercel } from './vercel.js';

/** Asked in this order. */
const named: readonly Platform[] = [
  awsLambda,
  cloudflareWorkers,
  azureFunctions,
  googleCloud,
  vercel,
  knative,
  openFaas,
];
/** Asked about a span whose resource names no platform: Lambda's layers for Python and Java often leave it out. */
const bySpan: readonly Platform[] = [awsLambda, cloudflareWorkers, azureFunctions];

/** The platform that a resource names; null when its spans have to be asked. */
export function platformOf(resource: AttributeReader): Platform | null {
  return named.find((platform) => platform.claims(resource)) ?? null;
}

/** The platform of one span whose resource names none. */
export function platformOfSpan(span: SpanFacts, resource: AttributeReader): Platform {
  const claimed = bySpan.find(({ claimsSpan }) => claimsSpan?.(span, resource));
  if (claimed !== undefined) return claimed;
  const isFaas = genericFaas.claims(resource) || genericFaas.claimsSpan?.(span, resource);
  return isFaas ? genericFaas : plainService;
}
