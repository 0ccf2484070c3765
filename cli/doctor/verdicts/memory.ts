import { roughByteSize } from '../../../schemas/config/byte-size.js';
import { type Check, fail, ok, warn } from '../check.js';

export type MemoryFacts = {
  machineBytes: number;
  /** The limit of the container (cgroup v1 or v2) this process is in; null without one. */
  containerBytes: number | null;
  /** What the embedded engine would be allowed, `auto` already worked out. */
  engineBytes: number;
  engineIsAuto: boolean;
};

const MiB = 2 ** 20;
/** Node itself, its buffers and the page cache for the parts being read. */
const restBytes = 384 * MiB;

export function memoryVerdict({
  machineBytes,
  containerBytes,
  engineBytes,
  engineIsAuto,
}: MemoryFacts): Check {
  const bytes = Math.min(machineBytes, containerBytes ?? machineBytes);
  const whose = containerBytes !== null && containerBytes < machineBytes ? 'the container' : 'this machine';
  const has = `${whose} has ${roughByteSize(bytes)}, the engine may use ${roughByteSize(engineBytes)}`;
  const lower = engineIsAuto
    ? `give ${whose} more memory, or set limits.memoryBytes`
    : 'lower limits.memoryBytes, or set it to auto';
  if (engineBytes > bytes) return fail('memory', has, lower);
  if (engineBytes + restBytes > bytes) {
    return warn('memory', `${has}; that leaves less than ${roughByteSize(restBytes)} for the rest`, lower);
  }
  return ok('memory', has);
}
