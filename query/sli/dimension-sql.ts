// Conditions that keep what was asked for, and labels of what is grouped by, for each kind of table. Values are parameters of
// the names of `OfDimensions`; `groupBy` lists names.

export const OF_LATENCY = `
  ({function: Nullable(String)} IS NULL OR function = {function: Nullable(String)})
  AND ({environment: Nullable(String)} IS NULL OR environment = {environment: Nullable(String)})
  AND ({version: Nullable(String)} IS NULL OR version = {version: Nullable(String)})
  AND ({region: Nullable(String)} IS NULL OR region = {region: Nullable(String)})
  AND ({team: Nullable(String)} IS NULL OR team = {team: Nullable(String)})
  AND ({provider: Nullable(String)} IS NULL OR provider = {provider: Nullable(String)})
  AND ({cold: Nullable(Bool)} IS NULL OR cold = {cold: Nullable(Bool)})` as const;

export const OF_INVOCATIONS = `
  ${OF_LATENCY}
  AND ({alias: Nullable(String)} IS NULL OR alias = {alias: Nullable(String)})
  AND ({platform: Nullable(String)} IS NULL OR platform = {platform: Nullable(String)})
  AND ({account: Nullable(String)} IS NULL OR account = {account: Nullable(String)})
  AND ({arch: Nullable(String)} IS NULL OR arch = {arch: Nullable(String)})
  AND ({trigger: Nullable(String)} IS NULL OR trigger = {trigger: Nullable(String)})` as const;

export const OF_ROWS = `
  ${OF_INVOCATIONS}
  AND ({outcome: Nullable(String)} IS NULL OR toString(outcome) = {outcome: Nullable(String)})
  AND ({errorType: Nullable(String)} IS NULL OR error_type = {errorType: Nullable(String)})
  AND ({product: Nullable(String)} IS NULL OR product = {product: Nullable(String)})
  AND ({feature: Nullable(String)} IS NULL OR feature = {feature: Nullable(String)})
  AND ({customer: Nullable(String)} IS NULL OR customer = {customer: Nullable(String)})
  AND ({tagKey: Nullable(String)} IS NULL OR tags[ifNull({tagKey: Nullable(String)}, '')] = {tagValue: Nullable(String)})` as const;

const LATENCY_NAMES = `
    name = 'function', toString(function), name = 'environment', toString(environment), name = 'version', toString(version),
    name = 'region', toString(region), name = 'team', toString(team), name = 'provider', toString(provider)` as const;

const INVOCATION_NAMES = `${LATENCY_NAMES},
    name = 'alias', toString(alias), name = 'platform', toString(platform), name = 'account', toString(account),
    name = 'arch', toString(arch), name = 'trigger', toString(trigger)` as const;

export const LATENCY_LABELS = `
  arrayMap(name -> multiIf(${LATENCY_NAMES}, ''), {groupBy: Array(String)}) AS labels` as const;

export const INVOCATION_LABELS = `
  arrayMap(name -> multiIf(${INVOCATION_NAMES}, ''), {groupBy: Array(String)}) AS labels` as const;

export const ROW_LABELS = `
  arrayMap(name -> multiIf(${INVOCATION_NAMES},
    name = 'outcome', toString(outcome), name = 'errorType', toString(error_type), name = 'product', toString(product),
    name = 'feature', toString(feature), name = 'customer', customer,
    startsWith(name, 'tag:'), tags[substring(name, 5)], ''), {groupBy: Array(String)}) AS labels` as const;

/** Of figures that are kept by function and environment only. */
export const OF_FUNCTIONS = `
  ({function: Nullable(String)} IS NULL OR function = {function: Nullable(String)})
  AND ({environment: Nullable(String)} IS NULL OR environment = {environment: Nullable(String)})` as const;

export const FUNCTION_LABELS = `
  arrayMap(name -> multiIf(name = 'function', toString(function), name = 'environment', toString(environment), ''),
    {groupBy: Array(String)}) AS labels` as const;

/** The start of the step an instant `at_ms` lies in. */
export const COLUMN = `toInt64(intDiv(at_ms, {stepMs: Int64}) * {stepMs: Int64}) AS column` as const;
