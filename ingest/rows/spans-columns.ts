import { callColumns } from './call-columns.js';
import type { Column } from './column.js';

/** The columns of `spans` in the order the row writer writes them. */
export const spansColumns: readonly Column[] = [
  { name: 'tenant', type: 'LowCardinality(String)' },
  { name: 'environment', type: 'LowCardinality(String)' },
  { name: 'service', type: 'LowCardinality(String)' },
  { name: 'name', type: 'LowCardinality(String)' },
  {
    name: 'kind',
    type: "Enum8('unspecified' = 0, 'internal' = 1, 'server' = 2, 'client' = 3, 'producer' = 4, 'consumer' = 5)",
  },
  { name: 'started_at', type: "DateTime64(9, 'UTC')" },
  { name: 'duration_ns', type: 'UInt64' },
  { name: 'status', type: "Enum8('unset' = 0, 'ok' = 1, 'error' = 2)" },
  { name: 'status_message', type: 'String' },
  { name: 'trace_id', type: 'FixedString(16)' },
  { name: 'span_id', type: 'FixedString(8)' },
  { name: 'parent_span_id', type: 'FixedString(8)' },
  { name: 'scope', type: 'LowCardinality(String)' },
  { name: 'resource_hash', type: 'UInt64' },
  { name: 'attribute_keys', type: 'LowCardinality(String)' },
  { name: 'attribute_values', type: 'String' },
  {
    name: 'events',
    type: "Array(Tuple(at DateTime64(9, 'UTC'), name String, attributes Map(String, String)))",
  },
  { name: 'links', type: 'Array(Tuple(trace_id FixedString(16), span_id FixedString(8)))' },
  { name: 'received_at', type: "DateTime64(3, 'UTC')" },
  ...callColumns,
];
