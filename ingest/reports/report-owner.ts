import { isVersion, parseLambdaArn } from '../classify/arn.js';
import type { AttributeReader, KnownKey } from '../classify/known-keys.js';
import { memoryBytes } from '../classify/memory-bytes.js';
import { azureSite } from '../classify/platforms/azure-functions.js';
import { environmentName } from '../classify/service-name.js';
import type { PlatformReport, Teller } from './platform-report.js';

/** Whose runs a resource reports. Unknown texts are ''. */
export type ReportOwner = {
  environment: string;
  function: string;
  provider: string;
  platform: string;
  region: string;
  account: string;
  team: string;
  version: string;
  alias: string;
  arch: string;
  instance: string;
  /** 0 where the resource does not tell; the report itself mostly does. */
  memoryBytes: number;
};

/** As classification names the platform of a span. */
const platforms: Readonly<Record<Teller, string>> = {
  aws: 'aws_lambda',
  azure: 'azure.functions',
  gcp: 'gcp_cloud_functions',
  cloudflare: 'cloudflare.workers',
};
const platformNames: Readonly<Record<string, string>> = { azure_functions: 'azure.functions' };

const logGroup = /^\/aws\/lambda\/(?:[a-z]{2}-[a-z-]+-\d\.)?([^/]+)$/;
/** A stream is named by day, version and instance: 2026/11/20/[$LATEST]8a1c… */
const logStream = /\[([^\]]+)\]/;

/** Reads the resource of the Lambda extension, of an SDK, or of a log group that a Collector reads. */
export function reportOwner(
  resource: AttributeReader,
  attributes: AttributeReader,
  { teller, functionName }: Pick<PlatformReport, 'teller' | 'functionName'>,
): ReportOwner {
  const first = (...keys: KnownKey[]): string => {
    for (const key of keys) {
      const text = attributes.text(key) ?? resource.text(key);
      if (text !== null) return text;
    }
    return '';
  };
  const arn = parseLambdaArn(first('cloud.resource_id', 'faas.id', 'aws.lambda.invoked_arn'));
  const group = logGroup.exec(first('aws.log.group.names', 'cloudwatch.log.group.name'))?.[1];
  const stream = first('aws.log.stream.names', 'cloudwatch.log.stream');
  const qualifier = arn?.qualifier ?? '';
  return {
    environment: environmentName(resource),
    function:
      functionName ||
      first('faas.name', 'gcp.label.function_name') ||
      (arn?.function ?? group ?? first('service.name')),
    provider: first('cloud.provider', 'faas.invoked_provider') || teller,
    platform: platformNames[first('cloud.platform')] ?? (first('cloud.platform') || platforms[teller]),
    region:
      first('cloud.region', 'faas.invoked_region', 'aws.region', 'gcp.label.region') || (arn?.region ?? ''),
    account: first('cloud.account.id', 'gcp.project') || (arn?.account ?? azureSite(resource).subscription),
    team: first('team', 'service.team'),
    version:
      first('faas.version') || (isVersion(qualifier) ? qualifier : '') || (logStream.exec(stream)?.[1] ?? ''),
    alias: isVersion(qualifier) ? '' : qualifier || azureSite(resource).slot,
    arch: first('host.arch'),
    instance: first('faas.instance', 'service.instance.id') || stream,
    memoryBytes: memoryBytes(resource.number('faas.max_memory')),
  };
}
