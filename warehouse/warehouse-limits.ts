/** `queries` serves readers, `lookups` the small reads others wait on, `inserts` segments, `commands` all else. */
export type LaneName = 'queries' | 'lookups' | 'inserts' | 'commands';

/** `width` statements run at once, `queueLength` more may wait; the next is refused as overloaded. */
export type LaneSize = { width: number; queueLength: number };

/** How much of the machine the warehouse may take, and what one statement gets that does not say otherwise. */
export type WarehouseLimits = {
  /** Cap of the embedded engine as a whole, its caches and merges included. A server keeps its own cap. */
  engineMemoryBytes: number;
  /** Caches of the embedded engine; they live inside `engineMemoryBytes`. */
  cacheBytes: number;
  /** Threads the embedded engine may spend on merges in the background. */
  mergeThreads: number;
  queryMemoryBytes: number;
  queryTimeoutMs: number;
  /** Threads of one query. */
  queryThreads: number;
  /** Size of one bounded answer, as the engine counts it; streams have no such limit. */
  resultBytes: number;
  insertMemoryBytes: number;
  insertTimeoutMs: number;
  commandTimeoutMs: number;
  lanes: Readonly<Record<LaneName, LaneSize>>;
};

const mebibyte = 1024 ** 2;

/** Sized to the machine: half of its memory for the engine, so that Node, the page cache and neighbours have the rest. */
export function defaultLimits(machineMemoryBytes: number, cores: number): WarehouseLimits {
  const engineMemoryBytes = clamp(machineMemoryBytes / 2, 512 * mebibyte, 64 * 1024 * mebibyte);
  return {
    engineMemoryBytes,
    cacheBytes: clamp(engineMemoryBytes / 32, 16 * mebibyte, 512 * mebibyte),
    mergeThreads: clamp(cores / 2, 1, 8),
    queryMemoryBytes: clamp(engineMemoryBytes / 4, 128 * mebibyte, 8 * 1024 * mebibyte),
    queryTimeoutMs: 30_000,
    queryThreads: clamp(cores, 1, 16),
    resultBytes: clamp(machineMemoryBytes / 64, 32 * mebibyte, 256 * mebibyte),
    insertMemoryBytes: clamp(engineMemoryBytes / 4, 128 * mebibyte, 4 * 1024 * mebibyte),
    insertTimeoutMs: 60_000,
    commandTimeoutMs: 60_000,
    lanes: {
      queries: { width: clamp(cores, 2, 8), queueLength: 64 },
      lookups: { width: 2, queueLength: 256 },
      inserts: { width: cores > 2 ? 2 : 1, queueLength: 64 },
      commands: { width: 1, queueLength: 256 },
    },
  };
}

function clamp(value: number, least: number, most: number): number {
  return Math.floor(Math.min(most, Math.max(least, value)));
}
