import { isVersion, parseLambdaArn } from '../arn.js';
import { hasInvocationId, isCertainServerEntry, isIdentifiedEntry } from '../entry-span.js';
import type { Invocation } from '../invocation.js';
import type { AttributeReader } from '../known-keys.js';
import type { Platform } from '../platform.js';
import type { SpanFacts } from '../span-facts.js';

/** Where SDKs put the ARN: Go has a key of its own, older ones the former name. */
const arnKeys = ['cloud.resource_id', 'aws.lambda.invoked_arn', 'faas.id'] as const;

export const awsLambda: Platform = {
  claims: (resource) =>
    resource.text('cloud.platform') === 'aws_lambda' || resource.text('faas.invoked_provider') === 'aws',
  claimsSpan: (span, resource) => hasInvocationId(span) && lambdaArn(resource, span) !== null,
  isInvocation: (span) => (hasInvocationId(span) ? isIdentifiedEntry(span) : isCertainServerEntry(span)),
  bareExceptionFails: true,
  refine,
};

function refine(invocation: Invocation, resource: AttributeReader, span: SpanFacts): void {
  invocation.provider ||= 'aws';
  invocation.platform ||= 'aws_lambda';
  const arn = lambdaArn(resource, span);
  if (arn === null) return;
  // The name in the resource is the function's own; the service name is whatever somebody configured.
  if (!resource.has('faas.name') && !span.attributes.has('faas.name')) invocation.function = arn.function;
  invocation.region ||= arn.region;
  invocation.account ||= arn.account;
  if (arn.qualifier === '') return;
  if (!isVersion(arn.qualifier)) invocation.alias = arn.qualifier;
  else invocation.version ||= arn.qualifier;
}

function lambdaArn(resource: AttributeReader, span: SpanFacts) {
  for (const key of arnKeys) {
    const text = span.attributes.text(key) ?? resource.text(key);
    const arn = text === null ? null : parseLambdaArn(text);
    if (arn !== null) return arn;
  }
  return null;
}
