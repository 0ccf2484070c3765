import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createApp } from '../../../http/create-app.js';
import { loadPriceBooks } from '../../../query/cost/load-price-book.js';
import { costRoutes } from '../../../query/routes/cost/cost-routes.js';
import { sliRoutes } from '../../../query/routes/sli.js';
import type { Access } from '../../../schemas/access.js';
import { Cost } from '../../../schemas/config/cost.js';
import { CostAnswer } from '../../../schemas/cost/attribution.js';
import { Problem } from '../../../schemas/problem.js';
import { SliAnswer } from '../../../schemas/sli.js';
import type { ZodApp } from '../../../schemas/zod-http.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { openAccess } from '../../support/app-under-test.js';
import { openMigrated } from '../../support/open-migrated.js';
import { insertUsage } from '../cost/insert-usage.js';

const hourMs = 3_600_000;
const now = new Date(Math.floor(Date.now() / hourMs) * hourMs - 24 * hourMs);
/** Ends that cut minutes and hours, so that every table has a part in the answers. */
const fromMs = now.getTime() - 30 * hourMs + 17 * 60_000 + 123;
const toMs = now.getTime() - 3 * hourMs + 45_678;
const window = `from=${fromMs}&to=${toMs}`;

let warehouse: Warehouse;
let close: () => Promise<void>;
let app: ZodApp;

before(async () => {
  ({ warehouse, close } = await openMigrated());
  app = await appWith({});
  const spread = (toMs - fromMs + 4 * hourMs) / 700;
  await insertUsage(
    warehouse,
    Array.from({ length: 700 }, (_, index) => ({
      function: `f${index % 5}`,
      at: new Date(Math.floor(fromMs - 2 * hourMs + index * spread)),
      team: ['checkout', 'payments', ''][index % 3] ?? '',
      version: String(1 + (index % 2)),
      billed_ms: 1 + ((index * 37) % 3000),
      memory_mb: index % 5 === 0 ? 128 : 1769,
      arch: index % 11 === 0 ? 'arm64' : 'x86_64',
      customer: ['', 'acme', 'globex'][index % 3] ?? '',
      tag: index % 10 === 0 ? 'spring' : '',
      cold: index % 9 === 0,
      outcome: index % 40 === 0 ? 'error' : 'ok',
      weight: index % 50 === 0 ? 10 : 1,
    })),
  );
  await insertUsage(warehouse, [
    { function: 'unbilled', team: 'odd', at: new Date(fromMs + hourMs), billing: '' },
    { function: 'memoryless', team: 'odd', at: new Date(fromMs + hourMs), memory_mb: 0 },
    { function: 'nowhere', team: 'odd', at: new Date(fromMs + hourMs), region: 'mars-1' },
    { function: 'mixed', team: 'odd', at: new Date(fromMs + hourMs), billing: '' },
    { function: 'mixed', team: 'odd', at: new Date(fromMs + 5 * hourMs) },
  ]);
});
after(async () => {
  await app.close();
  await close();
});

async function appWith(cost: object): Promise<ZodApp> {
  const settings = Cost.parse(cost);
  const costs = { books: await loadPriceBooks(settings), settings };
  const made = createApp({ newId: () => 'id', logger: false, authenticate: async () => openAccess });
  const doors = { now: () => now, openTenant: ({ tenant }: Access) => warehouse.forTenant(tenant) };
  await sliRoutes({ ...doors, costs }, { metrics: [], deadLetter: [] })(made);
  await costRoutes({ ...doors, ...costs })(made);
  return made;
}

async function sli(query: string) {
  const response = await app.inject(`/api/v1/sli?sli=costPerMillion&${window}&${query}`);
  assert.equal(response.statusCode, 200, response.body);
  return SliAnswer.parse(response.json());
}

async function cost(query: string) {
  const response = await app.inject(`/api/v1/cost?${window}&basis=list&${query}`);
  assert.equal(response.statusCode, 200, response.body);
  return CostAnswer.parse(response.json());
}

for (const of of ['team=checkout', 'function=f1', 'function=f2&version=1', 'provider=aws&team=payments'])
  test(`each hour of ${of} costs what the cost of its rows is, to the last decimal`, async () => {
    const [{ unit, series }, { rows }] = [
      await sli(`groupBy=function&step=1h&${of}`),
      await cost(`groupBy=function,hour&${of}`),
    ];
    assert.equal(unit, 'usd');
    const figures = series.flatMap(({ labels, points }) =>
      points
        .filter(({ total }) => total > 0)
        .map(({ at, total, value }) => [labels['function'], at.slice(0, 19), total, value]),
    );
    const expected = rows.map(({ labels, invocations, costPerMillionUsd }) => [
      labels['function'],
      labels['hour']?.slice(0, 19),
      invocations,
      Number(costPerMillionUsd),
    ]);
    assert.ok(expected.length > 20);
    assert.deepEqual(figures.sort(byText), expected.sort(byText));
  });

const byText = (one: unknown, other: unknown) => (String(one) < String(other) ? -1 : 1);

for (const dimension of ['function', 'version', 'team', 'arch', 'outcome', 'account', 'customer', 'region'])
  test(`the whole window by ${dimension} is the cost by ${dimension}, good runs included`, async () => {
    const only = 'provider=aws&team=checkout';
    const { series } = await sli(`groupBy=${dimension}&${only}`);
    const { rows } = await cost(`groupBy=${dimension}&${only}`);
    const found = series.map(({ labels, summary }) => [
      labels[dimension],
      summary.total,
      summary.good,
      summary.value,
    ]);
    const expected = rows.map((row) => [
      row.labels[dimension],
      row.invocations,
      row.costPerSuccessUsd === null ? 0 : Math.round(Number(row.costUsd) / Number(row.costPerSuccessUsd)),
      Number(row.costPerMillionUsd),
    ]);
    assert.ok(expected.length > 0);
    assert.deepEqual(found.sort(byText), expected.sort(byText));
  });

const kept: readonly [filter: string, dimension: string, value: string][] = [
  ['arch=arm64', 'arch', 'arm64'],
  ['outcome=error', 'outcome', 'error'],
  ['coldStarts=only', 'cold', 'true'],
  ['coldStarts=excluded', 'cold', 'false'],
  ['customer=acme', 'customer', 'acme'],
  ['tag=campaign%3Dspring', 'tag:campaign', 'spring'],
];
for (const [filter, dimension, value] of kept)
  test(`${filter} keeps the runs that cost by ${dimension} shows as ${value}`, async () => {
    const { series } = await sli(`${filter}&function=f0`);
    const { rows } = await cost(`groupBy=${encodeURIComponent(dimension)}&function=f0`);
    const row = rows.find(({ labels }) => (labels[dimension] ?? labels['tag']) === value) ?? assert.fail();
    const { summary } = series[0] ?? assert.fail();
    assert.equal(summary.total, row.invocations);
    // Rows of one answer are rounded to add up, each by at most one of the last decimals.
    const difference = Math.abs((summary.value ?? Number.NaN) - Number(row.costPerMillionUsd));
    assert.ok(difference <= 1e-6 / row.invocations, `${summary.value} is not ${row.costPerMillionUsd}`);
  });

test('a step with a run whose price is not known has no value, others do', async () => {
  const { series } = await sli('function=mixed&step=1h');
  const counted = series[0]?.points.filter(({ total }) => total > 0).map(({ value }) => value !== null);
  assert.deepEqual(counted, [false, true]);
  assert.equal(series[0]?.summary.value, null);
});

test('what another window lacks does not refuse this one', async () => {
  const laterMs = fromMs + 4 * hourMs;
  const response = await app.inject(
    `/api/v1/sli?sli=costPerMillion&function=mixed&from=${laterMs}&to=${laterMs + 4 * hourMs}&compare=previous`,
  );
  const { series } = SliAnswer.parse(response.json());
  assert.ok((series[0]?.summary.value ?? 0) > 0);
  assert.deepEqual([series[0]?.compared?.total, series[0]?.compared?.value], [1, null]);
});

const inEuro = {
  provider: 'aws',
  product: 'lambda',
  dimension: 'requests',
  region: 'us-east-1',
  currency: 'EUR',
};
const refused: readonly [what: string, query: string, settings: object, says: RegExp][] = [
  ['no rule', 'function=unbilled', {}, /Nothing tells how unbilled is billed/],
  ['no memory', 'function=memoryless', {}, /how much memory memoryless has.*memoryMb under cost\.functions/],
  ['no region', 'function=nowhere', {}, /No .*mars-1/],
  [
    'a rate in another currency',
    'function=f1',
    { rates: [{ ...inEuro, kind: 'list', price: '0.0000002', reason: 'an invoice in euro' }] },
    /No exchange rate of EUR is set for .*cost\.exchange/,
  ],
  ['two tags', 'tag=campaign%3Dspring&groupBy=tag:other', {}, /one tag at a time, not by campaign and other/],
];
for (const [what, query, settings, says] of refused)
  test(`refused with what to do: ${what}`, async () => {
    const own = await appWith(settings);
    const response = await own.inject(`/api/v1/sli?sli=costPerMillion&${window}&${query}`);
    await own.close();
    const { code, message } = Problem.parse(response.json());
    assert.match(message, says);
    assert.equal(code, what === 'two tags' ? 'BAD_REQUEST' : 'NO_PRICE');
  });
