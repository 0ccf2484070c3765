import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { impactOf } from '../../../query/impact/impact-of.js';
import { readLost, readToldValues } from '../../../query/impact/read-lost.js';
import { noBusiness, runValues } from '../../../query/impact/run-value.js';
import { Tenant } from '../../../schemas/access.js';
import { Business } from '../../../schemas/config/business.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { insertInvocations } from '../../support/insert-invocations.js';
import { insertSpans } from '../../support/insert-spans.js';
import { openMigrated } from '../../support/open-migrated.js';

// Of today: spans are kept for two weeks by the engine's own clock.
const to = new Date(Math.floor(Date.now() / 60_000) * 60_000);
const from = new Date(to.getTime() - 3_600_000);
const inside = new Date(to.getTime() - 1_800_000);
const question = { from, to, environment: null, team: null };

let warehouse: Warehouse;
let close: () => Promise<void>;
let tenants = 0;

before(async () => {
  ({ warehouse, close } = await openMigrated());
});
after(async () => close());

function freshTenant(): Tenant {
  tenants += 1;
  return Tenant.parse(`tenant-${tenants}`);
}

const lost = (name: string, count: number, environment = 'prod') => ({
  function: name,
  environment,
  team: 'payments',
  lost: count,
});

test('the first entry that matches says what a run is worth, by name and environment', () => {
  const { usdOf, isCritical, isValued } = runValues(
    Business.parse({
      values: [
        { functions: ['checkout-*'], environment: 'prod', usd: '48.50' },
        { functions: ['check?ut-api', 'cart'], usd: 4 },
      ],
    }),
  );
  assert.equal(usdOf('checkout-api', 'prod'), '48.50');
  assert.equal(usdOf('checkout-api', 'test'), '4');
  assert.equal(usdOf('checkout', 'prod'), null);
  assert.equal(isCritical('cart', ''), true);
  assert.equal(isCritical('report', ''), false);
  assert.equal(isValued, true);
  assert.equal(runValues(noBusiness).isValued, false);
});

test('functions that are named critical are those, whatever else has a value', () => {
  const { isCritical } = runValues(
    Business.parse({ values: [{ functions: ['cart'], usd: '1' }], critical: ['pay-*'] }),
  );
  assert.deepEqual([isCritical('pay-card', ''), isCritical('cart', '')], [true, false]);
});

test('what spans tell goes before the settings, and what is not known stands last', () => {
  const values = runValues(Business.parse({ values: [{ functions: ['a', 'b'], usd: '0.10' }] }));
  const told = [{ function: 'b', environment: 'prod', team: 'payments', told: 2, usd: '99.9900000000' }];
  const { functions, totalUsd } = impactOf([lost('z', 500), lost('a', 3), lost('b', 5)], told, values);
  assert.deepEqual(
    functions.map((one) => [one.function, one.lost, one.told, one.usdPerRun, one.atStakeUsd]),
    [
      ['b', 5, 2, '0.10', '100.29'],
      ['a', 3, 0, '0.10', '0.3'],
      ['z', 500, 0, null, null],
    ],
  );
  assert.equal(totalUsd, '100.59');
  assert.equal(impactOf([lost('z', 1)], [], values).totalUsd, null);
});

test('lost is what failed for good: no attempt that was tried again, no repeated delivery, weighed when sampled', async () => {
  const tenant = freshTenant();
  const run = { tenant, function: 'pay', team: 'payments', startedAt: inside, outcome: 'error' } as const;
  await insertInvocations(warehouse, [
    { ...run, spanId: '01'.repeat(8) },
    { ...run, spanId: '02'.repeat(8), superseded: true },
    { ...run, spanId: '03'.repeat(8), duplicate: true },
    { ...run, spanId: '04'.repeat(8), outcome: 'ok' },
    { ...run, spanId: '05'.repeat(8), weight: 4 },
    { ...run, spanId: '06'.repeat(8), startedAt: to },
    { ...run, spanId: '07'.repeat(8), revision: 0 },
    { ...run, spanId: '07'.repeat(8), revision: 0, sign: -1 },
  ]);
  const rows = await readLost(warehouse.forTenant(tenant), question);
  assert.deepEqual(rows, [{ function: 'pay', environment: 'prod', team: 'payments', lost: 5 }]);
  assert.deepEqual(await readLost(warehouse.forTenant(tenant), { ...question, team: 'other' }), []);
});

test('the value of a lost run is read from its own span, exactly, and only where it is a decimal', async () => {
  const tenant = freshTenant();
  const values = ['19.99', '0.01', 'much', '-5'];
  const ids = values.map((_, index) => ({
    traceId: `${index + 1}`.padStart(32, 'a'),
    spanId: `${index + 1}`.padStart(16, 'b'),
  }));
  await insertInvocations(
    warehouse,
    ids.map((id) => ({ tenant, function: 'pay', startedAt: inside, outcome: 'error' as const, ...id })),
  );
  await insertSpans(warehouse, [
    ...ids.map((id, index) => ({
      tenant,
      ...id,
      name: 'pay',
      startedAt: inside,
      durationMs: 1,
      attributes: { 'order.total': values[index] ?? '' },
    })),
    // A child says it too; only the span of the run counts.
    {
      tenant,
      traceId: ids[0]?.traceId ?? '',
      spanId: 'cc'.repeat(8),
      name: 'child',
      startedAt: inside,
      durationMs: 1,
      attributes: { 'order.total': '1000' },
    },
  ]);
  const told = await readToldValues(warehouse.forTenant(tenant), { ...question, attribute: 'order.total' });
  const { functions } = impactOf([lost('pay', 4)], told, { usdOf: () => '2' });
  assert.deepEqual(
    functions.map((one) => [one.told, one.atStakeUsd]),
    [[2, '24']],
  );
});
