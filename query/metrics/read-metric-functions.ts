import type { FunctionSummary } from '../../schemas/functions.js';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import { shareOf } from '../functions/share-of.js';
import { bucketMs } from '../latency/bucket.js';
import { type BucketCounts, mergeCounts, quantileBucket, totalOf } from '../latency/bucket-counts.js';
import { durationMetrics } from './duration-metrics.js';
import { foldSeries } from './fold-series.js';
import { type MetricSeries, readMetricSenders, readMetricSeries } from './read-metric-series.js';

export type MetricQuestion = {
  from: Date;
  to: Date;
  environment: string | null;
  /** Functions known by their invocations; their metrics tell of the same runs. */
  isKnown: (name: string, environment: string) => boolean;
};

/** Functions of which only metrics came, with counts exact and percentiles as fine as the buckets they sent. */
export async function readMetricFunctions(
  warehouse: TenantWarehouse,
  { from, to, environment, isKnown }: MetricQuestion,
  options?: StatementOptions,
): Promise<FunctionSummary[]> {
  const asked = { from, to, metrics: durationMetrics };
  const senders = await readMetricSenders(warehouse, { ...asked, environment }, options);
  const unknown = senders.filter((sender) => !isKnown(sender.function, sender.environment));
  if (unknown.length === 0) return [];
  const names = {
    functions: unknown.map((sender) => sender.function),
    environments: unknown.map((sender) => sender.environment),
  };
  const series = await readMetricSeries(warehouse, { ...asked, ...names }, options);
  return unknown.flatMap((sender) => {
    const own = series.filter(
      (one) => one.function === sender.function && one.environment === sender.environment,
    );
    const metric = durationMetrics.find((name) => own.some((one) => one.metric === name));
    const summary = summaryOf(own.filter((one) => one.metric === metric));
    return summary === null ? [] : [summary];
  });
}

function summaryOf(series: readonly MetricSeries[]): FunctionSummary | null {
  const [first] = series;
  const counts = mergeCounts(series.map(foldSeries));
  const invocations = Math.round(totalOf(counts));
  if (first === undefined || invocations === 0) return null;
  const failed = series.filter((one) => one.failed);
  const error = Math.round(totalOf(mergeCounts(failed.map(foldSeries))));
  const ok = invocations - error;
  return {
    function: first.function,
    environment: first.environment,
    team: '',
    provider: first.provider,
    region: first.region,
    source: 'metrics',
    invocations,
    good: ok,
    bad: error,
    outcomes: { ok, error, timeout: 0, oom: 0, throttled: 0, rejected: 0 },
    successRatio: series.some((one) => one.tells) ? shareOf(ok, invocations) : null,
    p50Ms: quantileMs(counts, 0.5),
    p95Ms: quantileMs(counts, 0.95),
    p99Ms: quantileMs(counts, 0.99),
    coldStarts: 0,
    coldStartRatio: null,
    throttles: null,
    throttleRatio: null,
    retries: null,
    duplicates: null,
    concurrencyMax: null,
    coverageRatio: null,
    costUsd: null,
    costPerMillionUsd: null,
    isCritical: false,
    seen: null,
    lastSeenAt: new Date(Math.max(...series.map((one) => one.last_ms))).toISOString(),
  };
}

function quantileMs(counts: BucketCounts, quantile: number): number | null {
  const bucket = quantileBucket(counts, quantile);
  return bucket === null ? null : bucketMs(bucket);
}
