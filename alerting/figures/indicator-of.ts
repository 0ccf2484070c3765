import { everything } from '../../query/sli/dimensions.js';
import type { SliQuestion } from '../../query/sli/sli.js';
import type { QueueSettings } from '../../schemas/queue-settings.js';
import type { SliName } from '../../schemas/sli.js';
import { ratioOf } from '../../schemas/slo/percent.js';
import type { FigureSli } from './figure-kinds.js';

export type Indicator = { name: SliName; question: SliQuestion };

const minuteMs = 60_000;
/** Functions times the minutes of a piece of a day. */
const most = 1_000_000;

/** The indicator of the API that an objective counts by minute, function and environment; null of one made of metrics. */
export function indicatorOf(
  sli: FigureSli,
  { from, to }: { from: Date; to: Date },
  queues: QueueSettings,
): Indicator | null {
  const base: SliQuestion = {
    ...{ ...everything, from, minutesFrom: from, hoursFrom: to, hoursTo: to, minutesTo: to, to },
    ...{ groupBy: ['function', 'environment'], stepMs: minuteMs, cold: null, thresholdMs: 0, quantiles: [] },
    ...{ limit: 1, belowRatio: 1, sliceMs: minuteMs, atLeastRatio: 1, most, fromRows: false },
    ...{ isKeptRaw: false, now: to, queues, costs: null },
  };
  switch (sli.kind) {
    case 'metric-ratio':
    case 'gauge':
      return null;
    case 'throttle':
      return { name: 'throttle', question: base };
    case 'coverage':
      return { name: 'coverage', question: base };
    case 'saturation':
      return {
        name: 'saturation',
        question: { ...base, limit: sli.limit, belowRatio: ratioOf(sli.below) },
      };
    case 'dependency-error':
      return { name: 'dependencyError', question: { ...base, ...calledBy(sli) } };
    case 'dependency-latency':
      return {
        name: 'dependencyLatency',
        question: { ...base, ...calledBy(sli), thresholdMs: sli.under },
      };
    case 'dlq-growth':
      return { name: 'dlqGrowth', question: { ...base, queue: sli.queue ?? null } };
    case 'dlq-rate':
      return { name: 'dlqRate', question: { ...base, queue: sli.queue ?? null } };
    case 'queue-age':
      return {
        name: 'queueAge',
        question: { ...base, queue: sli.queue ?? null, thresholdMs: sli.under },
      };
  }
}

type Called = { peer?: string | undefined; operation?: string | undefined };

function calledBy({ peer, operation }: Called): { peer: string | null; operation: string | null } {
  return { peer: peer ?? null, operation: operation ?? null };
}
