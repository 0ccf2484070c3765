import type { Answered } from '../../http/create-app.js';
import { createLatencyRecorder } from '../../http/metrics/latency.js';
import type { MetricFamily, MetricSource } from '../../http/metrics/metric-family.js';
import type { LiveStats } from '../../query/live/live-hub.js';
import type { DiskReport } from '../../warehouse/disk/disk-guard.js';
import type { FinishedStatement } from '../../warehouse/watched-warehouse.js';

/** Collects what the parts report about themselves and shows it at each scrape. */
export function createOwnMetrics(nowMs: () => number) {
  const requests = createLatencyRecorder(
    'coldburn_http_request_duration_seconds',
    'Requests answered on the web port, by route and status',
    nowMs,
  );
  const statements = createLatencyRecorder(
    'coldburn_warehouse_statement_duration_seconds',
    'Statements run in ClickHouse, waiting for their turn included',
    nowMs,
  );
  const source: MetricSource = () => [requests.family(), statements.family()];
  return {
    source,
    answered: ({ method, route, status, durationMs }: Answered) =>
      requests.record({ method, route: route ?? 'unknown', status: String(status) }, durationMs),
    finished: ({ verb, outcome, durationMs }: FinishedStatement) =>
      statements.record({ verb, outcome }, durationMs),
  };
}

/** Open pages that follow live events. */
export function liveMetrics(stats: () => LiveStats): MetricSource {
  return () => {
    const { clients, sent, refusedFull, droppedSlow } = stats();
    return [
      family('coldburn_live_clients', 'gauge', 'Open pages that follow live events', [{ value: clients }]),
      family('coldburn_live_events_total', 'counter', 'Live events sent', [{ value: sent }]),
      family('coldburn_live_refused_total', 'counter', 'Live connections refused or cut, by reason', [
        { labels: { reason: 'full' }, value: refusedFull },
        { labels: { reason: 'slow' }, value: droppedSlow },
      ]),
    ];
  };
}

/** Free space of each disk the guard watches; a disk that cannot be read has no line. */
export function diskMetrics(current: () => DiskReport): MetricSource {
  return () => {
    const disks = current().disks.flatMap(({ reading, state }) =>
      reading.kind === 'measured' ? [{ labels: { disk: reading.name }, space: reading.space, state }] : [],
    );
    return [
      family(
        'coldburn_disk_free_bytes',
        'gauge',
        'Free space of a watched disk',
        disks.map(({ labels, space }) => ({ labels, value: space.freeBytes })),
      ),
      family(
        'coldburn_disk_full',
        'gauge',
        '1 while no more data is taken because the disk is full',
        disks.map(({ labels, state }) => ({ labels, value: state === 'full' ? 1 : 0 })),
      ),
    ];
  };
}

function family(
  name: string,
  type: MetricFamily['type'],
  help: string,
  samples: MetricFamily['samples'],
): MetricFamily {
  return { name, type, help, samples };
}
