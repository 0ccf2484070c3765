import type { MetricFamily } from '../../http/metrics/metric-family.js';
import type { IngestCounts } from '../../ingest/counters.js';
import { limitNames, limitOutcomes } from '../../ingest/limits/limit-settings.js';

type Samples = MetricFamily['samples'];

/** What limits did to items, and what sampling kept and dropped. */
export function limitFamilies({ limits, sampling, malformedTraceStates }: IngestCounts): MetricFamily[] {
  return [
    counter(
      'coldburn_ingest_limited_total',
      'How often a limit applied, by the setting under ingest.limits and by what became of what was over it',
      limitNames.map((limit) => ({
        labels: { limit, outcome: limitOutcomes[limit] },
        value: limits[limit],
      })),
    ),
    counter(
      'coldburn_ingest_sampling_kept_total',
      'Items kept while sampling, by the reason they were kept for',
      signals.flatMap(({ key, signal }) =>
        Object.entries(sampling[key].kept).map(([reason, value]) => ({ labels: { signal, reason }, value })),
      ),
    ),
    counter(
      'coldburn_ingest_sampling_dropped_total',
      'Items acknowledged and sampled away',
      signals.map(({ key, signal }) => ({ labels: { signal }, value: sampling[key].dropped })),
    ),
    counter(
      'coldburn_ingest_malformed_trace_states_total',
      'Runs whose upstream sampling threshold (ot=th:) cannot be read; each counts as one',
      [{ value: malformedTraceStates }],
    ),
  ];
}

const signals = [
  { key: 'traces', signal: 'spans' },
  { key: 'logs', signal: 'log_records' },
] as const;

function counter(name: string, help: string, samples: Samples): MetricFamily {
  return { name, help, type: 'counter', samples };
}
