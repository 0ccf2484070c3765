/** What a series can be kept to or split by. */
export const dimensions = [
  'function',
  'environment',
  'version',
  'alias',
  'region',
  'team',
  'provider',
  'platform',
  'account',
  'arch',
  'trigger',
  'outcome',
  'errorType',
  'product',
  'feature',
  'customer',
  'queue',
  'peer',
  'peerKind',
  'operation',
] as const;
export type Dimension = (typeof dimensions)[number];

/** Values to keep; null keeps all. `tagKey` and `tagValue` are those of one tag. */
export type OfDimensions = { [Key in Dimension]: string | null } & {
  tagKey: string | null;
  tagValue: string | null;
};

/** Those that rollups of durations are kept by. */
export const latencyDimensions = [
  'function',
  'environment',
  'version',
  'region',
  'team',
  'provider',
] as const satisfies readonly Dimension[];

/** Those that rollups of invocations are kept by. */
export const invocationDimensions = [
  ...latencyDimensions,
  'alias',
  'platform',
  'account',
  'arch',
  'trigger',
] as const satisfies readonly Dimension[];

/** Those that single rows tell, for as long as rows are kept. */
export const rowDimensions = [
  ...invocationDimensions,
  'outcome',
  'errorType',
  'product',
  'feature',
  'customer',
] as const satisfies readonly Dimension[];

/** What is counted of a function as a whole. */
export const functionDimensions = ['function', 'environment'] as const satisfies readonly Dimension[];

const tagPrefix = 'tag:';

/** The key of a grouping by tag, such as `tag:tier`; null of one by dimension. */
export function tagOf(group: string): string | null {
  return group.startsWith(tagPrefix) && group.length > tagPrefix.length
    ? group.slice(tagPrefix.length)
    : null;
}

/** Keeps everything. */
export const everything: OfDimensions = {
  function: null,
  environment: null,
  version: null,
  alias: null,
  region: null,
  team: null,
  provider: null,
  platform: null,
  account: null,
  arch: null,
  trigger: null,
  outcome: null,
  errorType: null,
  product: null,
  feature: null,
  customer: null,
  queue: null,
  peer: null,
  peerKind: null,
  operation: null,
  tagKey: null,
  tagValue: null,
};
