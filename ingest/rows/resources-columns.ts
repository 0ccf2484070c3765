import type { Column } from './column.js';

/** The columns of `resources` in the order the row writer writes them. */
export const resourcesColumns: readonly Column[] = [
  { name: 'tenant', type: 'LowCardinality(String)' },
  { name: 'resource_hash', type: 'UInt64' },
  { name: 'seen_on', type: 'Date' },
  { name: 'attributes', type: 'Map(LowCardinality(String), String)' },
];
