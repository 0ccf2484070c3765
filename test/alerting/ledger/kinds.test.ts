import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { insertInvocations } from '../../support/insert-invocations.js';
import { insertMetricPoints, type TestPoint } from '../../support/insert-metric-points.js';
import { insertSpans } from '../../support/insert-spans.js';
import { openMigrated } from '../../support/open-migrated.js';
import { tempDir } from '../../support/temp-dir.js';
import { ledgerSums, ledgerUnderTest, putSlo, tickUntilFilled } from './ledger-harness.js';

let opened: Awaited<ReturnType<typeof openMigrated>> | null = null;
let directory: Awaited<ReturnType<typeof tempDir>> | null = null;
before(async () => {
  opened = await openMigrated();
  directory = await tempDir();
});
after(async () => {
  await opened?.close();
  await directory?.remove();
});

function world() {
  assert.ok(opened !== null && directory !== null);
  return { warehouse: opened.warehouse, path: directory.path };
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const startMs = Math.floor(Date.now() / hourMs) * hourMs - 26 * hourMs;
const at = (minute: number, second = 0) => new Date(startMs + minute * minuteMs + second * 1000);
const traceId = (n: number) => n.toString(16).padStart(32, 'e');
const spanId = (n: number) => (n + 1).toString(16).padStart(16, '0');

const CONCURRENCY = `
  INSERT INTO concurrency_1m (tenant, environment, function, minute, running_max, computed_at)
  SELECT {tenant: String}, 'prod', 'pay', toDateTime({at: DateTime64(3, 'UTC')}) + number * 60, 50 + number * 50, now64(3) FROM numbers(3)`;

function slo(id: string, sli: object, more: object = {}) {
  return { id, title: id, objective: '99%', sli, ...more };
}

/** Each objective and what it must count of the world below. */
const kinds: readonly [written: ReturnType<typeof slo>, good: number, total: number][] = [
  [slo('error', { kind: 'error' }), 8, 10],
  [slo('timeout', { kind: 'timeout' }), 9, 10],
  [slo('cold', { kind: 'cold-start' }), 9, 10],
  [slo('memory', { kind: 'memory', below: '75%' }), 7, 10],
  [slo('auth', { kind: 'auth-failure' }), 9, 10],
  [slo('gold', { kind: 'success', coldStarts: 'excluded' }, { where: { tags: { tier: 'go*' } } }), 2, 2],
  [
    slo('routed', {
      kind: 'custom',
      good: 'durationMs < 250',
      total: 'attributes["http.route"] like "/pay/*"',
    }),
    2,
    3,
  ],
  [slo('sliced', { kind: 'time-slice', slice: '1m', atLeast: '100%', of: { kind: 'timeout' } }), 9, 10],
  [
    slo('ratio', {
      kind: 'metric-ratio',
      bad: { metric: 'shop.sent', attributes: { status: ['5*'] } },
      total: { metric: 'shop.sent' },
    }),
    9,
    12,
  ],
  [
    slo(
      'counted',
      { kind: 'metric-ratio', good: { metric: 'shop.ok' }, total: { metric: 'shop.all' } },
      { per: 'function' },
    ),
    15,
    30,
  ],
  [slo('depth', { kind: 'gauge', metric: 'shop.depth', below: 10 }), 1, 3],
  [
    slo('depths', {
      kind: 'gauge',
      metric: 'shop.depth',
      below: 10,
      series: 'min',
      attributes: { queue: 'a' },
    }),
    2,
    3,
  ],
  [slo('points', { kind: 'gauge', metric: 'shop.depth', above: 9, count: 'points' }), 2, 6],
  [slo('coverage', { kind: 'coverage' }, { where: { function: 'pay' } }), 1, 4],
  [slo('throttle', { kind: 'throttle' }), 13, 14],
  [slo('saturation', { kind: 'saturation', limit: 200, below: '50%' }), 2, 3],
  [slo('calls', { kind: 'dependency-error', peer: 'bank' }), 2, 3],
  [slo('calls-fast', { kind: 'dependency-latency', under: '100ms' }, { per: 'function' }), 2, 3],
  [slo('letters', { kind: 'dlq-growth', queue: 'pay-dlq' }), 2, 4],
  [slo('old-letters', { kind: 'queue-age', under: '30s' }), 2, 3],
  [slo('both', { kind: 'composite', of: [{ slo: 'error', weight: 3 }, { slo: 'ratio' }] }), 33, 42],
  [
    slo('both-by-minute', {
      kind: 'composite',
      count: 'minutes',
      of: [{ slo: 'timeout' }, { slo: 'depth', weight: 2 }],
    }),
    11_000,
    16_000,
  ],
];

async function fillWorld(tenant: string): Promise<void> {
  const { warehouse } = world();
  await insertInvocations(
    warehouse,
    Array.from({ length: 10 }, (_, index) => ({
      tenant,
      function: 'pay',
      startedAt: at(index, 5),
      durationMs: (index + 1) * 100,
      cold: index === 0,
      ...(index === 9 ? ({ outcome: 'error' } as const) : {}),
      ...(index === 5 ? ({ outcome: 'timeout' } as const) : {}),
      ...(index === 6 ? { httpStatus: 401 } : {}),
      memoryMb: 100,
      memoryUsedMb: 10 * (index + 1),
      tags: { tier: index < 3 ? 'gold' : 'tin' },
      traceId: traceId(index),
      spanId: spanId(index),
    })),
  );
  await insertSpans(warehouse, [
    ...[0, 1, 2].map((index) => ({
      ...{ tenant, traceId: traceId(index), spanId: spanId(index), name: 'run', startedAt: at(index, 5) },
      ...{ durationMs: 100, attributes: { 'http.route': `/pay/${index}` } },
    })),
    ...[20, 40, 400].map((durationMs, index) => ({
      ...{ tenant, traceId: traceId(99), spanId: spanId(100 + index), name: 'GET', startedAt: at(2) },
      ...{
        durationMs,
        status: index === 2 ? ('error' as const) : ('ok' as const),
        function: 'pay',
        peer: 'bank',
      },
    })),
  ]);
  const sum = { tenant, kind: 'sum' as const, temporality: 'delta' as const };
  const running = { ...sum, temporality: 'cumulative' as const, startedAt: at(0), function: 'pay' };
  const gauge = { tenant, kind: 'gauge' as const, metric: 'shop.depth' };
  await insertMetricPoints(warehouse, [
    { ...sum, metric: 'shop.sent', at: at(1), value: 5, attributes: { status: '200' } },
    { ...sum, metric: 'shop.sent', at: at(1), value: 3, attributes: { status: '503' } },
    { ...sum, metric: 'shop.sent', at: at(7), value: 4, attributes: { status: '200' } },
    ...[5, 15].map((value, index) => ({ ...running, metric: 'shop.ok', at: at(index + 1), value })),
    ...[10, 30].map((value, index) => ({ ...running, metric: 'shop.all', at: at(index + 1), value })),
    ...[
      [3, 4],
      [3, 20],
      [50, 4],
    ].flatMap(([a = 0, b = 0], index) => [
      { ...gauge, at: at(index + 1), value: a, attributes: { queue: 'a' } },
      { ...gauge, at: at(index + 1), value: b, attributes: { queue: 'b' } },
    ]),
    ...[0, 2, 5, 5].map((depth, index) => sqs(tenant, 'ApproximateNumberOfMessagesVisible', index, depth)),
    ...[10, 70, 20].map((age, index) => sqs(tenant, 'ApproximateAgeOfOldestMessage', index, age)),
    counted(tenant, 'Invocations', 4),
    counted(tenant, 'Throttles', 1),
  ]);
  await warehouse.command(CONCURRENCY, { tenant, at: at(1) });
}

function sqs(tenant: string, name: string, minute: number, max: number): TestPoint {
  const metric = `amazonaws.com/AWS/SQS/${name}`;
  return { tenant, metric, kind: 'summary', at: at(minute + 1), max, dimensions: { QueueName: 'pay-dlq' } };
}
function counted(tenant: string, name: string, value: number): TestPoint {
  const metric = `amazonaws.com/AWS/Lambda/${name}`;
  const dimensions = { FunctionName: 'pay' };
  return { tenant, metric, kind: 'summary', startedAt: at(1), at: at(2), count: 1, sum: value, dimensions };
}

const expected = kinds
  .map(([{ id, ...rest }, good, total]) => {
    return { slo: id, scope: 'per' in rest ? 'pay' : '', good, total };
  })
  .sort((one, other) => (one.slo < other.slo ? -1 : 1));

test('every kind counts what it says, whether it was there before the telemetry or came later', async () => {
  const { warehouse, path } = world();
  const job = ledgerUnderTest(warehouse, path);
  for (const [written] of kinds) await putSlo(warehouse, 'before', written);
  await tickUntilFilled(job);
  await fillWorld('before');
  await fillWorld('later');
  await job.tick(new AbortController().signal);
  assert.deepEqual(await ledgerSums(warehouse, 'before'), expected);
  for (const [written] of kinds) await putSlo(warehouse, 'later', written);
  await tickUntilFilled(job);
  assert.deepEqual(await ledgerSums(warehouse, 'later'), expected);
});
