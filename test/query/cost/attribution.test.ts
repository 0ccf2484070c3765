import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { add, compare, decimal, multiply, rational, sum } from '../../../query/cost/exact/rational.js';
import { AnomaliesAnswer } from '../../../schemas/cost/anomalies.js';
import { CostAnswer } from '../../../schemas/cost/attribution.js';
import { ChangesAnswer } from '../../../schemas/cost/changes.js';
import { BudgetsAnswer, ForecastAnswer } from '../../../schemas/cost/forecast.js';
import { RightsizingAnswer } from '../../../schemas/cost/rightsizing.js';
import { WasteAnswer } from '../../../schemas/cost/waste.js';
import { FunctionList } from '../../../schemas/functions.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { openMigrated } from '../../support/open-migrated.js';
import { costApi } from './cost-api.js';
import { insertUsage, type UsageRun } from './insert-usage.js';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const now = new Date(Math.floor(Date.now() / dayMs) * dayMs + 12 * hourMs);
const from = new Date(now.getTime() - 2 * dayMs + 17 * 60_000 + 123);
const to = new Date(now.getTime() - hourMs + 45 * 1000);
const window = `from=${from.toISOString()}&to=${to.toISOString()}`;

let warehouse: Warehouse;
let close: () => Promise<void>;
let runs: UsageRun[];
before(async () => {
  ({ warehouse, close } = await openMigrated());
  const teams = ['checkout', 'payments', ''];
  const customers = ['', 'acme', 'globex', 'o\'brien\n"&<'];
  // Before, within and after the window, in every part of it: hours, minutes and rows.
  runs = Array.from({ length: 900 }, (_, index) => {
    const at = new Date(
      from.getTime() - hourMs + Math.floor((index / 900) * (to.getTime() - from.getTime() + 2 * hourMs)),
    );
    return {
      function: `f${index % 7}`,
      at,
      team: teams[index % 3] ?? '',
      version: String(1 + (index % 2)),
      billed_ms: 1 + ((index * 37) % 3000),
      memory_mb: index % 5 === 0 ? 128 : 1536,
      arch: index % 11 === 0 ? 'arm64' : 'x86_64',
      customer: customers[index % 4] ?? '',
      feature: index % 6 === 0 ? 'search' : '',
      tag: index % 10 === 0 ? 'spring' : '',
      cold: index % 50 === 0,
      outcome: index % 40 === 0 ? 'error' : 'ok',
      weight: index % 100 === 0 ? 10 : 1,
    };
  });
  await insertUsage(warehouse, runs);
});
after(() => close());

/** By the price page, run by run. */
function exactCost(kept: readonly UsageRun[]) {
  return sum(
    kept.map(({ billed_ms = 0, memory_mb = 0, arch, weight = 1 }) => {
      const rate = decimal(arch === 'arm64' ? '0.0000133334' : '0.0000166667');
      const gbS = rational(BigInt(billed_ms) * BigInt(memory_mb), 1_024_000n);
      return multiply(add(multiply(gbS, rate), decimal('0.0000002')), rational(BigInt(weight)));
    }),
  );
}
const within = () => runs.filter(({ at }) => at >= from && at < to);
const near = (printed: string, exact: ReturnType<typeof decimal>) => {
  const off = add(decimal(printed), multiply(exact, rational(-1n)));
  return compare(off, decimal('0.000000000001')) <= 0 && compare(off, decimal('-0.000000000001')) >= 0;
};

const groupings = [
  '',
  'function',
  'team,function,version',
  'customer',
  'feature,customer',
  'tag:campaign',
  'product',
  'arch,memory',
  'outcome,cold',
  'day',
  'hour,team',
  'region,account,provider,environment',
];
for (const groupBy of groupings) {
  test(`cost by "${groupBy}": rows add up to the total, lines to their rows, and the total is the runs' own`, async () => {
    const api = await costApi(warehouse, () => now);
    const answer = await api.get(`cost?${window}&groupBy=${groupBy}`, CostAnswer);
    const rowSum = sum(answer.rows.map(({ costUsd }) => decimal(costUsd)));
    assert.equal(compare(rowSum, decimal(answer.totalUsd)), 0);
    for (const row of answer.rows)
      assert.equal(
        compare(sum(row.lines.map(({ costUsd }) => decimal(costUsd ?? '0'))), decimal(row.costUsd)),
        0,
      );
    assert.ok(near(answer.totalUsd, exactCost(within())), answer.totalUsd);
    assert.equal(
      answer.invocations,
      within().reduce((so, { weight = 1 }) => so + weight, 0),
    );
  });
}

test('cost by customer and feature: each is what its own runs cost, hostile names included', async () => {
  const api = await costApi(warehouse, () => now);
  const { rows } = await api.get(`cost?${window}&groupBy=customer`, CostAnswer);
  assert.equal(rows.length, 4);
  for (const { labels, costUsd } of rows)
    assert.ok(near(costUsd, exactCost(within().filter(({ customer }) => customer === labels['customer']))));
});

test('cost of one team and version: filters keep exactly its runs', async () => {
  const api = await costApi(warehouse, () => now);
  const answer = await api.get(`cost?${window}&groupBy=function&team=payments&version=2`, CostAnswer);
  assert.ok(
    near(
      answer.totalUsd,
      exactCost(within().filter(({ team, version }) => team === 'payments' && version === '2')),
    ),
  );
});

test('cost: a correction re-enters exactly, and what is cancelled costs nothing', async () => {
  const api = await costApi(warehouse, () => now);
  const at = new Date(from.getTime() + 3 * hourMs);
  const ask = async () => (await api.get(`cost?${window}&groupBy=&function=corrected`, CostAnswer)).totalUsd;
  const run = { function: 'corrected', at, span_hex: 'f'.repeat(16), customer: 'acme' };
  await insertUsage(warehouse, [{ ...run, billed_ms: 100 }]);
  assert.ok(near(await ask(), exactCost([{ ...run, billed_ms: 100, memory_mb: 1024 }])));
  await insertUsage(warehouse, [
    { ...run, billed_ms: 100, sign: -1 },
    { ...run, billed_ms: 351, memory_mb: 2048, revision: 1 },
  ]);
  assert.ok(near(await ask(), exactCost([{ ...run, billed_ms: 351, memory_mb: 2048 }])));
  await insertUsage(warehouse, [{ ...run, billed_ms: 351, memory_mb: 2048, revision: 1, sign: -1 }]);
  assert.equal(await ask(), '0');
});

test('functions: the page shows the same cost as the cost API, and null where a rate is missing', async () => {
  await insertUsage(warehouse, [
    { function: 'far-away', region: 'ca-west-1', at: new Date(from.getTime() + hourMs) },
  ]);
  const api = await costApi(warehouse, () => now);
  const { functions } = await api.get(`functions?${window}`, FunctionList);
  const { rows } = await api.get(`cost?${window}&groupBy=function,team&region=us-east-1`, CostAnswer);
  assert.ok(rows.length > 6);
  for (const { labels, costUsd, costPerMillionUsd } of rows.filter(({ invocations }) => invocations > 0)) {
    const row = functions.find((one) => one.function === labels['function'] && one.team === labels['team']);
    assert.deepEqual([row?.costUsd, row?.costPerMillionUsd], [costUsd, costPerMillionUsd]);
  }
  assert.equal(functions.find((one) => one.function === 'far-away')?.costUsd, null);
});

test('bases: within the free grant the average costs nothing, a negotiated rate shows beside the list', async () => {
  const list = await costApi(warehouse, () => now);
  const question = `cost?${window}&groupBy=team&region=us-east-1`;
  const average = await list.get(`${question}&basis=average`, CostAnswer);
  assert.equal(average.totalUsd, '0');
  assert.equal((await list.get(`${question}&basis=marginal`, CostAnswer)).totalUsd, '0');
  const own = {
    rates: [
      { provider: 'aws', product: 'lambda', dimension: 'requests', price: '0.5', reason: 'for the test' },
    ],
  };
  const negotiated = await costApi(warehouse, () => now, own);
  const answer = await negotiated.get(`${question}&basis=marginal`, CostAnswer);
  assert.equal(answer.totalUsd, '0');
  const listed = await negotiated.get(`${question}&basis=list`, CostAnswer);
  assert.ok(near(listed.totalUsd, exactCost(within())));
});

test('standing cost: provisioned concurrency is paid for by the hour, used or not, and shared cost is spread whole', async () => {
  const settings = {
    provisioned: [
      {
        function: 'f1',
        team: 'checkout',
        alias: 'live',
        region: 'us-east-1',
        memoryMb: 1024,
        concurrency: 10,
      },
    ],
    shared: [
      { name: 'gateway', usdPerMonth: '300', by: 'cost', author: 'finance', reason: 'one gateway for all' },
    ],
  };
  const api = await costApi(warehouse, () => now, settings);
  const hour = `from=${new Date(now.getTime() - 3 * hourMs).toISOString()}&to=${new Date(now.getTime() - 2 * hourMs).toISOString()}`;
  const only = await api.get(`cost?${hour}&groupBy=alias&function=f1&team=checkout`, CostAnswer);
  const live = only.rows.find(({ labels }) => labels['alias'] === 'live');
  // 10 * 1 GB * 3600 s * 0.0000041667
  assert.equal(live?.costUsd, '0.1500012');
  for (const groupBy of ['', 'team', 'customer', 'hour']) {
    const whole = await api.get(`cost?${hour}&groupBy=${groupBy}`, CostAnswer);
    assert.equal(compare(sum(whole.rows.map((row) => decimal(row.costUsd))), decimal(whole.totalUsd)), 0);
    assert.equal(whole.shared[0]?.author, 'finance');
    const days = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 0)).getUTCDate();
    assert.ok(near(whole.shared[0]?.costUsd ?? '', rational(300n, BigInt(days * 24))));
  }
});

test('cost: what cannot be asked is refused with a sentence', async () => {
  const api = await costApi(warehouse, () => now);
  for (const wrong of [
    'groupBy=planet',
    'groupBy=team,team',
    'basis=cheap',
    'groupBy=a,b,c,d,e',
    'from=yesterday',
  ])
    assert.equal(await api.status(`cost?${wrong}`), 400, wrong);
});

test('cost: nothing ran, so the total is 0 and there are no rows', async () => {
  const api = await costApi(warehouse, () => now);
  const answer = await api.get('cost?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z', CostAnswer);
  assert.deepEqual([answer.rows, answer.totalUsd, answer.coverageRatio], [[], '0', null]);
});

test('changes: both windows are what the cost API says of them, and effects add up', async () => {
  const api = await costApi(warehouse, () => now);
  const middle = new Date((from.getTime() + to.getTime()) / 2);
  const before = `from=${from.toISOString()}&to=${middle.toISOString()}`;
  const after = `from=${middle.toISOString()}&to=${to.toISOString()}`;
  const answer = await api.get(
    `cost/changes?${after}&beforeFrom=${from.toISOString()}&beforeTo=${middle.toISOString()}&groupBy=team`,
    ChangesAnswer,
  );
  const was = await api.get(`cost?${before}&groupBy=team`, CostAnswer);
  const is = await api.get(`cost?${after}&groupBy=team`, CostAnswer);
  assert.ok(near(answer.total.beforeUsd, decimal(was.totalUsd)), answer.total.beforeUsd);
  assert.ok(Math.abs(Number(answer.total.afterUsd) - Number(is.totalUsd)) < 1e-10);
  assert.equal(answer.rows.length, 3);
});

test('waste, rightsizing, forecast, budgets and anomalies answer from the same runs', async () => {
  const settings = {
    budgets: [
      { name: 'tiny', team: 'payments', usdPerMonth: '0.000001' },
      { name: 'all', usdPerMonth: '1000000' },
    ],
  };
  const api = await costApi(warehouse, () => now, settings);
  const waste = await api.get(`cost/waste?${window}`, WasteAnswer);
  assert.ok(waste.rows.some(({ items }) => items.some(({ kind }) => kind === 'failures')));
  const sizes = await api.get(`cost/rightsizing?${window}`, RightsizingAnswer);
  assert.ok(sizes.rows.length > 0 && sizes.rows.every(({ verdict }) => verdict === 'no evidence'));
  const { budgets } = await api.get('cost/budgets', BudgetsAnswer);
  assert.deepEqual(
    budgets.map(({ name, status }) => [name, status]),
    [
      ['tiny', 'over'],
      ['all', 'ok'],
    ],
  );
  const made = await api.get('cost/forecast', ForecastAnswer);
  const cycle = await api.get(`cost?from=${made.cycle.from}&to=${now.toISOString()}&groupBy=`, CostAnswer);
  assert.equal(made.spentUsd, cycle.totalUsd);
  const calm = await api.get('cost/anomalies', AnomaliesAnswer);
  assert.deepEqual(calm.anomalies, []);
  const at = new Date(now.getTime() - 5 * 60_000);
  await insertUsage(warehouse, [
    { function: 'runaway', at, weight: 1_000_000, billed_ms: 900_000, attempt: 3 },
  ]);
  const { anomalies } = await api.get('cost/anomalies', AnomaliesAnswer);
  assert.deepEqual(
    anomalies.map((one) => [one.function, one.cause]),
    [['runaway', 'it did not run before']],
  );
});
