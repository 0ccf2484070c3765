import type { AttributeReader, KnownKey } from './known-keys.js';
import { firstText } from './read-key.js';

const environmentKeys = [
  'deployment.environment.name',
  'deployment.environment',
  'env',
] as const satisfies readonly KnownKey[];

/** The service a span is filed under; SDKs without any setting say `unknown_service:node` themselves. */
export function serviceName(resource: AttributeReader): string {
  return resource.text('service.name') ?? resource.text('faas.name') ?? 'unknown_service';
}

export function environmentName(attributes: AttributeReader): string {
  return firstText(attributes, environmentKeys) ?? '';
}
