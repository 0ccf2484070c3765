import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import { readProviderCounts } from '../coverage/read-provider-counts.js';
import { levels } from './levels.js';
import { queueDimensions, readQueueSteps } from './read-queue-steps.js';
import type { Counted, Sli, SliQuestion } from './sli.js';

/** Ages of the oldest message in queues, and of the latest record taken from streams, which providers tell by function. */
export const queueAge: Sli = {
  unit: 'ms',
  says: 'minutes in which the oldest message was younger than `thresholdMs`, of those told of; the value is the highest age',
  dimensions: queueDimensions,
  rowDimensions: null,
  kept: 'minutes',
  takes: ['thresholdMs'],
  defaultThresholdMs: 60_000,
  adds: false,
  read: async (warehouse, question) => {
    const [queues, streams] = await Promise.all([
      readQueueSteps(warehouse, question),
      question.queue === null ? ofStreams(warehouse, question) : [],
    ]);
    const aged = queues
      .filter((step) => step.aged > 0)
      .map(({ column, labels, young, aged: total, oldest_ms }) => {
        return { column, labels, good: young, total, value: oldest_ms };
      });
    return levels([...aged, ...streams], Math.max);
  },
};

async function ofStreams(
  warehouse: TenantWarehouse,
  { from, to, function: name, environment, groupBy, stepMs, thresholdMs, most }: SliQuestion,
): Promise<(Counted & { value: number })[]> {
  const metrics = ['iterator_age_ms', 'async_event_age_ms'];
  const asked = { from, to, metrics, function: name, environment, stepSeconds: 60, limit: most };
  const minutes = await readProviderCounts(warehouse, asked);
  return minutes.map((minute) => ({
    column: Math.floor(minute.at.getTime() / stepMs) * stepMs,
    labels: groupBy.map((group) =>
      group === 'function' ? minute.function : group === 'environment' ? minute.environment : '',
    ),
    good: minute.value < thresholdMs ? 1 : 0,
    total: 1,
    value: minute.value,
  }));
}
