/**
 * What a place needs to be told of in the engine, by column: one function, region and version for as long as nothing
 * changes there. Each run carries all of it along, so texts are dictionaries and lists of texts are lines of one text.
 */
const placeTypes = {
  key: 'UInt64',
  function_key: 'UInt64',
  function: 'LowCardinality(String)',
  environment: 'LowCardinality(String)',
  team: 'LowCardinality(String)',
  provider: 'LowCardinality(String)',
  platform: 'LowCardinality(String)',
  region: 'LowCardinality(String)',
  version: 'LowCardinality(String)',
  alias: 'LowCardinality(String)',
  account: 'LowCardinality(String)',
  trigger: 'LowCardinality(String)',
  from_minute: 'UInt32',
  to_minute: 'UInt32',
  rates: 'Array(Float64)',
  rate_factor: 'Float64',
  bursts: 'Bool',
  timer_every: 'UInt32',
  timer_offset: 'UInt32',
  timer_events: 'UInt32',
  own_ms: 'Float64',
  own_sigma: 'Float64',
  tail_ratio: 'Float64',
  tail_factor: 'Float64',
  dep_ms: 'Float64',
  dep_sigma: 'Float64',
  call_ms: 'Float64',
  call_sigma: 'Float64',
  call_ratio: 'Float64',
  cold_ms: 'Float64',
  cold_sigma: 'Float64',
  keep_minutes: 'Float64',
  recycled: 'Float64',
  limit_1: 'Float64',
  limit_2: 'Float64',
  limit_3: 'Float64',
  limit_4: 'Float64',
  limit_5: 'Float64',
  limit_6: 'Float64',
  error_types: 'LowCardinality(String)',
  error_messages: 'LowCardinality(String)',
  fingerprints: 'LowCardinality(String)',
  titles: 'LowCardinality(String)',
  culprits: 'LowCardinality(String)',
  lost_ratio: 'Float64',
  timeout_ms: 'Float64',
  memory_mb: 'UInt32',
  used_mb: 'UInt32',
  attempts_max: 'UInt8',
  duplicate_ratio: 'Float64',
  status_ok: 'UInt16',
  status_failed: 'UInt16',
  shows_cold: 'Bool',
  shows_error: 'Bool',
  shows_timeout: 'Bool',
  shows_oom: 'Bool',
  reported: 'Bool',
  id_form: 'LowCardinality(String)',
  has_delivery_id: 'Bool',
  billing: 'LowCardinality(String)',
  bill_step_ms: 'UInt32',
  bill_least_ms: 'UInt32',
  bill_starts: 'Bool',
  bill_memory_mb: 'UInt32',
  bill_cpu: 'Bool',
  bill_units: 'UInt32',
  product: 'LowCardinality(String)',
  feature: 'LowCardinality(String)',
  customers: 'LowCardinality(String)',
  instance_form: 'LowCardinality(String)',
  service: 'LowCardinality(String)',
  peer_kind: 'LowCardinality(String)',
  operation: 'LowCardinality(String)',
  dep_peer: 'LowCardinality(String)',
  call_peers: 'LowCardinality(String)',
  publish_peers: 'LowCardinality(String)',
  publish_ratio: 'Float64',
  queue: 'LowCardinality(String)',
  polls: 'Bool',
  buries: 'Bool',
} as const;

type ValueOf<Type extends string> = Type extends `Array(${infer Item})`
  ? ValueOf<Item>[]
  : Type extends 'LowCardinality(String)'
    ? string
    : Type extends 'Bool'
      ? boolean
      : Type extends 'UInt64'
        ? string
        : number;

/** 64-bit numbers are texts, which the engine reads as well. */
export type Place = { [Column in keyof typeof placeTypes]: ValueOf<(typeof placeTypes)[Column]> };

const columns = Object.keys(placeTypes) as (keyof Place)[];

/** As the engine's format() wants the form of `placeLines`. */
export const placeStructure = Object.entries(placeTypes)
  .map(([column, type]) => `${column} ${type}`)
  .join(', ');

/** One JSON list a place, values in the order of `placeTypes`. */
export function placeLines(places: readonly Place[]): string {
  return places.map((place) => JSON.stringify(columns.map((column) => place[column]))).join('\n');
}
