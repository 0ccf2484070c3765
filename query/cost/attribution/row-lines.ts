import type { CostSettings } from '../../../schemas/config/cost.js';
import type { CostNote } from '../../../schemas/cost/price.js';
import { type Billing, billings } from '../../../schemas/cost/usage/billing.js';
import { namePattern } from '../../name-pattern.js';
import { add, decimal, fromNumber, multiply, type Rational, rational } from '../exact/rational.js';
import { linesOf } from '../pricing/lines-of.js';
import type { UsageLine } from '../pricing/usage-line.js';

/** Sums of usage that share everything a price depends on. */
export type UsageSums = {
  k_function: string;
  k_region: string;
  k_arch: string;
  billing: string;
  memory_mb: number;
  weight: number;
  units: bigint;
  ms: bigint;
  mb_ms: bigint;
  cpu: bigint;
  ms_without_memory: bigint;
};

/** What the configuration says of one function, the first entry that says something. */
export type FunctionSettings = {
  arch: string;
  memoryMb: number;
  vcpu: Rational | null;
  storageMb: number;
};

export type SettingsOf = (functionName: string) => FunctionSettings;

/** Remembers each name, because a fleet has few and a window has many rows. */
export function functionSettings({ functions }: Pick<CostSettings, 'functions'>): SettingsOf {
  const known = new Map<string, FunctionSettings>();
  const compiled = functions.map((entry) => ({ entry, patterns: entry.functions.map(namePattern) }));
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const matching = compiled
      .filter(({ patterns }) => patterns.some((pattern) => pattern.test(name)))
      .map(({ entry }) => entry);
    const vcpu = matching.find((entry) => entry.vcpu !== undefined)?.vcpu;
    const settings = {
      arch: matching.find(({ arch }) => arch !== undefined)?.arch ?? '',
      memoryMb: matching.find(({ memoryMb }) => memoryMb !== undefined)?.memoryMb ?? 0,
      vcpu: vcpu === undefined ? null : decimal(vcpu),
      storageMb: matching.find((entry) => entry.ephemeralStorageMb !== undefined)?.ephemeralStorageMb ?? 512,
    };
    known.set(name, settings);
    return settings;
  };
}

const byMemory: ReadonlySet<string> = new Set<Billing>(billings.filter((name) => name !== 'cloudflare'));

export type RowLines = { lines: UsageLine[]; notes: CostNote[]; isBilled: boolean };

/** The lines one row of sums makes. Runs that stand for others when the sender sampled count that often. */
export function rowLines(row: UsageSums, settingsOf: SettingsOf): RowLines {
  const billing = billings.find((name) => name === row.billing);
  if (billing === undefined) return { lines: [], notes: [], isBilled: false };
  const settings = settingsOf(row.k_function);
  const weight = row.weight === 1 ? null : fromNumber(row.weight);
  const times = (units: bigint) => (weight === null ? rational(units) : multiply(rational(units), weight));
  const notes: CostNote[] = [];
  let mbMs = times(row.mb_ms);
  if (row.ms_without_memory !== 0n && byMemory.has(billing)) {
    if (settings.memoryMb > 0)
      mbMs = add(
        mbMs,
        multiply(times(row.ms_without_memory), rational(BigInt(billedMemory(billing, settings.memoryMb)))),
      );
    else
      notes.push({
        code: 'unknown-usage',
        message: `Nothing tells how much memory ${row.k_function} has, so that part of its cost is missing; set memoryMb under cost.functions.`,
      });
  }
  const memoryMb = row.memory_mb || settings.memoryMb;
  const units = {
    requests: times(row.units),
    billedMs: times(row.ms),
    mbMs,
    cpuUs: times(row.cpu),
    memoryMb,
  };
  const place = { region: row.k_region, arch: settings.arch || row.k_arch };
  const { lines, missing } = linesOf(billing, units, settings, place);
  if (billing === 'gcp-run' && settings.vcpu === null && row.ms !== 0n)
    notes.push({
      code: 'assumed-capacity',
      message: `${row.k_function} is taken to have one vCPU, the default; set vcpu under cost.functions.`,
    });
  notes.push(
    ...missing.map((message) => ({
      code: 'unknown-usage' as const,
      message: `${row.k_function}: ${message}`,
    })),
  );
  return { lines: lines.filter(({ quantity }) => quantity.n !== 0n), notes, isBilled: true };
}

function billedMemory(billing: Billing, memoryMb: number): number {
  return billing === 'azure-consumption' ? Math.min(1536, Math.ceil(memoryMb / 128) * 128) : memoryMb;
}
