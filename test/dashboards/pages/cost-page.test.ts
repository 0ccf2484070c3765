import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { formatChange, formatUsd } from '../../../dashboards/web/view/cost/money.js';
import { Tenant } from '../../../schemas/access.js';
import { CostAnswer } from '../../../schemas/cost/attribution.js';
import { ChangesAnswer } from '../../../schemas/cost/changes.js';
import { BudgetsAnswer, ForecastAnswer } from '../../../schemas/cost/forecast.js';
import { WasteAnswer } from '../../../schemas/cost/waste.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { insertUsage } from '../../query/cost/insert-usage.js';
import { type AppUnderTest, startApp } from '../../support/app-under-test.js';
import { assertAccessible } from '../../support/axe.js';
import { launchBrowser, visit } from '../../support/browser.js';
import { openMigrated } from '../../support/open-migrated.js';
import { waitUntil } from '../../support/wait-until.js';

const dayMs = 86_400_000;
const now = new Date(Math.floor(Date.now() / dayMs) * dayMs + 12 * 3_600_000);
const desktop = { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' } as const;
const light = { viewport: { width: 1440, height: 900 }, colorScheme: 'light' } as const;
const phone = { viewport: { width: 390, height: 844 }, colorScheme: 'light' } as const;
const hostile = '<img src=x onerror="document.title=\'owned\'"> \u202Etxt 🔥';

let warehouse: Warehouse;
let closeWarehouse: () => Promise<void>;
let browser: Browser;
let app: AppUnderTest;
let empty: AppUnderTest;

before(async () => {
  ({ warehouse, close: closeWarehouse } = await openMigrated());
  const cost = { budgets: [{ name: 'checkout', team: 'checkout', usdPerMonth: '0.5' }] };
  app = await startApp(warehouse, () => now, undefined, undefined, { cost });
  empty = await startApp(warehouse, () => now, Tenant.parse('empty'));
  const runs = (name: string, team: string, count: number, more: object) =>
    Array.from({ length: count }, (_, index) => ({
      function: name,
      team,
      at: new Date(now.getTime() - 60_000 - Math.floor((index / count) * 10 * dayMs)),
      customer: index % 2 === 0 ? 'acme' : hostile,
      version: String(1 + (index % 2)),
      cold: index % 20 === 0,
      outcome: index % 15 === 0 ? 'timeout' : 'ok',
      ...more,
    }));
  await insertUsage(warehouse, [
    ...runs('checkout', 'checkout', 300, { billed_ms: 60_000, memory_mb: 3008 }),
    ...runs('search', 'discovery', 400, { billed_ms: 5_000, used_mb: 100 }),
    ...runs(hostile, 'discovery', 20, { billed_ms: 900 }),
    ...runs('nowhere', 'lab', 30, { region: 'mars-north-1', provider: 'other', billing: '' }),
  ]);
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await Promise.all([app.close(), empty.close()]);
  await closeWarehouse();
});

const panel = (page: Page, name: string) => page.locator(`[data-panel="${name}"]`);
const tile = (page: Page, label: RegExp) =>
  page.locator('.tile', { has: page.locator('.tile-label', { hasText: label }) }).locator('.tile-value');
const openPage = (
  path: string,
  options: object,
  run: (page: Page) => Promise<void>,
  at: AppUnderTest = app,
) =>
  visit(browser, at.url + path, options, async ({ page }) => {
    await page.getByRole('heading', { level: 1 }).waitFor();
    await waitUntil(
      'all is there',
      async () => (await page.locator('[aria-busy="true"]').count()) === 0,
      30_000,
    );
    await run(page);
  });
const api = async (path: string) => (await fetch(`${app.url}/api/v1/${path}`)).json();
const week = `windowMs=${7 * dayMs}`;

for (const [by, dimensions] of [
  ['team', 'team'],
  ['function', 'function,environment'],
  ['version', 'function,version'],
  ['customer', 'customer'],
] as const)
  test(`by ${by}: rows, shares and the total are those of the API`, async () => {
    const answer = CostAnswer.parse(await api(`cost?groupBy=${dimensions}&${week}`));
    await openPage(`/cost?by=${by}`, desktop, async (page) => {
      assert.equal(await tile(page, /^Cost$/).textContent(), formatUsd(answer.totalUsd));
      const shown = await panel(page, 'cost').locator('tbody tr').count();
      assert.equal(shown, answer.rows.length);
      const [dearest] = answer.rows;
      assert.ok(dearest !== undefined);
      const first = panel(page, 'cost').locator('tbody tr').first();
      assert.equal(await first.locator('td').last().textContent(), formatUsd(dearest.costUsd));
      assert.equal(await page.title(), 'Coldburn');
    });
  });

test('an amount opens into lines that make it up, by keyboard, and the open row is in the link', async () => {
  const answer = CostAnswer.parse(await api(`cost?groupBy=team&${week}`));
  await openPage('/cost', desktop, async (page) => {
    await page.getByRole('button', { name: 'checkout, explain' }).focus();
    await page.keyboard.press('Enter');
    const lines = panel(page, 'cost').locator('.cost-lines > li');
    await lines.first().waitFor();
    const row = answer.rows.find(({ labels }) => labels['team'] === 'checkout');
    assert.equal(await lines.count(), row?.lines.length);
    assert.ok((await panel(page, 'cost').locator('.cost-sum').textContent())?.includes(`$${row?.costUsd}`));
    assert.match(page.url(), /row=/);
  });
});

test('what has no rate is said, never shown as nothing', async () => {
  await openPage('/cost', desktop, async (page) => {
    const row = panel(page, 'cost').locator('tbody tr', { hasText: 'lab' });
    assert.match((await row.locator('td').last().textContent()) ?? '', /not known/);
    assert.match((await panel(page, 'cost').textContent()) ?? '', /runs are in no amount/);
  });
});

test('causes, waste, forecast and budgets are those of the API', async () => {
  const changes = ChangesAnswer.parse(await api(`cost/changes?groupBy=team&${week}`));
  const waste = WasteAnswer.parse(await api(`cost/waste?${week}`));
  const forecast = ForecastAnswer.parse(await api('cost/forecast'));
  const [budget] = BudgetsAnswer.parse(await api('cost/budgets')).budgets;
  await openPage('/cost', desktop, async (page) => {
    const all = panel(page, 'changes').locator('tbody tr').first();
    assert.equal(await all.locator('td').nth(2).textContent(), formatChange(changes.total.changeUsd));
    const dearest = waste.rows
      .flatMap(({ items }) => items.map(({ costUsd }) => costUsd))
      .sort((one, other) => Number(other) - Number(one));
    const wasted = panel(page, 'waste').locator('tbody tr').first().locator('td').last();
    assert.equal(await wasted.textContent(), formatUsd(dearest[0] ?? null));
    assert.equal(await tile(page, /^Forecast/).textContent(), formatUsd(forecast.forecastUsd));
    const spent = panel(page, 'budgets').locator('.spent-column').last();
    assert.match((await spent.textContent()) ?? '', /of \$0\.50/);
    assert.ok((await spent.textContent())?.startsWith(formatUsd(budget?.spentUsd ?? null)));
  });
});

test('a bill becomes a bridge that begins with what is modelled and ends with what is billed', async () => {
  const day = new Date(now.getTime() - dayMs).toISOString().slice(0, 10);
  const csv = [
    'ChargePeriodStart,ProviderName,ServiceName,ResourceId,x_UsageType,ChargeCategory,BillingCurrency,ListCost,BilledCost,EffectiveCost,ConsumedQuantity,ConsumedUnit,ChargeDescription',
    `${day}T00:00:00Z,AWS,AWS Lambda,arn:aws:lambda:us-east-1:1:function:checkout,Lambda-GB-Second,Usage,USD,2,1.5,1.5,120000,GB-Seconds,`,
    `${day}T00:00:00Z,AWS,AWS Lambda,,,Tax,USD,0.3,0.3,0.3,,,`,
  ].join('\n');
  await visit(browser, `${app.url}/cost`, desktop, async ({ page, watch }) => {
    watch.expect(/status of 400/);
    const bill = panel(page, 'bill');
    await bill
      .locator('input')
      .setInputFiles({ name: hostile, mimeType: 'text/csv', buffer: Buffer.from(csv) });
    const total = bill.locator('[data-total="true"]');
    await total.first().waitFor();
    assert.deepEqual(await total.locator('th').allTextContents(), ['Modelled from telemetry', 'Billed']);
    assert.equal(await total.last().locator('td').last().textContent(), '$1.80');
    assert.ok((await bill.textContent())?.includes(hostile));
    await bill
      .locator('input')
      .setInputFiles({ name: 'no.csv', mimeType: 'text/csv', buffer: Buffer.from('hello') });
    await bill.getByRole('alert').waitFor();
  });
});

test('without any data every panel says so and nothing is zero', async () => {
  await openPage(
    '/cost',
    phone,
    async (page) => {
      assert.match((await tile(page, /^Cost$/).textContent()) ?? '', /not known/);
      assert.ok((await page.locator('.debug-nothing').count()) >= 4);
      assert.equal(await page.locator('canvas').count(), 0);
    },
    empty,
  );
});

for (const [name, options] of Object.entries({ desktop, light, phone }))
  test(`axe finds nothing and nothing overflows: ${name}`, async () => {
    await openPage('/cost?by=function', options, async (page) => {
      await page.getByRole('button', { name: 'checkout, explain' }).click();
      await panel(page, 'cost').locator('.cost-lines').waitFor();
      await assertAccessible(page);
      assert.equal(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), 0);
    });
  });
