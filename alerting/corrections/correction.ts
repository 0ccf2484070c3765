import type { Repeating } from '../recurrence/windows.js';

/** Globs a dimension must match one of; null means that every value does. */
type Globs = readonly string[] | null;

/** Time that does not count for some objectives, and who said so. */
export type Correction = {
  id: string;
  windows: Repeating;
  /** The rule as its author wrote it. */
  rrule: string | null;
  zone: string;
  slo: Globs;
  function: Globs;
  environment: Globs;
  reason: string;
  author: string;
  at: Date;
};

/** One event of the history of a correction. */
export type CorrectionEvent = {
  id: string;
  event: 'put' | 'delete';
  /** JSON of `NewCorrection`; empty of a deletion. */
  definition: string;
  author: string;
  actor: string;
  reason: string;
  at: Date;
};
