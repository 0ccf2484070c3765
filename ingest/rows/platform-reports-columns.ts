import type { Column } from './column.js';

/** The columns of `platform_reports` in the order the row writer writes them. */
export const platformReportsColumns: readonly Column[] = [
  { name: 'tenant', type: 'LowCardinality(String)' },
  { name: 'environment', type: 'LowCardinality(String)' },
  { name: 'function', type: 'LowCardinality(String)' },
  { name: 'at', type: "DateTime64(9, 'UTC')" },
  { name: 'invocation_id', type: 'String' },
  {
    name: 'outcome',
    type: "Enum8('ok' = 0, 'error' = 1, 'timeout' = 2, 'oom' = 3, 'throttled' = 4, 'rejected' = 5)",
  },
  { name: 'error_type', type: 'LowCardinality(String)' },
  { name: 'error_message', type: 'String' },
  { name: 'duration_ns', type: 'UInt64' },
  { name: 'billed_ms', type: 'UInt64' },
  { name: 'init_ns', type: 'UInt64' },
  { name: 'memory_bytes', type: 'UInt64' },
  { name: 'memory_used_bytes', type: 'UInt64' },
  { name: 'provider', type: 'LowCardinality(String)' },
  { name: 'platform', type: 'LowCardinality(String)' },
  { name: 'region', type: 'LowCardinality(String)' },
  { name: 'account', type: 'LowCardinality(String)' },
  { name: 'team', type: 'LowCardinality(String)' },
  { name: 'version', type: 'LowCardinality(String)' },
  { name: 'alias', type: 'LowCardinality(String)' },
  { name: 'arch', type: 'LowCardinality(String)' },
  { name: 'instance', type: 'String' },
  { name: 'trace_id', type: 'FixedString(16)' },
  { name: 'span_id', type: 'FixedString(8)' },
  { name: 'received_at', type: "DateTime64(3, 'UTC')" },
];
