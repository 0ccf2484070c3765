import type { TellStats } from '../../alerting/outbox/tell-job.js';
import type { MetricFamily, MetricSource } from '../../http/metrics/metric-family.js';

const reasons = ['silence', 'mute-time', 'deploy-window', 'inhibited', 'joined', 'duplicate'] as const;

/** What telling people says about itself; nothing while this process does not tell. */
export function tellMetrics(stats: () => TellStats | null): MetricSource {
  return () => {
    const current = stats();
    if (current === null) return [];
    const {
      failed,
      failures,
      givenUp,
      held,
      lastTickAtMs,
      lastTickMs,
      openThreads,
      planned,
      sent,
      unreached,
      waiting,
    } = current;
    return [
      one('coldburn_notices_planned_total', 'counter', 'Notices decided on', planned),
      {
        name: 'coldburn_notice_attempts_total',
        help: 'Attempts to deliver a notice, by what came of them',
        type: 'counter',
        samples: Object.entries({ sent, failed, 'given-up': givenUp }).map(([outcome, value]) => ({
          labels: { outcome },
          value,
        })),
      },
      one('coldburn_notices_waiting', 'gauge', 'Notices not yet delivered', waiting),
      one(
        'coldburn_notice_threads_open',
        'gauge',
        'What receivers were told of and that goes on',
        openThreads,
      ),
      {
        name: 'coldburn_notices_held',
        help: 'Open incidents that a receiver is not told of now, by reason',
        type: 'gauge',
        samples: reasons.map((reason) => ({
          labels: { reason },
          value: held.filter((each) => each.reason === reason).length,
        })),
      },
      {
        name: 'coldburn_receiver_unreached',
        help: '1 for each receiver that is left alone for a while because it does not answer',
        type: 'gauge',
        samples: unreached.map((receiver) => ({ labels: { receiver }, value: 1 })),
      },
      one('coldburn_telling_failures_total', 'counter', 'Looks that failed and were repeated', failures),
      one('coldburn_telling_tick_seconds', 'gauge', 'How long the last look took', lastTickMs / 1000),
      {
        name: 'coldburn_telling_last_tick_timestamp_seconds',
        help: 'When the last look began',
        type: 'gauge',
        samples: lastTickAtMs === null ? [] : [{ value: lastTickAtMs / 1000 }],
      },
    ];
  };
}

function one(name: string, type: MetricFamily['type'], help: string, value: number): MetricFamily {
  return { name, help, type, samples: [{ value }] };
}
