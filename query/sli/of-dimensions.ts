/** Dimensions a series can be kept to or split by. */
export const dimensions = [
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
] as const;
export type Dimension = (typeof dimensions)[number];
export type OfDimensions = { [Key in Dimension]: string | null };

/** Those that durations are kept by. */
export const latencyDimensions: readonly Dimension[] = [
  'function',
  'environment',
  'version',
  'region',
  'team',
  'provider',
];

/** Conditions and labels over the latency rollups; those of invocations add to them. */
export const OF_LATENCY = `
  ({function: Nullable(String)} IS NULL OR function = {function: Nullable(String)})
  AND ({environment: Nullable(String)} IS NULL OR environment = {environment: Nullable(String)})
  AND ({version: Nullable(String)} IS NULL OR version = {version: Nullable(String)})
  AND ({region: Nullable(String)} IS NULL OR region = {region: Nullable(String)})
  AND ({team: Nullable(String)} IS NULL OR team = {team: Nullable(String)})
  AND ({provider: Nullable(String)} IS NULL OR provider = {provider: Nullable(String)})` as const;

export const OF_INVOCATIONS = `
  ${OF_LATENCY}
  AND ({alias: Nullable(String)} IS NULL OR alias = {alias: Nullable(String)})
  AND ({account: Nullable(String)} IS NULL OR account = {account: Nullable(String)})
  AND ({arch: Nullable(String)} IS NULL OR arch = {arch: Nullable(String)})
  AND ({trigger: Nullable(String)} IS NULL OR trigger = {trigger: Nullable(String)})` as const;

export const LATENCY_LABELS = `
  arrayMap(name -> multiIf(
    name = 'function', toString(function), name = 'environment', toString(environment), name = 'version', toString(version),
    name = 'region', toString(region), name = 'team', toString(team), name = 'provider', toString(provider), ''),
    {groupBy: Array(String)}) AS labels` as const;

export const INVOCATION_LABELS = `
  arrayMap(name -> multiIf(
    name = 'function', toString(function), name = 'environment', toString(environment), name = 'version', toString(version),
    name = 'region', toString(region), name = 'team', toString(team), name = 'provider', toString(provider),
    name = 'alias', toString(alias), name = 'account', toString(account), name = 'arch', toString(arch),
    name = 'trigger', toString(trigger), ''), {groupBy: Array(String)}) AS labels` as const;
