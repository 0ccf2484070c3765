import { parseLambdaArn } from './arn.js';
import type { AttributeReader } from './known-keys.js';
import { serviceName } from './service-name.js';

/** The function that a resource names, as classification files its runs: for what belongs to a run but is none itself. */
export function functionName(resource: AttributeReader): string {
  const name = resource.text('faas.name');
  if (name !== null) return name;
  const arn = parseLambdaArn(resource.text('cloud.resource_id') ?? resource.text('faas.id') ?? '');
  return arn?.function ?? serviceName(resource);
}
