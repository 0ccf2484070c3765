import type { LeaseDeps } from './lease.js';

/** A holder gives five signs of life in the time after which it would be taken for dead. */
export const leaseTiming = {
  leaseMs: 15_000,
  heartbeatMs: 3_000,
  pollMs: 250,
  maxWaitMs: 10 * 60_000,
} as const satisfies Pick<LeaseDeps, 'leaseMs' | 'heartbeatMs' | 'pollMs' | 'maxWaitMs'>;
