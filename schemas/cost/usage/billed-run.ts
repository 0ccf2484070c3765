import type { Billing } from './billing.js';
import { roundUpMs } from './round-up.js';

/** What rounding needs of one run. Memory in megabytes of 1024 * 1024 bytes; 0 where nobody told. */
export type RunFacts = {
  startedMs: number;
  durationNs: number;
  initNs: number;
  memoryMb: number;
  memoryUsedMb: number;
  /** CPU time of the run; null where nobody told. */
  cpuUs: number | null;
  /** The platform put the event into a queue of its own first. */
  isAsync: boolean;
  payloadBytes: number | null;
  /** Refused before it ran: nobody bills it. */
  isRefused: boolean;
  /** Zip package, managed runtime, on demand: such functions started for free until August 2025. */
  hadFreeInit: boolean;
};

/** Whole numbers on the bill of one run. 0 memory: not known, so not priced. */
export type BilledRun = { billedMs: number; memoryMb: number; cpuUs: number; requestUnits: number };

/** Since this instant AWS bills the start of every environment. */
const initBilledFromMs = Date.UTC(2025, 7, 1);

const nothing: BilledRun = { billedMs: 0, memoryMb: 0, cpuUs: 0, requestUnits: 0 };

/** One run by its provider's own rounding. Never an average: rounding comes before adding up. */
export function billedRun(billing: Billing, run: RunFacts): BilledRun {
  if (run.isRefused) return nothing;
  switch (billing) {
    case 'aws-lambda':
    case 'aws-lambda-provisioned':
    case 'aws-lambda-edge':
      return {
        billedMs: lambdaMs(run),
        memoryMb: run.memoryMb,
        cpuUs: 0,
        requestUnits: run.isAsync ? asyncUnits(run.payloadBytes ?? 0) : 1,
      };
    case 'gcp-gen1':
      return {
        ...nothing,
        billedMs: roundUpMs(run.durationNs, 100),
        memoryMb: run.memoryMb,
        requestUnits: 1,
      };
    case 'gcp-run': {
      // Starting counts too. What runs share of an instance is taken off later (settle/concurrency/unite-runs.ts).
      const billedMs = roundUpMs(run.durationNs + run.initNs, 100);
      return { ...nothing, billedMs, memoryMb: run.memoryMb, requestUnits: 1 };
    }
    case 'azure-consumption':
      return {
        ...nothing,
        billedMs: roundUpMs(run.durationNs, 1, 100),
        memoryMb: azureMemoryMb(run.memoryUsedMb),
        requestUnits: 1,
      };
    case 'azure-flex':
      return {
        ...nothing,
        billedMs: roundUpMs(run.durationNs, 100, 1000),
        memoryMb: run.memoryMb,
        requestUnits: 1,
      };
    case 'cloudflare':
      return { ...nothing, cpuUs: run.cpuUs ?? 0, requestUnits: 1 };
    case 'vercel-fluid':
      return {
        billedMs: roundUpMs(run.durationNs, 1),
        memoryMb: run.memoryMb,
        cpuUs: run.cpuUs ?? 0,
        requestUnits: 1,
      };
    case 'self-hosted':
      return { ...nothing, billedMs: roundUpMs(run.durationNs, 1), memoryMb: run.memoryMb };
  }
}

/** Duration and start together, rounded up once: 250.06 + 100.77 ms are 351. */
function lambdaMs({ startedMs, durationNs, initNs, hadFreeInit }: RunFacts): number {
  const isFree = hadFreeInit && startedMs < initBilledFromMs;
  return roundUpMs(durationNs + (isFree ? 0 : initNs), 1);
}

/** Of an asynchronous event: one for the first 256 KB, one for each further 64 KB that is begun. */
export function asyncUnits(payloadBytes: number): number {
  const over = payloadBytes - 256 * 1024;
  return over <= 0 ? 1 : 1 + Math.ceil(over / (64 * 1024));
}

/** Memory as observed, rounded up to 128 MB; 0 stays "not told". */
function azureMemoryMb(usedMb: number): number {
  if (usedMb <= 0) return 0;
  return Math.min(1536, Math.ceil(usedMb / 128) * 128);
}
