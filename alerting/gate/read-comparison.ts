import { z } from 'zod';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import type { Comparison, VersionReading } from './decide-gate.js';
import { leastRuns } from './decide-gate.js';

const VERSIONS = `
  SELECT version, toUnixTimestamp64Milli(toDateTime64(min(first_at), 3, 'UTC')) AS first_ms
  FROM function_versions
  WHERE tenant = {tenant: String} AND function = {function: String}
    AND ({environment: Nullable(String)} IS NULL OR environment = {environment: Nullable(String)})
  GROUP BY version
  ORDER BY first_ms DESC, version` as const;

const RUNS = `
  SELECT version = {version: String} AS is_candidate, sum(n * weight) AS total,
    sumIf(n * weight, outcome IN ('error', 'timeout', 'oom')) AS bad
  FROM invocations_1m
  WHERE tenant = {tenant: String} AND function = {function: String}
    AND ({environment: Nullable(String)} IS NULL OR environment = {environment: Nullable(String)})
    AND minute >= {from: DateTime64(3, 'UTC')} AND minute < {to: DateTime64(3, 'UTC')}
    AND outcome NOT IN ('throttled', 'rejected')
  GROUP BY is_candidate` as const;

const LATENCY = `
  SELECT version = {version: String} AS is_candidate, bucket, sum(n * weight) AS runs
  FROM latency_1m
  WHERE tenant = {tenant: String} AND function = {function: String}
    AND ({environment: Nullable(String)} IS NULL OR environment = {environment: Nullable(String)})
    AND minute >= {from: DateTime64(3, 'UTC')} AND minute < {to: DateTime64(3, 'UTC')}
    AND NOT cold AND NOT failed
  GROUP BY is_candidate, bucket
  HAVING runs > 0` as const;

const Version = z.object({ version: z.string(), first_ms: z.coerce.number() });
const Runs = z.object({ is_candidate: z.coerce.boolean(), total: z.number(), bad: z.number() });
const Latency = z.object({ is_candidate: z.coerce.boolean(), bucket: z.number(), runs: z.number() });

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

export type VersionQuestion = {
  function: string;
  environment: string | null;
  version: string | null;
  now: Date;
};

/**
 * The newest version, or the one asked for, against what ran beside it since it began, up to a day; where too little ran beside
 * it, against as long a time (an hour at least) before it began.
 */
export async function readComparison(
  warehouse: TenantWarehouse,
  { function: name, environment, version, now }: VersionQuestion,
): Promise<Comparison | 'not-seen' | 'only-one'> {
  const place = { function: name, environment };
  const versions = await warehouse.query(VERSIONS, place, Version);
  const candidate = versions.find((one) => version === null || one.version === version);
  if (candidate === undefined) return 'not-seen';
  if (!versions.some((one) => one.version !== candidate.version)) return 'only-one';
  const beganMs = Math.floor(candidate.first_ms / minuteMs) * minuteMs;
  const endMs = Math.floor(now.getTime() / minuteMs) * minuteMs + minuteMs;
  const fromMs = Math.max(beganMs, endMs - dayMs);
  const read = async (from: number, to: number) => {
    const asked = { ...place, version: candidate.version, from: new Date(from), to: new Date(to) };
    const runs = await warehouse.query(RUNS, asked, Runs);
    const latency = await warehouse.query(LATENCY, asked, Latency);
    const of = (isCandidate: boolean): VersionReading => {
      const row = runs.find(({ is_candidate }) => is_candidate === isCandidate);
      const buckets = latency.filter(({ is_candidate }) => is_candidate === isCandidate);
      return {
        bad: Math.round(row?.bad ?? 0),
        total: Math.round(row?.total ?? 0),
        latency: new Map(buckets.map(({ bucket, runs: n }) => [bucket, n])),
      };
    };
    return { candidate: of(true), other: of(false) };
  };
  const beside = await read(fromMs, endMs);
  const { version: named } = candidate;
  if (beside.other.total >= leastRuns)
    return { version: named, basis: 'side-by-side', candidate: beside.candidate, running: beside.other };
  const lengthMs = Math.min(dayMs, Math.max(hourMs, endMs - fromMs));
  const before = await read(beganMs - lengthMs, beganMs);
  return { version: named, basis: 'before', candidate: beside.candidate, running: before.other };
}
