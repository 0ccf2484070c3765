import { tenantWarehouse } from './tenant-warehouse.js';
import type { StatementOptions, Warehouse } from './warehouse.js';

export type Readers = {
  /** The same door; what is read through it is counted, and stopped when whoever it is for has left. */
  around: (warehouse: Warehouse) => Warehouse;
  /** How many wait or read just now, for work that can do so when nobody does. */
  reading: () => number;
};

/** `caller` says for whom something is read, as a signal that aborts when nobody waits for it any more; null for nobody. */
export function createReaders(caller: () => AbortSignal | null): Readers {
  let reading = 0;
  const forCaller = (options: StatementOptions = {}): StatementOptions => {
    const left = caller();
    if (left === null) return options;
    const { signal } = options;
    return { ...options, signal: signal === undefined ? left : AbortSignal.any([signal, left]) };
  };
  return {
    reading: () => reading,
    around: (warehouse) => {
      const counted: Warehouse = {
        ...warehouse,
        query: async (sql, params, row, options) => {
          reading += 1;
          try {
            return await warehouse.query(sql, params, row, forCaller(options));
          } finally {
            reading -= 1;
          }
        },
        stream: async function* (sql, params, row, options) {
          reading += 1;
          try {
            yield* warehouse.stream(sql, params, row, forCaller(options));
          } finally {
            reading -= 1;
          }
        },
        forTenant: (tenant) => tenantWarehouse(counted, tenant),
      };
      return counted;
    },
  };
}
