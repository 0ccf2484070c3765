import type { AlertStats } from '../../alerting/tick/alert-job.js';
import type { MetricFamily } from '../../http/metrics/metric-family.js';

/** How decisions on alerts go. */
export function alertMetrics(stats: AlertStats): MetricFamily[] {
  const family = (
    type: 'gauge' | 'counter',
    name: string,
    help: string,
    value: number | null,
  ): MetricFamily => {
    return { name, help, type, samples: value === null ? [] : [{ value }] };
  };
  const { decidedUntilMs, delayMs, lastTickMs } = stats;
  const untilS = decidedUntilMs === null ? null : decidedUntilMs / 1000;
  return [
    family(
      'gauge',
      'coldburn_alerting_decided_until_timestamp_seconds',
      'Last minute that was decided',
      untilS,
    ),
    family(
      'gauge',
      'coldburn_alerting_delay_seconds',
      'How late telemetry comes, and decisions with it',
      delayMs / 1000,
    ),
    family('gauge', 'coldburn_alerting_tick_seconds', 'How long the last look took', lastTickMs / 1000),
    family('gauge', 'coldburn_incidents_open', 'Incidents that are open', stats.open),
    family(
      'gauge',
      'coldburn_incidents_withheld',
      'Rules that are met though nobody is told',
      stats.withheld,
    ),
    family(
      'counter',
      'coldburn_incident_events_total',
      'Events of incidents that were written',
      stats.events,
    ),
    family(
      'counter',
      'coldburn_alerting_failures_total',
      'Looks that failed and were repeated',
      stats.failures,
    ),
  ];
}
