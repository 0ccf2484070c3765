import type { InvocationProfile } from '../../../schemas/cost/price.js';
import { asyncUnits, billedRun } from '../../../schemas/cost/usage/billed-run.js';
import type { Billing } from '../../../schemas/cost/usage/billing.js';
import { add, decimal, floor, multiply, type Rational, rational } from '../exact/rational.js';
import { linesOf, provisionedGbS, streamedGb, type UsageLines } from './lines-of.js';
import type { UsageLine } from './usage-line.js';

/** The usual product of each provider comes first. */
const services: Readonly<Record<string, readonly (readonly [RegExp, Billing])[]>> = {
  aws: [
    [/edge/, 'aws-lambda-edge'],
    [/^(lambda|aws.?lambda|functions?)$/, 'aws-lambda'],
  ],
  gcp: [
    [/gen.?1/, 'gcp-gen1'],
    [/^(cloud.?run.*|.*gen.?2|cloud.?functions|functions?)$/, 'gcp-run'],
  ],
  azure: [
    [/flex/, 'azure-flex'],
    [/^(azure.?)?(functions?)?-?(consumption)?$/, 'azure-consumption'],
  ],
  cloudflare: [[/^workers.*$/, 'cloudflare']],
  vercel: [[/^(functions?|fluid|functions-fluid|fluid-compute)$/, 'vercel-fluid']],
  'self-hosted': [[/^.*$/, 'self-hosted']],
};
const usual: Readonly<Record<string, Billing>> = {
  aws: 'aws-lambda',
  gcp: 'gcp-run',
  azure: 'azure-consumption',
  cloudflare: 'cloudflare',
  vercel: 'vercel-fluid',
  'self-hosted': 'self-hosted',
};
const providerAliases: Readonly<Record<string, string>> = { google: 'gcp', knative: 'self-hosted' };
const archAliases: Readonly<Record<string, string>> = {
  x86: 'x86_64',
  amd64: 'x86_64',
  arm: 'arm64',
  aarch64: 'arm64',
};

/** The rule a profile is billed by; null when the provider has no such product. */
export function billingOfProfile({ provider, service, isProvisioned }: InvocationProfile): Billing | null {
  const name = providerAliases[provider] ?? provider;
  if (service === undefined)
    return name === 'aws' && isProvisioned ? 'aws-lambda-provisioned' : (usual[name] ?? null);
  const found = services[name]?.find(([pattern]) => pattern.test(service.toLowerCase()))?.[1] ?? null;
  return found === 'aws-lambda' && isProvisioned ? 'aws-lambda-provisioned' : found;
}

export function archOf(arch: string): string {
  return archAliases[arch] ?? arch;
}

/** The lines of so many like runs: one is rounded, then multiplied. */
export function profileLines(billing: Billing, profile: InvocationProfile, at: Date): UsageLines {
  const coldCount = Math.min(profile.count, profile.coldCount ?? profile.count);
  const initNs = nsOf(profile.initMs);
  const cold = unitsOf(billing, profile, at, initNs, coldCount);
  const warm = unitsOf(billing, profile, at, 0, profile.count - coldCount);
  const memoryMb = profile.memoryMb ?? 0;
  const units = {
    requests: add(cold.requests, warm.requests),
    billedMs: add(cold.billedMs, warm.billedMs),
    mbMs: add(cold.mbMs, warm.mbMs),
    cpuUs: add(cold.cpuUs, warm.cpuUs),
    memoryMb,
  };
  const place = { region: profile.region, arch: archOf(profile.arch) };
  const capacity = {
    vcpu: profile.vcpu === undefined ? null : decimal(profile.vcpu),
    storageMb: profile.ephemeralStorageMb ?? 512,
  };
  const { lines, missing } = linesOf(billing, units, capacity, place);
  return {
    lines: [...lines, ...extraLines(profile, place)].filter(({ quantity }) => quantity.n !== 0n),
    missing,
  };
}

function unitsOf(billing: Billing, profile: InvocationProfile, at: Date, initNs: number, count: number) {
  const billed = billedRun(billing, {
    startedMs: at.getTime(),
    durationNs: nsOf(profile.durationMs),
    initNs,
    memoryMb: profile.memoryMb ?? 0,
    memoryUsedMb: profile.usedMemoryMb ?? profile.memoryMb ?? 0,
    cpuUs: profile.cpuMs === undefined ? null : nsOf(profile.cpuMs) / 1000,
    isAsync: profile.isAsync,
    payloadBytes: profile.payloadBytes ?? null,
    isRefused: false,
    hadFreeInit: profile.packageType === 'zip' && profile.runtime === 'managed' && !profile.isProvisioned,
  });
  const times = rational(BigInt(count));
  const requestUnits = profile.isAsync ? asyncUnits(profile.payloadBytes ?? 0) : billed.requestUnits;
  return {
    requests: multiply(times, rational(BigInt(requestUnits))),
    billedMs: multiply(times, rational(BigInt(billed.billedMs))),
    mbMs: multiply(times, rational(BigInt(billed.billedMs) * BigInt(billed.memoryMb))),
    cpuUs: multiply(times, decimal(String(billed.cpuUs))),
  };
}

function extraLines(profile: InvocationProfile, place: { region: string; arch: string }): UsageLine[] {
  const lines: UsageLine[] = [];
  const lambda = (dimension: string, quantity: Rational) =>
    lines.push({ provider: 'aws', product: 'lambda', dimension, ...place, quantity });
  const memoryMb = profile.memoryMb ?? 0;
  if (profile.provisioned !== undefined)
    lambda(
      'provisioned-concurrency',
      provisionedGbS(profile.provisioned.concurrency, memoryMb, profile.provisioned.enabledMs),
    );
  if (profile.streamedBytes !== undefined)
    lambda('response-streaming', streamedGb(profile.streamedBytes, rational(BigInt(profile.count))));
  if (profile.snapStart !== undefined) {
    const { versions, cachedMs, restores } = profile.snapStart;
    const leastMs = Math.max(cachedMs, 3 * 3_600_000);
    lambda('snapstart-cache', rational(BigInt(versions) * BigInt(leastMs) * BigInt(memoryMb), 1_024_000n));
    lambda('snapstart-restore', rational(BigInt(restores) * BigInt(memoryMb), 1024n));
  }
  if (profile.monthsOfSubscription > 0)
    lines.push({
      provider: 'cloudflare',
      product: 'workers-standard',
      dimension: 'subscription',
      ...place,
      quantity: rational(BigInt(profile.monthsOfSubscription)),
    });
  return lines;
}

/** Started nanoseconds of a decimal of milliseconds. */
function nsOf(ms: string): number {
  const exact = multiply(decimal(ms), rational(1_000_000n));
  const whole = floor(exact);
  return Number(whole * exact.d === exact.n ? whole : whole + 1n);
}
