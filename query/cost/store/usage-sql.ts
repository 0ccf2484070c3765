/** What usage can be split and filtered by. The last four are told by runs themselves. */
export const costDimensions = [
  'function',
  'environment',
  'version',
  'alias',
  'region',
  'team',
  'provider',
  'account',
  'arch',
  'trigger',
  'outcome',
  'cold',
  'memory',
  'hour',
  'day',
  'month',
  'product',
  'feature',
  'customer',
  'tag',
] as const;
export type CostDimension = (typeof costDimensions)[number];
/** `step` splits by steps of a series of its own length, the start of each in milliseconds; nobody asks for it by name. */
export type UsageDimension = CostDimension | 'step';
const ofRuns: readonly UsageDimension[] = ['product', 'feature', 'customer', 'tag'];

/** Whether the rollups alone can answer; otherwise runs that name a product, feature, customer or tag are told apart. */
export function needsTags(dimensions: readonly UsageDimension[]): boolean {
  return dimensions.some((dimension) => ofRuns.includes(dimension));
}

const columns: Readonly<Record<UsageDimension, string>> = {
  function: 'function',
  environment: 'environment',
  version: 'version',
  alias: 'alias',
  region: 'region',
  team: 'team',
  provider: 'provider',
  account: 'account',
  arch: 'arch',
  trigger: 'trigger',
  outcome: 'toString(outcome)',
  cold: "if(cold, 'true', 'false')",
  memory: 'toString(billed_memory_mb)',
  hour: "formatDateTime(toStartOfHour(AT), '%Y-%m-%dT%H:00:00Z', 'UTC')",
  day: "formatDateTime(AT, '%Y-%m-%d', 'UTC')",
  month: "formatDateTime(AT, '%Y-%m', 'UTC')",
  product: 'product',
  feature: 'feature',
  customer: 'customer',
  step: 'intDiv(toInt64(toUnixTimestamp(AT)) * 1000, {stepMs: Int64}) * {stepMs: Int64}',
  tag: 'JSONExtractString(tags, {tagKey: String})',
};

/** Names of the label columns; the labels of rows without what only runs tell are empty. */
export function labelSql(dimensions: readonly UsageDimension[], hasTags: boolean, at: string): string {
  return dimensions
    .map((dimension, index) => {
      const text = ofRuns.includes(dimension) && !hasTags ? "''" : columns[dimension].replace('AT', at);
      // Not made text here: the engine groups by numbers of a dictionary much faster.
      return `${text} AS l${index}`;
    })
    .concat('')
    .join(', ');
}

export const FILTERS = `
  ({function: Nullable(String)} IS NULL OR function = {function: Nullable(String)})
  AND ({environment: Nullable(String)} IS NULL OR environment = {environment: Nullable(String)})
  AND ({version: Nullable(String)} IS NULL OR version = {version: Nullable(String)})
  AND ({team: Nullable(String)} IS NULL OR team = {team: Nullable(String)})
  AND ({provider: Nullable(String)} IS NULL OR provider = {provider: Nullable(String)})
  AND ({region: Nullable(String)} IS NULL OR region = {region: Nullable(String)})` as const;
export type UsageFilter = {
  function: string | null;
  environment: string | null;
  version: string | null;
  team: string | null;
  provider: string | null;
  region: string | null;
};
export const noFilter: UsageFilter = {
  function: null,
  environment: null,
  version: null,
  team: null,
  provider: null,
  region: null,
};
