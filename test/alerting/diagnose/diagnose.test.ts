import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { contrastsOf, sentenceOf, type ValueCounts } from '../../../alerting/diagnose/contrast.js';
import { diagnose } from '../../../alerting/diagnose/diagnose.js';
import { Tenant } from '../../../schemas/access.js';
import { insertInvocations } from '../../support/insert-invocations.js';
import { openMigrated } from '../../support/open-migrated.js';
import { someEvent } from '../incidents/some-event.js';

let opened: Awaited<ReturnType<typeof openMigrated>> | null = null;
before(async () => {
  opened = await openMigrated();
});
after(async () => {
  await opened?.close();
});

const value = (given: Partial<ValueCounts>): ValueCounts => {
  return { dimension: 'version', value: '43', bad: 90, total: 100, isNew: false, ...given };
};
const all = { bad: 100, total: 1_000 };

const cases: { name: string; values: ValueCounts[]; expected: string[] }[] = [
  { name: 'a value most failures have and little else', values: [value({})], expected: ['version 43'] },
  { name: 'not what good runs have as often', values: [value({ total: 900 })], expected: [] },
  { name: 'not what few failures have', values: [value({ bad: 40, total: 40 })], expected: [] },
  {
    name: 'what is new comes first',
    values: [value({ dimension: 'region', value: 'us', total: 92 }), value({ isNew: true })],
    expected: ['version 43', 'region us'],
  },
];
for (const { name, values, expected } of cases)
  test(`contrastsOf: ${name}`, () =>
    assert.deepEqual(
      contrastsOf(values, all).map((one) => `${one.dimension} ${one.value}`),
      expected,
    ));

test('sentenceOf: says what sets failures apart, and that nothing does', () => {
  assert.equal(
    sentenceOf(contrastsOf([value({ isNew: true })], all), null),
    '90 % of the failures have version 43 (new); of good runs 1 % do.',
  );
  assert.equal(
    sentenceOf([], { kind: 'dependency', name: 'orders-db' }),
    'orders-db broke first. No dimension sets the failures apart from what goes well.',
  );
});

test('a bad version in one region is found, with its first failure and a link to its runs', async () => {
  assert.ok(opened !== null);
  const { warehouse } = opened;
  const tenant = 'diagnosed';
  const startMs = Math.floor(Date.now() / 60_000) * 60_000 - 3_600_000;
  const runs = Array.from({ length: 600 }, (_, index) => {
    const minute = Math.floor(index / 10) - 50;
    const isNew = minute >= 0 && index % 2 === 0;
    return {
      tenant,
      function: 'checkout',
      startedAt: new Date(startMs + minute * 60_000 + (index % 10)),
      version: isNew ? '43' : '42',
      region: index % 4 === 0 ? 'us-east-1' : 'eu-central-1',
      outcome: isNew && index % 4 === 0 ? ('error' as const) : ('ok' as const),
      errorType: isNew && index % 4 === 0 ? 'TypeError' : '',
      traceId: index.toString(16).padStart(32, '0'),
      spanId: index.toString(16).padStart(16, '0'),
    };
  });
  await insertInvocations(warehouse, runs);
  const iso = (minute: number) => new Date(startMs + minute * 60_000).toISOString();
  const event = someEvent({ labels: { function: 'checkout' }, startedAt: iso(0), at: iso(10) });
  const found = await diagnose(warehouse.forTenant(Tenant.parse(tenant)), event, null);
  assert.ok(found !== null);
  assert.deepEqual([found.bad, found.total], [25, 100]);
  const named = found.contrasts.map(
    ({ dimension, value: text, isNew }) => `${dimension} ${text}${isNew ? ' new' : ''}`,
  );
  assert.deepEqual(new Set(named), new Set(['version 43 new', 'region us-east-1', 'error TypeError new']));
  assert.match(
    found.sentence,
    /^100 % of the failures with TypeError have version 43 \(new\), and 100 % region us-east-1;/,
  );
  assert.equal(found.firstFailing?.at, iso(0));
  assert.deepEqual(
    found.deployments.map(({ version }) => version),
    ['43', '43'],
  );
  assert.deepEqual(found.brokeFirst, { kind: 'function', name: 'checkout', at: iso(0) });
  assert.match(
    found.viewPath,
    /^\/functions\/checkout\?from=\d+&to=\d+&version=43&error=TypeError$|error=TypeError&version=43$/,
  );
  const ofQueue = { ...event, rule: 'dlq-growth', labels: { queue: 'orders-dlq' } };
  const explained = await diagnose(warehouse.forTenant(Tenant.parse(tenant)), ofQueue, null);
  assert.equal(
    explained,
    null,
    'failures of other functions do not explain a queue nobody knows the function of',
  );
});

test('runs that were slow and went well have no error in common', async () => {
  assert.ok(opened !== null);
  const { warehouse } = opened;
  const start = Math.floor(Date.now() / 60_000) * 60_000 - 3_600_000;
  await insertInvocations(
    warehouse,
    Array.from({ length: 40 }, (_, index) => ({
      tenant: 'slow',
      function: 'checkout',
      startedAt: new Date(start + index * 10_000),
      durationMs: index % 2 === 0 ? 2_000 : 10,
      version: index % 2 === 0 ? '44' : '43',
    })),
  );
  const event = someEvent({
    labels: { function: 'checkout' },
    startedAt: new Date(start).toISOString(),
    at: new Date(start + 600_000).toISOString(),
  });
  const found = await diagnose(warehouse.forTenant(Tenant.parse('slow')), event, 1_000);
  assert.match(found?.sentence ?? '', /^100 % of the failures have version 44/);
  assert.deepEqual(
    found?.contrasts.filter(({ dimension }) => dimension === 'error'),
    [],
  );
});

test('without a failed run there is nothing to explain', async () => {
  assert.ok(opened !== null);
  const door = opened.warehouse.forTenant(Tenant.parse('empty'));
  const event = someEvent({ startedAt: '2026-11-20T10:00:00.000Z', at: '2026-11-20T10:10:00.000Z' });
  assert.equal(await diagnose(door, event, null), null);
});
