import { hasInvocationId } from './entry-span.js';
import type { Invocation } from './invocation.js';
import type { AttributeReader, KnownKey } from './known-keys.js';
import { memoryBytes } from './memory-bytes.js';
import { judge } from './outcome.js';
import type { Platform } from './platform.js';
import { awsLambda } from './platforms/aws-lambda.js';
import { azureFunctions } from './platforms/azure-functions.js';
import { cloudflareWorkers } from './platforms/cloudflare-workers.js';
import { genericFaas } from './platforms/generic-faas.js';
import { googleCloud } from './platforms/google-cloud.js';
import { plainService } from './platforms/plain-service.js';
import { vercel } from './platforms/vercel.js';
import { type SpanFacts, spanKinds } from './span-facts.js';
import { trigger } from './trigger.js';

/** Asked in this order; the last one takes everything. */
const platforms: readonly Platform[] = [
  awsLambda,
  cloudflareWorkers,
  azureFunctions,
  googleCloud,
  vercel,
  genericFaas,
  plainService,
];

/** The service a span is filed under; SDKs without any setting say `unknown_service:node` themselves. */
export function serviceName(resource: AttributeReader): string {
  return resource.text('service.name') ?? resource.text('faas.name') ?? 'unknown_service';
}

const noTags: ReadonlyMap<string, string> = new Map();

const environmentKeys = ['deployment.environment.name', 'deployment.environment', 'env'] as const;

export function environmentName(resource: AttributeReader): string {
  return firstText(resource, environmentKeys) ?? '';
}

/** Says what invocation a span is, or null for the many spans that are only a part of one. */
export function classifySpan(resource: AttributeReader, span: SpanFacts): Invocation | null {
  if (isOutgoing(span) || isInnerPart(span)) return null;
  const platform = platforms.find(({ claims }) => claims(resource, span)) ?? plainService;
  if (!platform.isInvocation(span)) return null;
  const { attributes } = span;
  const either = (...keys: KnownKey[]): string =>
    firstText(resource, keys) ?? firstText(attributes, keys) ?? '';
  const httpStatus = clampStatus(
    attributes.number('http.response.status_code') ?? attributes.number('http.status_code') ?? 0,
  );
  const invocation: Invocation = {
    environment: either(...environmentKeys),
    function: attributes.text('faas.name') ?? resource.text('faas.name') ?? serviceName(resource),
    ...judge(span, httpStatus, platform.bareExceptionFails),
    cold: attributes.flag('faas.coldstart') ?? attributes.flag('faas.cold_start') ?? false,
    initNs: 0,
    provider: either('cloud.provider', 'faas.invoked_provider'),
    platform: either('cloud.platform'),
    region: either('cloud.region', 'faas.invoked_region'),
    account: either('cloud.account.id'),
    team: either('team', 'service.team'),
    version: either('faas.version', 'service.version'),
    alias: '',
    arch: '',
    instance: either('faas.instance', 'service.instance.id'),
    trigger: trigger(span),
    memoryBytes: memoryBytes(resource) || memoryBytes(attributes),
    memoryUsedBytes: 0,
    httpStatus,
    invocationId: firstText(attributes, ['faas.invocation_id', 'faas.execution', 'aws.request_id']) ?? '',
    deliveryId: '',
    eventAgeMs: null,
    payloadBytes: null,
    product: '',
    feature: '',
    customer: '',
    tags: noTags,
    weight: 1,
  };
  platform.refine?.(invocation, resource, span);
  return invocation;
}

/** Calls that leave a function are never the run itself, on no platform. */
function isOutgoing(span: SpanFacts): boolean {
  return span.kind === spanKinds.client || span.kind === spanKinds.producer;
}

/** Decides most spans without looking at platforms or attributes: a step inside a process. */
function isInnerPart(span: SpanFacts): boolean {
  if (span.kind !== spanKinds.internal && span.kind !== spanKinds.unspecified) return false;
  return span.hasParent && !span.saysRemoteParent && !hasInvocationId(span);
}

function firstText(attributes: AttributeReader, keys: readonly KnownKey[]): string | null {
  for (const key of keys) {
    const text = attributes.text(key);
    if (text !== null) return text;
  }
  return null;
}

function clampStatus(status: number): number {
  return Number.isInteger(status) && status >= 100 && status <= 999 ? status : 0;
}
