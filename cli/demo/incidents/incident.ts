/** How an incident changes the functions it touches, for one minute. What is left out stays as it is. */
export type Effect = {
  /** Names of functions; for `dependency`, every function that uses it is touched. */
  functions?: readonly string[];
  dependency?: {
    name: string;
    slower: number;
    failureRatio: number;
    /** What a failed call to it throws; left out: that the call failed. */
    error?: { type: string; message: string };
  };
  /** Only in this region. */
  region?: string;
  /** Runs go to this version, as far as `share` says. */
  release?: { version: string; alias: string; share: number };
  /** Multiplies the arrivals from outside; 0 is silence. */
  rateFactor?: number;
  /** Fails in addition to the usual share; with `onlyVersion` only runs of that version. */
  errorRatio?: number;
  onlyVersion?: string;
  error?: { type: string; message: string };
  /** Multiplies the function's own time. */
  slower?: number;
  /** Multiplies how long an instance takes to start. */
  coldSlower?: number;
  /** Share of instances the platform has taken away. */
  recycledRatio?: number;
  throttledRatio?: number;
  oomRatio?: number;
  /** Attempts for a failed event, in place of the function's own number. */
  attempts?: number;
  /** Share of spans that never arrive, though the runs were fine. */
  lostRatio?: number;
};

/** A scripted incident: what a good monitor should find, and when. */
export type Incident = {
  name: string;
  title: string;
  /** The diagnosis a person would write afterwards. */
  cause: string;
  durationMinutes: number;
  /** False when nobody should be woken or asked to act. */
  isHarmful: boolean;
  /** What holds in a minute of it; `elapsedRatio` runs from 0 at its start up to, not including, 1. */
  effects: (elapsedRatio: number) => readonly Effect[];
};

/** One time an incident happens; minutes are counted from the epoch, [startMinute, endMinute). */
export type IncidentRun = { incident: Incident; startMinute: number; endMinute: number };
