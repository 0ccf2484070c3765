import { createLatencyRecorder } from '../../http/metrics/latency.js';
import type { MetricFamily, MetricSource } from '../../http/metrics/metric-family.js';
import type { IngestStats } from '../../ingest/start-ingest.js';
import { limitFamilies } from './limit-metrics.js';

/** What the receiver says about itself. `stats` is null while it has not started or has no role here. */
export function createIngestMetrics(nowMs: () => number, stats: () => IngestStats | null) {
  const stages = createLatencyRecorder(
    'coldburn_ingest_duration_seconds',
    'Stages of taking telemetry: acknowledging a request, syncing the spool, inserting a segment',
    nowMs,
  );
  const source: MetricSource = () => {
    const current = stats();
    return current === null ? [] : [stages.family(), ...families(current)];
  };
  return { source, recordMs: (stage: string, ms: number) => stages.record({ stage }, ms) };
}

function families({ counts, spool, evictedRequests }: IngestStats): MetricFamily[] {
  return [
    counter('coldburn_ingest_requests_total', 'Requests that arrived on the OTLP ports', counts.requests),
    ...accepted(counts.signals),
    counter('coldburn_ingest_accepted_invocations_total', 'Invocations found', counts.acceptedInvocations),
    counter(
      'coldburn_ingest_invocations_only_total',
      'Spans stored as invocations only: older than spans are kept',
      counts.invocationsOnly,
    ),
    counter('coldburn_ingest_accepted_bytes_total', 'Accepted bytes, as they came', counts.acceptedBytes),
    counter(
      'coldburn_ingest_duplicate_requests_total',
      'Requests that came again: acknowledged, not stored',
      counts.duplicateRequests,
    ),
    counter(
      'coldburn_ingest_evicted_requests_total',
      'Requests forgotten before the duplicate window ended, because too many came',
      evictedRequests,
    ),
    byReason(
      'coldburn_ingest_redacted_values_total',
      'Secrets replaced before storing, by rule',
      counts.redactions,
    ),
    ...limitFamilies(counts),
    ...refused(counts.signals),
    byReason('coldburn_ingest_refused_requests_total', 'Requests refused, by reason', counts.refusedRequests),
    gauge('coldburn_spool_bytes', 'Acknowledged telemetry not yet in ClickHouse', spool.bytes),
    gauge('coldburn_spool_quota_bytes', 'Beyond this much, senders get 503', spool.quotaBytes),
    gauge('coldburn_spool_segments', 'Segments waiting to be inserted', spool.segments),
    gauge(
      'coldburn_spool_oldest_age_seconds',
      'Age of the oldest rows not yet in ClickHouse',
      spool.oldestAgeMs === null ? null : spool.oldestAgeMs / 1000,
    ),
    counter('coldburn_spool_inserted_segments_total', 'Segments inserted', spool.insertedSegments),
    counter(
      'coldburn_spool_insert_failures_total',
      'Inserts that failed and were tried again',
      spool.insertFailures,
    ),
    counter('coldburn_spool_poisoned_total', 'Segments set aside for good', spool.poisonedTables),
    counter('coldburn_spool_commit_failures_total', 'Writes the disk refused', spool.commitFailures),
  ];
}

type Signals = IngestStats['counts']['signals'];

function accepted({ traces, metrics, logs }: Signals): MetricFamily[] {
  return [
    counter('coldburn_ingest_accepted_spans_total', 'Spans acknowledged', traces.acceptedItems),
    counter(
      'coldburn_ingest_accepted_data_points_total',
      'Metric data points acknowledged',
      metrics.acceptedItems,
    ),
    counter('coldburn_ingest_accepted_log_records_total', 'Log records acknowledged', logs.acceptedItems),
  ];
}

function refused({ traces, metrics, logs }: Signals): MetricFamily[] {
  return [
    byReason('coldburn_ingest_refused_spans_total', 'Spans refused, by reason', traces.refusedItems),
    byReason(
      'coldburn_ingest_refused_data_points_total',
      'Metric data points refused, by reason',
      metrics.refusedItems,
    ),
    byReason(
      'coldburn_ingest_refused_log_records_total',
      'Log records refused, by reason',
      logs.refusedItems,
    ),
  ];
}

function counter(name: string, help: string, value: number): MetricFamily {
  return { name, help, type: 'counter', samples: [{ value }] };
}

function gauge(name: string, help: string, value: number | null): MetricFamily {
  return { name, help, type: 'gauge', samples: value === null ? [] : [{ value }] };
}

function byReason(
  name: string,
  help: string,
  counts: Readonly<Record<string, number | undefined>>,
): MetricFamily {
  const samples = Object.entries(counts).map(([reason, value]) => ({
    labels: { reason },
    value: value ?? 0,
  }));
  return { name, help, type: 'counter', samples };
}
