import type { SenderName } from './senders.js';

export type Trigger = 'http' | 'queue' | 'timer' | 'storage' | 'stream';

/** How the load moves over day and week; see rhythm.ts. */
export type Rhythm = 'shoppers' | 'office' | 'night' | 'flat';

/** A share of all runs goes here; the shares of one list add up to 1. */
export type RegionShare = { region: string; share: number };
export type VersionShare = { version: string; alias: string; share: number };

/** Log-normal: half of all runs are below the median; `sigma` is the spread of the logarithm. */
export type LatencyModel = { medianMs: number; sigma: number };

/** One run in `tailRatio` takes `tailFactor` times as long: the second hump of real latency. */
export type RunModel = LatencyModel & { tailRatio: number; tailFactor: number };

/** Something outside the fleet that a function waits for. */
export type Dependency = LatencyModel & {
  name: string;
  kind: 'db' | 'http' | 'objects' | 'model';
  /** Share of runs that call it. */
  ratio: number;
};

/** A run starts another function of the fleet, later in the table: waits for it (http) or leaves a message (queue). */
export type Call = {
  to: string;
  via: 'http' | 'queue';
  /** Share of successful runs that make the call. */
  ratio: number;
  /** Messages left at once; 1 over http. */
  fanOut: number;
};

/** How a failed run is tried again; none for callers who see the answer. */
export type RetryModel = { attempts: number; delaysMs: readonly number[]; reusesId: boolean };

export type DemoFunction = {
  name: string;
  team: string;
  environment: string;
  sender: SenderName;
  trigger: Trigger;
  regions: readonly RegionShare[];
  versions: readonly VersionShare[];
  account: string;
  memoryMb: number;
  /** Memory in use at the end of a typical run. */
  usedMemoryMb: number;
  /** Mean runs a minute that come from outside the fleet, over a week; 0 when only other functions call it. */
  perMinute: number;
  /** False for timers and rare functions: they do not become busier with `--rate`. */
  scales: boolean;
  /** For timers: runs at these minutes, counted from midnight UTC, instead of at random. */
  everyMinutes: number | null;
  rhythm: Rhythm;
  run: RunModel;
  cold: LatencyModel;
  /** An instance that is idle for so long is gone. */
  keepAliveMinutes: number;
  timeoutMs: number;
  errorRatio: number;
  /** Thrown by the handler, or answered as HTTP 5xx: senders show these differently. */
  failsBy: 'throwing' | 'answering';
  error: { type: string; message: string };
  dependencies: readonly Dependency[];
  calls: readonly Call[];
  retry: RetryModel | null;
  /** Share of messages the queue delivers twice. */
  duplicateRatio: number;
};

/** Callers stand before those they call. */
export type Fleet = { name: string; functions: readonly DemoFunction[] };
