import type { Column } from './column.js';

/** The columns of `logs` in the order the row writer writes them. */
export const logsColumns: readonly Column[] = [
  { name: 'tenant', type: 'LowCardinality(String)' },
  { name: 'environment', type: 'LowCardinality(String)' },
  { name: 'service', type: 'LowCardinality(String)' },
  { name: 'function', type: 'LowCardinality(String)' },
  { name: 'at', type: "DateTime64(9, 'UTC')" },
  { name: 'observed_at', type: "DateTime64(9, 'UTC')" },
  { name: 'severity', type: 'UInt8' },
  { name: 'severity_text', type: 'LowCardinality(String)' },
  { name: 'event_name', type: 'LowCardinality(String)' },
  { name: 'body', type: 'String' },
  {
    name: 'body_kind',
    type: "Enum8('none' = 0, 'string' = 1, 'bool' = 2, 'int' = 3, 'double' = 4, 'array' = 5, 'map' = 6, 'bytes' = 7)",
  },
  { name: 'invocation_id', type: 'String' },
  { name: 'trace_id', type: 'FixedString(16)' },
  { name: 'span_id', type: 'FixedString(8)' },
  { name: 'flags', type: 'UInt32' },
  { name: 'scope', type: 'LowCardinality(String)' },
  { name: 'resource', type: 'Map(LowCardinality(String), String)' },
  { name: 'attributes', type: 'Map(LowCardinality(String), String)' },
  { name: 'dropped_attributes', type: 'UInt32' },
  { name: 'received_at', type: "DateTime64(3, 'UTC')" },
];
