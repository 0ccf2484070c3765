import type { Config } from '../schemas/config/config.js';
import { defaultLimits, type WarehouseLimits } from '../warehouse/warehouse-limits.js';

export type Machine = { memoryBytes: number; cores: number };

/** The warehouse's limits: what the configuration says, and the machine's share where it says `auto`. */
export function limitsOf(limits: Config['limits'], machine: Machine): WarehouseLimits {
  // defaultLimits gives the engine half of what it is told, so a stated engine cap stands for a machine twice its size.
  const memoryBytes = limits.memoryBytes === 'auto' ? machine.memoryBytes : limits.memoryBytes * 2;
  const defaults = defaultLimits(memoryBytes, machine.cores);
  const { concurrent, memoryBytes: queryMemory, timeMs } = limits.query;
  return {
    ...defaults,
    engineMemoryBytes: limits.memoryBytes === 'auto' ? defaults.engineMemoryBytes : limits.memoryBytes,
    queryMemoryBytes: queryMemory === 'auto' ? defaults.queryMemoryBytes : queryMemory,
    queryTimeoutMs: timeMs,
    lanes: {
      ...defaults.lanes,
      queries:
        concurrent === 'auto' ? defaults.lanes.queries : { ...defaults.lanes.queries, width: concurrent },
    },
  };
}
