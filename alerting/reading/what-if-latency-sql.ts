import { bucketOf, bucketRange } from '../../query/latency/bucket.js';
import type { SloDefinition } from '../../schemas/slo/slo-definition.js';
import { IN_INTERVALS } from './in-intervals.js';

// Good and all of another threshold as the ledger would count them: by minute and scope, rounded by minute; the bucket that
// the threshold cuts is shared out evenly. Globs come as one regular expression a dimension, empty for none.
export const BY_LATENCY = `
  SELECT minute,
    multiIf({per: String} = 'function', toString(function), {per: String} = 'environment', toString(environment),
      {per: String} = 'team', toString(team), {per: String} = 'region', toString(region),
      {per: String} = 'provider', toString(provider), {per: String} = 'version', toString(version), '') AS scope,
    toUInt64(greatest(0, round(sum(l.n * weight)))) AS total,
    toUInt64(greatest(0, round(sum(if(failed, 0.,
      l.n * weight * multiIf(bucket < {edge: UInt16}, 1., bucket = {edge: UInt16}, {part: Float64}, 0.)))))) AS good
  FROM latency_1m AS l
  WHERE tenant = {tenant: String}
    AND minute >= toDateTime({from: DateTime64(3, 'UTC')}) AND minute < toDateTime({to: DateTime64(3, 'UTC')})
    AND ({function: String} = '' OR match(function, {function: String}))
    AND ({environment: String} = '' OR match(environment, {environment: String}))
    AND ({team: String} = '' OR match(team, {team: String}))
    AND ({region: String} = '' OR match(region, {region: String}))
    AND ({provider: String} = '' OR match(provider, {provider: String}))
    AND ({version: String} = '' OR match(version, {version: String}))
    AND (NOT {warmOnly: Bool} OR NOT cold) AND (NOT {okOnly: Bool} OR NOT failed)
    AND ({isWhole: Bool} OR NOT ${IN_INTERVALS})
  GROUP BY minute, scope` as const;

const dimensions = ['function', 'environment', 'team', 'region', 'provider', 'version'] as const;

/** The parameters of `BY_LATENCY` for an objective on latency and a threshold that need not be its own. */
export function latencyParams(
  { per, where, sli }: Pick<SloDefinition, 'per' | 'where' | 'sli'>,
  underMs: number,
) {
  const edge = bucketOf(underMs * 1000);
  const { lowUs, highUs } = bucketRange(edge);
  const [name, environment, team, region, provider, version] = dimensions.map((one) =>
    regexOf(where[one] ?? []),
  );
  return {
    per: per ?? '',
    edge,
    part: (underMs * 1000 - lowUs) / (highUs - lowUs),
    function: name ?? '',
    environment: environment ?? '',
    team: team ?? '',
    region: region ?? '',
    provider: provider ?? '',
    version: version ?? '',
    warmOnly: sli.kind === 'latency' && sli.coldStarts === 'excluded',
    okOnly: sli.kind === 'latency' && sli.failed === 'ignored',
  };
}

/** Globs as one expression that matches whole texts, line breaks included. */
function regexOf(globs: readonly string[]): string {
  if (globs.length === 0) return '';
  const parts = globs.map((glob) =>
    glob
      .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
      .replace(/\*/g, '.*')
      .replace(/\?/g, '.'),
  );
  return `(?s)^(?:${parts.join('|')})$`;
}
