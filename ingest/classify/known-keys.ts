/** Attribute keys that classification asks for; senders use the old and the new name of many, so both are here. */
export const knownKeys = [
  'service.name',
  'service.version',
  'service.instance.id',
  'service.team',
  'team',
  'deployment.environment.name',
  'deployment.environment',
  'env',
  'faas.name',
  'faas.version',
  'faas.instance',
  'faas.max_memory',
  'faas.invocation_id',
  'faas.execution',
  'faas.trigger',
  'faas.coldstart',
  'faas.cold_start',
  'faas.id',
  'faas.invoked_provider',
  'faas.invoked_region',
  'cloud.provider',
  'cloud.platform',
  'cloud.region',
  'cloud.account.id',
  'cloud.resource_id',
  'cloud.resource.id',
  'aws.lambda.invoked_arn',
  'aws.request_id',
  'http.response.status_code',
  'http.status_code',
  'http.request.method',
  'http.method',
  'http.route',
  'url.full',
  'http.url',
  'messaging.system',
  'error.type',
  'exception.type',
  'exception.message',
  'exception.escaped',
  'cloudflare.outcome',
  'cloudflare.cold_start_ms',
  'cold_start_ms',
  'cloudflare.handler_type',
  'vercel.deploymentId',
  'vercel.deployment_id',
  'deployment.id',
  'Dimensions',
  'FunctionName',
  'type',
  'host.arch',
  'aws.region',
  'aws.log.group.names',
  'aws.log.stream.names',
  'cloudwatch.log.group.name',
  'cloudwatch.log.stream',
] as const;

export type KnownKey = (typeof knownKeys)[number];

/** Attributes of one resource, span or event. Of a repeated key the first value counts, as in a ClickHouse map. */
export interface AttributeReader {
  has(key: KnownKey): boolean;
  /** The value as text, null when absent or empty. */
  text(key: KnownKey): string | null;
  /** A number, also when it was sent as text; null when absent or not a number. */
  number(key: KnownKey): number | null;
  /** True or false, also when sent as text; null when absent or neither. */
  flag(key: KnownKey): boolean | null;
}
