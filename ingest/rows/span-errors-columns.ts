import type { Column } from './column.js';

/** The columns of `span_errors` in the order the row writer writes them. */
export const spanErrorsColumns: readonly Column[] = [
  { name: 'tenant', type: 'LowCardinality(String)' },
  { name: 'environment', type: 'LowCardinality(String)' },
  { name: 'function', type: 'LowCardinality(String)' },
  { name: 'at', type: "DateTime64(9, 'UTC')" },
  { name: 'fingerprint', type: 'UInt64' },
  { name: 'type', type: 'LowCardinality(String)' },
  { name: 'title', type: 'LowCardinality(String)' },
  { name: 'culprit', type: 'LowCardinality(String)' },
  { name: 'message', type: 'String' },
  { name: 'stack', type: 'String' },
  { name: 'version', type: 'LowCardinality(String)' },
  { name: 'escaped', type: 'Bool' },
  { name: 'source', type: "Enum8('span' = 0, 'log' = 1)" },
  { name: 'trace_id', type: 'FixedString(16)' },
  { name: 'span_id', type: 'FixedString(8)' },
  { name: 'received_at', type: "DateTime64(3, 'UTC')" },
];
