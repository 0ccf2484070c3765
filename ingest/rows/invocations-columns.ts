import type { Column } from './column.js';

/**
 * The columns of `invocations` that ingest knows, in the order the row writer writes them. The others have defaults and are
 * filled by corrections.
 */
export const invocationsColumns: readonly Column[] = [
  { name: 'tenant', type: 'LowCardinality(String)' },
  { name: 'environment', type: 'LowCardinality(String)' },
  { name: 'function', type: 'LowCardinality(String)' },
  { name: 'started_at', type: "DateTime64(9, 'UTC')" },
  { name: 'duration_ns', type: 'UInt64' },
  {
    name: 'outcome',
    type: "Enum8('ok' = 0, 'error' = 1, 'timeout' = 2, 'oom' = 3, 'throttled' = 4, 'rejected' = 5)",
  },
  { name: 'cold', type: 'Bool' },
  { name: 'init_ns', type: 'UInt64' },
  { name: 'provider', type: 'LowCardinality(String)' },
  { name: 'platform', type: 'LowCardinality(String)' },
  { name: 'region', type: 'LowCardinality(String)' },
  { name: 'account', type: 'LowCardinality(String)' },
  { name: 'team', type: 'LowCardinality(String)' },
  { name: 'version', type: 'LowCardinality(String)' },
  { name: 'alias', type: 'LowCardinality(String)' },
  { name: 'arch', type: 'LowCardinality(String)' },
  { name: 'instance', type: 'String' },
  { name: 'trigger', type: 'LowCardinality(String)' },
  { name: 'memory_bytes', type: 'UInt64' },
  { name: 'memory_used_bytes', type: 'UInt64' },
  { name: 'http_status', type: 'UInt16' },
  { name: 'error_type', type: 'LowCardinality(String)' },
  { name: 'error_message', type: 'String' },
  { name: 'invocation_id', type: 'String' },
  { name: 'delivery_id', type: 'String' },
  { name: 'event_age_ms', type: 'Nullable(UInt32)' },
  { name: 'payload_bytes', type: 'Nullable(UInt32)' },
  { name: 'product', type: 'LowCardinality(String)' },
  { name: 'feature', type: 'LowCardinality(String)' },
  { name: 'customer', type: 'String' },
  { name: 'tags', type: 'Map(LowCardinality(String), String)' },
  { name: 'weight', type: 'Float64' },
  { name: 'trace_id', type: 'FixedString(16)' },
  { name: 'span_id', type: 'FixedString(8)' },
  { name: 'parent_span_id', type: 'FixedString(8)' },
  { name: 'received_at', type: "DateTime64(3, 'UTC')" },
];
