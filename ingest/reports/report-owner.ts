import { isVersion, parseLambdaArn } from '../classify/arn.js';
import type { AttributeReader, KnownKey } from '../classify/known-keys.js';
import { memoryBytes } from '../classify/memory-bytes.js';
import { environmentName } from '../classify/service-name.js';

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

const logGroup = /^\/aws\/lambda\/(?:[a-z]{2}-[a-z-]+-\d\.)?([^/]+)$/;
/** A stream is named by day, version and instance: 2026/11/20/[$LATEST]8a1c… */
const logStream = /\[([^\]]+)\]/;

/** Reads the resource of the Lambda extension, of an SDK, or of a log group that a Collector reads. */
export function reportOwner(resource: AttributeReader, attributes: AttributeReader): ReportOwner {
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
    function: first('faas.name') || (arn?.function ?? group ?? first('service.name')),
    provider: first('cloud.provider', 'faas.invoked_provider') || 'aws',
    platform: first('cloud.platform') || 'aws_lambda',
    region: first('cloud.region', 'faas.invoked_region', 'aws.region') || (arn?.region ?? ''),
    account: first('cloud.account.id') || (arn?.account ?? ''),
    team: first('team', 'service.team'),
    version:
      first('faas.version') || (isVersion(qualifier) ? qualifier : '') || (logStream.exec(stream)?.[1] ?? ''),
    alias: isVersion(qualifier) ? '' : qualifier,
    arch: first('host.arch'),
    instance: first('faas.instance', 'service.instance.id') || stream,
    memoryBytes: memoryBytes(resource.number('faas.max_memory')),
  };
}
