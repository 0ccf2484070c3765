import assert from 'node:assert/strict';
import { test } from 'node:test';
import { QueueMetric } from '../../schemas/queue-settings.js';

for (const metric of ['kafka.consumer_group.lag', 'amazonaws.com/AWS/SQS/NumberOfMessagesSent']) {
  test(`queues.metrics: ${metric} is read anyway and would count twice`, () => {
    const parsed = QueueMetric.safeParse({ metric, queue: 'topic' });
    assert.match(parsed.error?.issues[0]?.message ?? '', /leave it out/);
  });
}

test('queues.metrics: another metric is taken, and tells the depth unless it says otherwise', () => {
  const parsed = QueueMetric.parse({ metric: 'shop.backlog', queue: 'shop.queue' });
  assert.deepEqual(parsed, { metric: 'shop.backlog', queue: 'shop.queue', measure: 'depth' });
});
