import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DeadLetter, deadLetterOf } from '../../../query/queues/dead-letter-of.js';

const of = (name: string): DeadLetter => ({ of: name, function: null });
const cases: { queue: string; queues?: string[]; expected: DeadLetter | null }[] = [
  { queue: 'orders-dlq', expected: of('orders') },
  { queue: 'orders_dlq', expected: of('orders') },
  { queue: 'orders.dlq', expected: of('orders') },
  { queue: 'orders-DLQ', queues: ['orders'], expected: of('orders') },
  { queue: 'orders-dead-letter', expected: of('orders') },
  { queue: 'orders-dead-letter-queue', expected: of('orders') },
  { queue: 'orders_dead_letters', expected: of('orders') },
  { queue: 'orders-deadletter', expected: of('orders') },
  { queue: 'dlq-orders', expected: of('orders') },
  { queue: 'dead-letter-orders', expected: of('orders') },
  { queue: 'orders-dlq.fifo', queues: ['orders.fifo', 'orders'], expected: of('orders.fifo') },
  { queue: 'orders.fifo-dlq', queues: ['orders.fifo'], expected: of('orders.fifo') },
  { queue: 'orders-dlq', queues: ['orders.fifo'], expected: of('orders.fifo') },
  { queue: 'OrdersDLQ', queues: ['OrdersQueue'], expected: of('OrdersQueue') },
  { queue: 'OrdersDeadLetterQueue', queues: ['orders'], expected: of('orders') },
  { queue: 'orders/$DeadLetterQueue', expected: of('orders') },
  { queue: 'dlq', expected: { of: null, function: null } },
  { queue: 'dead-letter-queue.fifo', expected: { of: null, function: null } },
  { queue: 'orders', queues: ['orders-dlq'], expected: null },
  { queue: 'dlqueue-monitor', expected: null },
  { queue: 'headlqr', expected: null },
];
for (const { queue, queues = [], expected } of cases) {
  test(`deadLetterOf: ${queue} beside ${queues.join(', ') || 'nothing'}`, () => {
    assert.deepEqual(deadLetterOf(queue, [queue, ...queues], []), expected);
  });
}

test('deadLetterOf: configuration wins over names and may name only a part', () => {
  const rules = [
    { queue: 'failed', of: 'orders', function: 'worker' },
    { queue: 'x-dlq', of: 'y', function: null },
    { queue: 'z-dlq', of: null, function: 'sweeper' },
  ];
  assert.deepEqual(deadLetterOf('failed', [], rules), { of: 'orders', function: 'worker' });
  assert.deepEqual(deadLetterOf('x-dlq', ['x'], rules), { of: 'y', function: null });
  assert.deepEqual(deadLetterOf('z-dlq', ['z'], rules), { of: 'z', function: 'sweeper' });
});
