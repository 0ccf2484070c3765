import { archName } from './arch.js';
import type { Invocation } from './invocation.js';
import type { AttributeReader, KnownKey } from './known-keys.js';
import { memoryBytes } from './memory-bytes.js';
import { firstText } from './read-key.js';
import type { AttributionRules } from './rules/attribution-rules.js';
import { environmentName, serviceName } from './service-name.js';

const noTags: ReadonlyMap<string, string> = new Map();

/** What a resource says about every invocation of its process; what only a span knows is as if nobody told. */
export function resourceInvocation(resource: AttributeReader, attribution: AttributionRules): Invocation {
  const first = (...keys: KnownKey[]) => firstText(resource, keys) ?? '';
  const invocation: Invocation = {
    environment: environmentName(resource),
    function: resource.text('faas.name') ?? serviceName(resource),
    outcome: 'ok',
    cold: false,
    initNs: 0,
    provider: first('cloud.provider', 'faas.invoked_provider'),
    platform: first('cloud.platform'),
    region: first('cloud.region', 'faas.invoked_region'),
    account: first('cloud.account.id'),
    team: '',
    version: first('faas.version', 'service.version'),
    alias: '',
    arch: archName(first('host.arch')),
    instance: first('faas.instance', 'service.instance.id'),
    trigger: '',
    memoryBytes: memoryBytes(resource.number('faas.max_memory')),
    memoryUsedBytes: 0,
    httpStatus: 0,
    errorType: '',
    errorMessage: '',
    invocationId: '',
    deliveryId: '',
    eventAgeMs: null,
    payloadBytes: null,
    product: '',
    feature: '',
    customer: '',
    tags: noTags,
    weight: 1,
  };
  attribution.fromResource(invocation, resource);
  return invocation;
}
