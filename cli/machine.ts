import { availableParallelism, totalmem } from 'node:os';
import process from 'node:process';
import type { Machine } from './limits-of.js';

/** What this process may use: a container's memory limit counts when it is below the machine's memory. */
export function thisMachine(): Machine {
  const limitBytes = process.constrainedMemory();
  const totalBytes = totalmem();
  const memoryBytes =
    limitBytes !== undefined && limitBytes > 0 ? Math.min(limitBytes, totalBytes) : totalBytes;
  return { memoryBytes, cores: availableParallelism() };
}
