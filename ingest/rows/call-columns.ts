import type { Column } from './column.js';

/** Columns of `spans` that say whose span it is and whom it calls, in the order `CallWriter` writes them. */
export const callColumns: readonly Column[] = [
  { name: 'function', type: 'LowCardinality(String)' },
  { name: 'call', type: "Enum8('none' = 0, 'out' = 1, 'in' = 2)" },
  {
    name: 'peer_kind',
    type: "Enum8('none' = 0, 'database' = 1, 'http' = 2, 'queue' = 3, 'function' = 4, 'rpc' = 5, 'storage' = 6, 'other' = 7)",
  },
  { name: 'peer', type: 'LowCardinality(String)' },
  { name: 'operation', type: 'LowCardinality(String)' },
  { name: 'retry', type: 'Bool' },
];
