import type { MetricFamily, MetricSource } from '../../http/metrics/metric-family.js';
import type { SettleStats } from '../../settle/settle-stats.js';

/** What settling says about itself; nothing while this process does not settle. */
export function settleMetrics(stats: () => SettleStats | null): MetricSource {
  return () => {
    const current = stats();
    if (current === null) return [];
    const { corrected, reported, inferred, cancelled } = current.corrections;
    return [
      one('coldburn_settle_requests_total', 'counter', 'Requests decided on', current.requests),
      {
        name: 'coldburn_settle_corrections_total',
        help: 'Invocations corrected, made from a report, inferred, and cancelled',
        type: 'counter',
        samples: Object.entries({ corrected, reported, inferred, cancelled }).map(([kind, value]) => ({
          labels: { kind },
          value,
        })),
      },
      one(
        'coldburn_settle_failures_total',
        'counter',
        'Looks that failed and were repeated',
        current.failures,
      ),
      one(
        'coldburn_settle_crowded_total',
        'counter',
        'Requests left alone because hundreds of runs share their id',
        current.crowded,
      ),
      one(
        'coldburn_settle_lag_seconds',
        'gauge',
        'How long ago the oldest came that is still to be settled',
        current.lagMs / 1000,
      ),
      one('coldburn_settle_tick_seconds', 'gauge', 'How long the last look took', current.lastTickMs / 1000),
      {
        name: 'coldburn_settle_last_tick_timestamp_seconds',
        help: 'When the last look ended',
        type: 'gauge',
        samples: current.lastTickAtMs === null ? [] : [{ value: current.lastTickAtMs / 1000 }],
      },
    ];
  };
}

function one(name: string, type: MetricFamily['type'], help: string, value: number): MetricFamily {
  return { name, type, help, samples: [{ value }] };
}
