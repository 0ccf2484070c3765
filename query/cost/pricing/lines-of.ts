import type { Billing } from '../../../schemas/cost/usage/billing.js';
import { divide, multiply, type Rational, rational, subtract } from '../exact/rational.js';
import type { UsageLine } from './usage-line.js';

/** Sums over runs that share a rule, a region and an architecture; exact, because each run was rounded first. */
export type Units = {
  requests: Rational;
  billedMs: Rational;
  /** Megabytes times milliseconds, summed run by run. */
  mbMs: Rational;
  cpuUs: Rational;
  /** Of rules whose CPU follows from the memory; these are summed by memory size. */
  memoryMb: number;
};

/** What a function was given that telemetry does not tell. */
export type Capacity = { vcpu: Rational | null; storageMb: number };

export type Place = { region: string; arch: string };

export type UsageLines = { lines: UsageLine[]; missing: string[] };

const msPerS = rational(1000n);
const mbMsPerGbS = rational(1_024_000n);
const msPerHour = rational(3_600_000n);
const usPerMs = rational(1000n);

/** GHz by megabytes of the first generation of Google's functions. */
const gen1Ghz: Readonly<Record<number, Rational>> = {
  128: rational(2n, 10n),
  256: rational(4n, 10n),
  512: rational(8n, 10n),
  1024: rational(14n, 10n),
  2048: rational(24n, 10n),
  4096: rational(48n, 10n),
  8192: rational(48n, 10n),
};

/** The lines of a bill that runs make, by the rule they were rounded with. */
export function linesOf(billing: Billing, units: Units, capacity: Capacity, place: Place): UsageLines {
  const gbS = divide(units.mbMs, mbMsPerGbS);
  const seconds = divide(units.billedMs, msPerS);
  const line =
    (provider: string, product: string) =>
    (dimension: string, quantity: Rational): UsageLine => ({
      provider,
      product,
      dimension,
      ...place,
      quantity,
    });
  switch (billing) {
    case 'aws-lambda':
    case 'aws-lambda-provisioned': {
      const of = line(place.region.startsWith('cn-') ? 'aws-china' : 'aws', 'lambda');
      const duration = billing === 'aws-lambda' ? 'duration' : 'provisioned-duration';
      const lines = [of(duration, gbS), of('requests', units.requests)];
      if (capacity.storageMb > 512)
        lines.push(
          of('ephemeral-storage', multiply(seconds, rational(BigInt(capacity.storageMb - 512), 1024n))),
        );
      return { lines, missing: [] };
    }
    case 'aws-lambda-edge': {
      const of = line('aws', 'lambda-at-edge');
      return { lines: [of('duration', gbS), of('requests', units.requests)], missing: [] };
    }
    case 'gcp-gen1': {
      const of = line('gcp', 'cloud-functions-gen1');
      const ghz = gen1Ghz[units.memoryMb];
      const lines = [of('memory', gbS), of('invocations', units.requests)];
      if (ghz === undefined && units.billedMs.n !== 0n)
        return { lines, missing: [`The GHz of a function with ${units.memoryMb} MB is not published.`] };
      return { lines: [...lines, of('cpu', multiply(seconds, ghz ?? rational(0n)))], missing: [] };
    }
    case 'gcp-run': {
      const of = line('gcp', 'cloud-run-request-based');
      const vcpu = capacity.vcpu ?? rational(1n);
      return {
        lines: [
          of('cpu-active', multiply(seconds, vcpu)),
          of('memory-active', gbS),
          of('requests', units.requests),
        ],
        missing: [],
      };
    }
    case 'azure-consumption': {
      const of = line('azure', 'functions-consumption');
      return { lines: [of('execution-time', gbS), of('executions', units.requests)], missing: [] };
    }
    case 'azure-flex': {
      const of = line('azure', 'functions-flex-consumption');
      return { lines: [of('on-demand-execution-time', gbS), of('executions', units.requests)], missing: [] };
    }
    case 'cloudflare': {
      const of = line('cloudflare', 'workers-standard');
      return {
        lines: [of('requests', units.requests), of('cpu', divide(units.cpuUs, usPerMs))],
        missing: [],
      };
    }
    case 'vercel-fluid': {
      const of = line('vercel', 'functions-fluid');
      const gbHours = divide(divide(units.mbMs, rational(1024n)), msPerHour);
      return {
        lines: [
          of('active-cpu', divide(divide(units.cpuUs, usPerMs), msPerHour)),
          of('provisioned-memory', gbHours),
          of('invocations', units.requests),
        ],
        missing: [],
      };
    }
    case 'self-hosted': {
      const of = line('self-hosted', 'kubernetes-default');
      const hours = divide(units.billedMs, msPerHour);
      const lines = [of('memory', divide(divide(units.mbMs, rational(1024n)), msPerHour))];
      if (capacity.vcpu === null)
        return { lines, missing: ['The vCPU of a self-hosted function is set under cost.functions.'] };
      return { lines: [of('cpu', multiply(hours, capacity.vcpu)), ...lines], missing: [] };
    }
  }
}

/** Configured provisioned concurrency: enabled time in seconds, rounded up to five minutes. */
export function provisionedGbS(concurrency: number, memoryMb: number, enabledMs: number): Rational {
  const seconds = BigInt(Math.ceil(enabledMs / 300_000)) * 300n;
  return rational(BigInt(concurrency) * BigInt(memoryMb) * seconds, 1024n);
}

/** Streamed bytes beyond the first 6 MB of each response, in GB of 1024 MB. */
export function streamedGb(responseBytes: number, count: Rational): Rational {
  const over = subtract(rational(BigInt(responseBytes)), rational(6n * 1024n * 1024n));
  if (over.n <= 0n) return rational(0n);
  return divide(multiply(over, count), rational(1024n ** 3n));
}
