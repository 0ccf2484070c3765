import type { FunctionSummary } from '../../schemas/functions.js';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import { readMetricFunctions } from '../metrics/read-metric-functions.js';
import { isKeptRaw, type WindowParts, windowParts } from '../window/window-parts.js';
import { type FunctionCounts, type FunctionsFilter, readCounts } from './read-counts.js';
import {
  type Percentiles,
  readBucketPercentiles,
  readExactPercentiles,
  type Whom,
} from './read-percentiles.js';
import { readWholeFigures, unknownFigures, wholeKey } from './read-whole-figures.js';
import { shareOf } from './share-of.js';
import { maxWindowMs } from './window-of.js';

/** Up to as many runs, percentiles are taken from the rows themselves: exact, and cheap because they are few. */
const fewRuns = 512;
/** Of all names given to one statement, which the engine bounds. */
const maxNamesLength = 60_000;

/** A window [from, to) and what to keep of it; null keeps all. */
export type FunctionsQuestion = FunctionsFilter & { from: Date; to: Date; limit: number };

export type FunctionsAnswer = { functions: FunctionSummary[]; truncated: boolean; from: Date; to: Date };

/** The functions with invocations in the window, busiest first, and whether `limit` cut some off. */
export async function readFunctions(
  warehouse: TenantWarehouse,
  { from, to, limit, ...filter }: FunctionsQuestion,
  now: Date,
  options?: StatementOptions,
): Promise<FunctionsAnswer> {
  const parts = windowParts({ from, to }, now);
  // The slowest question, and nothing else waits for it: it is asked beside all the others.
  const [whole, answer] = await Promise.all([
    readWholeFigures(warehouse, { from, to, environment: filter.environment }, options),
    readRows(warehouse, { parts, filter, limit }, now, options),
  ]);
  // Of a function that sends only metrics, no run is seen, so nothing could be said of how much of it is.
  const functions = answer.functions.map((row) =>
    row.source === 'invocations' ? { ...row, ...whole.get(wholeKey(row)) } : row,
  );
  return { ...answer, functions, from: parts.from, to: parts.to };
}

type RowsQuestion = { parts: WindowParts; filter: FunctionsFilter; limit: number };

async function readRows(
  warehouse: TenantWarehouse,
  { parts, filter, limit }: RowsQuestion,
  now: Date,
  options?: StatementOptions,
): Promise<Pick<FunctionsAnswer, 'functions' | 'truncated'>> {
  const [counts, percentiles] = await Promise.all([
    readCounts(warehouse, { ...parts, ...filter, limit: limit + 1 }, options),
    readBucketPercentiles(warehouse, { ...parts, ...filter }, options),
  ]);
  const listed = counts.slice(0, limit);
  const known = new Map(percentiles.map((one) => [keyOf(one), one]));
  const few = isKeptRaw(parts, now)
    ? namesOf(listed.filter((row) => ranOf(row) > 0 && ranOf(row) <= fewRuns))
    : null;
  if (few !== null && few.functions.length > 0) {
    const exact = await readExactPercentiles(warehouse, { ...parts, ...filter, ...few }, options);
    for (const one of exact) known.set(keyOf(one), one);
  }
  const fromMetrics = await readSentAsMetrics(
    warehouse,
    { ...parts, ...filter },
    counts,
    counts.length > limit,
    options,
  );
  const functions = [...listed.map((row) => summaryOf(row, known.get(keyOf(row)) ?? null)), ...fromMetrics]
    .sort((one, other) => other.invocations - one.invocations)
    .slice(0, limit);
  return { functions, truncated: counts.length + fromMetrics.length > limit };
}

/** Points tell no owner and live 30 days. Of a list that is cut it is not known whom it leaves out, so none are added. */
async function readSentAsMetrics(
  warehouse: TenantWarehouse,
  { from, to, environment, team }: FunctionsFilter & { from: Date; to: Date },
  counts: readonly FunctionCounts[],
  isCut: boolean,
  options?: StatementOptions,
): Promise<FunctionSummary[]> {
  if (team !== null || isCut || to.getTime() - from.getTime() > maxWindowMs) return [];
  const byRows = new Set(counts.map((row) => JSON.stringify([row.function, row.environment])));
  const isKnown = (name: string, place: string) => byRows.has(JSON.stringify([name, place]));
  return await readMetricFunctions(warehouse, { from, to, environment, isKnown }, options);
}

function keyOf({ function: name, environment, team, provider, region }: Whom): string {
  return JSON.stringify([name, environment, team, provider, region]);
}

function ranOf({ invocations, throttled, rejected }: FunctionCounts): number {
  return invocations - throttled - rejected;
}

/** Environments and functions pairwise, as many as one statement takes. */
function namesOf(rows: readonly FunctionCounts[]): { environments: string[]; functions: string[] } {
  const names = { environments: [] as string[], functions: [] as string[] };
  let length = 0;
  for (const row of rows) {
    length += row.environment.length + row.function.length + 6;
    if (length > maxNamesLength) break;
    names.environments.push(row.environment);
    names.functions.push(row.function);
  }
  return names;
}

function summaryOf(row: FunctionCounts, percentiles: Percentiles | null): FunctionSummary {
  const { function: name, environment, team, provider, region, invocations } = row;
  const { ok, error, timeout, oom, throttled, rejected } = row;
  return {
    function: name,
    environment,
    team,
    provider,
    region,
    source: 'invocations',
    invocations,
    seen: row.seen,
    good: ok,
    bad: invocations - ok,
    outcomes: { ok, error, timeout, oom, throttled, rejected },
    successRatio: shareOf(ok, invocations),
    p50Ms: percentiles?.p50Ms ?? null,
    p95Ms: percentiles?.p95Ms ?? null,
    p99Ms: percentiles?.p99Ms ?? null,
    coldStarts: row.cold_starts,
    coldStartRatio: shareOf(row.cold_starts, invocations),
    ...unknownFigures,
    retries: row.retries,
    duplicates: row.duplicates,
    costUsd: null,
    costPerMillionUsd: null,
    isCritical: false,
    lastSeenAt: new Date(row.last_seen_ms).toISOString(),
  };
}
