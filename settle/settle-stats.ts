import type { Corrections } from './write/apply-batch.js';

/** What settling says of itself. */
export type SettleStats = {
  lastTickAtMs: number | null;
  lastTickMs: number;
  /** How long ago the oldest came that is still to be settled; 0 when all is. */
  lagMs: number;
  failures: number;
  /** Times that a "request" had so many runs that it was left alone. */
  crowded: number;
  /** Requests decided on. */
  requests: number;
  corrections: Corrections;
};
