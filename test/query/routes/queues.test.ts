import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { z } from 'zod';
import { createApp } from '../../../http/create-app.js';
import { queuesRoutes } from '../../../query/routes/queues.js';
import { type Access, Tenant } from '../../../schemas/access.js';
import { type Queue, QueueList } from '../../../schemas/queues.js';
import type { ZodApp } from '../../../schemas/zod-http.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { insertMetricPoints, type TestPoint } from '../../support/insert-metric-points.js';
import { openMigrated } from '../../support/open-migrated.js';

const minuteMs = 60_000;
/** Yesterday at a full hour, because rows older than the retention vanish. */
const from = new Date(Math.floor(Date.now() / 3_600_000 - 24) * 3_600_000);
const minute = (count: number) => new Date(from.getTime() + count * minuteMs);

let warehouse: Warehouse;
let close: () => Promise<void>;
let app: ZodApp;
let access: Access;
let tenants = 0;

before(async () => {
  ({ warehouse, close } = await openMigrated());
  app = createApp({ newId: () => 'id', logger: false, authenticate: async () => access });
  const settings = {
    metrics: [{ metric: 'shop.backlog', queue: 'shop.queue', measure: 'depth' as const }],
    deadLetter: [{ queue: 'lost', of: 'parcels', function: null }],
  };
  const openTenant = ({ tenant }: Access) => warehouse.forTenant(tenant);
  await queuesRoutes({ now: () => minute(10), openTenant, settings })(app);
});
after(async () => {
  await app.close();
  await close();
});

function freshTenant(): Tenant {
  tenants += 1;
  const tenant = Tenant.parse(`tenant-${tenants}`);
  access = { tenant, role: 'viewer', keyId: null };
  return tenant;
}

async function ask(query: Record<string, string> = {}): Promise<z.infer<typeof QueueList>> {
  const window = { from: from.toISOString(), to: minute(10).toISOString() };
  const response = await app.inject({ url: '/api/v1/queues', query: { ...window, ...query } });
  assert.equal(response.statusCode, 200, response.body);
  return QueueList.parse(response.json());
}

const sqs = (tenant: Tenant, name: string, queue: string, at: Date, max: number, sum = max): TestPoint => ({
  tenant,
  metric: `amazonaws.com/AWS/SQS/${name}`,
  kind: 'summary',
  startedAt: new Date(at.getTime() - minuteMs),
  at,
  sum,
  max,
  dimensions: { QueueName: queue },
});
const depth = (tenant: Tenant, queue: string, depths: readonly number[]): TestPoint[] =>
  depths.map((value, index) =>
    sqs(tenant, 'ApproximateNumberOfMessagesVisible', queue, minute(index + 1), value, value * 60),
  );

const INSERT_SPANS = `
  INSERT INTO spans (tenant, environment, service, name, kind, started_at, status, trace_id, span_id, attribute_keys, attribute_values)
  SELECT {tenant: String}, 'prod', {service: String}, 'process', {kind: String}, {at: DateTime64(3, 'UTC')}, {status: String},
    unhex({trace: String}), unhex('0000000000000001'),
    '["messaging.system","messaging.destination.name","messaging.message.id","messaging.batch.message_count"]',
    {values: String}`;

async function insertSpan(
  tenant: Tenant,
  span: {
    service: string;
    kind: 'producer' | 'consumer';
    queue: string;
    id?: string;
    batch?: string;
    failed?: boolean;
  },
): Promise<void> {
  await warehouse.command(INSERT_SPANS, {
    tenant,
    service: span.service,
    kind: span.kind,
    at: minute(2),
    status: span.failed === true ? 'error' : 'unset',
    trace: 'ab'.repeat(16),
    values: JSON.stringify(['aws_sqs', span.queue, span.id ?? '', span.batch ?? '']),
  });
}

test('a queue and its dead-letter queue: depth, age, growth, arrivals, who takes, and a sample', async () => {
  const tenant = freshTenant();
  await insertMetricPoints(warehouse, [
    ...depth(tenant, 'orders', [10, 14, 12, 16]),
    // Two arrive, all are moved back, three arrive.
    ...depth(tenant, 'orders-dlq', [1, 3, 0, 3]),
    sqs(tenant, 'ApproximateAgeOfOldestMessage', 'orders', minute(1), 90),
    sqs(tenant, 'ApproximateAgeOfOldestMessage', 'orders', minute(3), 30),
    sqs(tenant, 'ApproximateNumberOfMessagesNotVisible', 'orders', minute(3), 5),
    sqs(tenant, 'NumberOfMessagesSent', 'orders', minute(1), 1, 40),
    sqs(tenant, 'NumberOfMessagesSent', 'orders', minute(2), 1, 41),
  ]);
  await insertSpan(tenant, {
    service: 'worker',
    kind: 'consumer',
    queue: 'orders',
    batch: '10',
    failed: true,
  });
  await insertSpan(tenant, { service: 'worker', kind: 'consumer', queue: 'orders', batch: '10' });
  await insertSpan(tenant, { service: 'worker', kind: 'producer', queue: 'orders-dlq', id: 'm-1' });
  const { queues, truncated, stepMs } = await ask();
  const series = (depths: number[]) =>
    depths.map((value, index) => ({ at: minute(index).toISOString(), depth: value }));
  const shared = {
    environment: 'prod',
    system: 'aws_sqs',
    inFlight: null,
    oldestAgeMs: null,
    oldestAgeMaxMs: null,
  };
  const expected: Queue[] = [
    {
      ...shared,
      queue: 'orders-dlq',
      depth: 3,
      depthMax: 3,
      growthPerMinute: 2 / 3,
      arrivals: 5,
      sent: 1,
      taken: null,
      failed: null,
      isDeadLetter: true,
      deadLetterOf: 'orders',
      deadLetterQueue: null,
      function: 'worker',
      samples: [{ at: minute(2).toISOString(), messageId: 'm-1', traceId: 'ab'.repeat(16) }],
      series: series([1, 3, 0, 3]),
    },
    {
      ...shared,
      queue: 'orders',
      depth: 16,
      depthMax: 16,
      inFlight: 5,
      oldestAgeMs: 30_000,
      oldestAgeMaxMs: 90_000,
      growthPerMinute: 2,
      arrivals: 8,
      sent: 81,
      taken: 20,
      failed: 10,
      isDeadLetter: false,
      deadLetterOf: null,
      deadLetterQueue: 'orders-dlq',
      function: 'worker',
      samples: [],
      series: series([10, 14, 12, 16]),
    },
  ];
  assert.deepEqual({ queues, truncated, stepMs }, { queues: expected, truncated: false, stepMs: minuteMs });
});

test('arrivals of neighbouring windows add up, and what is told again or late changes nothing', async () => {
  const tenant = freshTenant();
  const depths = [0, 4, 4, 9, 2, 3, 0, 7, 7];
  await insertMetricPoints(warehouse, [...depth(tenant, 'a-dlq', depths)].reverse());
  await insertMetricPoints(warehouse, depth(tenant, 'a-dlq', depths).slice(2, 4));
  const arrivals = async (query: Record<string, string>) => (await ask(query)).queues[0]?.arrivals ?? 0;
  assert.equal(await arrivals({}), 17);
  for (let cut = 1; cut < 9; cut++) {
    const at = minute(cut).toISOString();
    assert.equal((await arrivals({ to: at })) + (await arrivals({ from: at })), 17, `cut at minute ${cut}`);
  }
});

test('a depth made of partitions is their sum, and a configured metric tells of queues too', async () => {
  const tenant = freshTenant();
  const lag = (partition: string, at: Date, value: number): TestPoint => ({
    tenant,
    environment: 'prod',
    metric: 'kafka.consumer_group.lag',
    kind: 'gauge',
    at,
    value,
    attributes: { topic: 'clicks', partition },
  });
  await insertMetricPoints(warehouse, [
    lag('0', minute(1), 5),
    lag('1', minute(1), 6),
    lag('0', minute(2), 1),
    lag('1', minute(2), 8),
    {
      tenant,
      metric: 'shop.backlog',
      kind: 'gauge',
      at: new Date(minute(1).getTime() + 500),
      value: 2,
      resource: { 'shop.queue': 'parcels' },
    },
    {
      tenant,
      metric: 'shop.backlog',
      kind: 'gauge',
      at: minute(1),
      value: 1,
      attributes: { 'shop.queue': 'lost' },
    },
    {
      tenant,
      metric: 'unknown.backlog',
      kind: 'gauge',
      at: minute(1),
      value: 1,
      attributes: { queue: 'no' },
    },
  ]);
  const { queues } = await ask();
  assert.deepEqual(
    queues.map((one) => [
      one.queue,
      one.environment,
      one.depth,
      one.depthMax,
      one.arrivals,
      one.growthPerMinute,
    ]),
    [
      ['lost', '', 1, 1, 0, null],
      ['clicks', 'prod', 9, 11, 2, -2],
      ['parcels', '', 2, 2, 0, null],
    ],
  );
  assert.equal(queues[0]?.deadLetterOf, 'parcels');
  assert.deepEqual(
    (await ask({ environment: 'prod' })).queues.map(({ queue }) => queue),
    ['clicks'],
  );
});

test('the list is cut at its limit and says so, and a long window has at most 60 steps', async () => {
  const tenant = freshTenant();
  await insertMetricPoints(warehouse, [
    ...depth(tenant, 'a', [1, 2]),
    ...depth(tenant, 'b', [3]),
    ...depth(tenant, 'c', [2]),
  ]);
  const { queues, truncated } = await ask({ limit: '2' });
  assert.deepEqual([queues.map(({ queue }) => queue), truncated], [['b', 'a'], true]);
  const { stepMs } = await ask({ from: minute(-60 * 5).toISOString() });
  assert.equal(stepMs, 6 * minuteMs);
});

test('one tenant’s queues are not another’s, and no queue is an empty list', async () => {
  const other = freshTenant();
  await insertMetricPoints(warehouse, depth(other, 'secret', [1]));
  freshTenant();
  assert.deepEqual((await ask()).queues, []);
});
