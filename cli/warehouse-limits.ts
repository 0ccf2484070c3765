import type { Config } from '../schemas/config/config.js';
import { defaultLimits, type WarehouseLimits } from '../warehouse/warehouse-limits.js';

/** The limits in effect: what is configured, and for `auto` what suits the machine. */
export function configuredLimits(
  { memoryBytes, query }: Config['limits'],
  machineMemoryBytes: number,
  cores: number,
): WarehouseLimits {
  // The engine takes half of what it is told the machine has; all else follows from its share.
  const limits = defaultLimits(memoryBytes === 'auto' ? machineMemoryBytes : memoryBytes * 2, cores);
  const engineMemoryBytes = memoryBytes === 'auto' ? limits.engineMemoryBytes : memoryBytes;
  const { queries } = limits.lanes;
  return {
    ...limits,
    engineMemoryBytes,
    insertMemoryBytes: Math.min(limits.insertMemoryBytes, engineMemoryBytes),
    queryMemoryBytes:
      query.memoryBytes === 'auto' ? Math.min(limits.queryMemoryBytes, engineMemoryBytes) : query.memoryBytes,
    queryTimeoutMs: query.timeMs,
    lanes: {
      ...limits.lanes,
      queries: { ...queries, width: query.concurrent === 'auto' ? queries.width : query.concurrent },
    },
  };
}
