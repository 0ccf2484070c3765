import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { exactCount, formatCount } from '../../../dashboards/web/view/format-count.js';
import { formatRatio } from '../../../dashboards/web/view/format-ratio.js';
import { budgetText } from '../../../dashboards/web/view/slo/slo-words.js';
import { toldText } from '../../../dashboards/web/view/slo/tried-definition.js';
import { Tenant } from '../../../schemas/access.js';
import { BacktestAnswer } from '../../../schemas/alerting/backtest.js';
import { BudgetAnswer, LedgerAnswer, WhatIfAnswer } from '../../../schemas/slo/budget-answer.js';
import { BudgetList } from '../../../schemas/slo/budget-list.js';
import { ComplianceAnswer } from '../../../schemas/slo/compliance-answer.js';
import { CorrectionList } from '../../../schemas/slo/correction.js';
import { SloAnswer } from '../../../schemas/slo/slo-answer.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { ledgerUnderTest, putSlo, tickUntilFilled } from '../../alerting/ledger/ledger-harness.js';
import { type AppUnderTest, startApp } from '../../support/app-under-test.js';
import { assertAccessible } from '../../support/axe.js';
import { launchBrowser, visit } from '../../support/browser.js';
import { insertInvocations } from '../../support/insert-invocations.js';
import { openMigrated } from '../../support/open-migrated.js';
import { tempDir } from '../../support/temp-dir.js';
import { waitUntil } from '../../support/wait-until.js';
import { definitions, hostile } from '../support/slo-definitions.js';

// The ledger is worked out by the engine's clock, so these objectives live in the real present.
const now = new Date(Math.floor(Date.now() / 60_000) * 60_000);
const desktop = { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' } as const;
const light = { viewport: { width: 1440, height: 900 }, colorScheme: 'light' } as const;
const phone = { viewport: { width: 390, height: 844 }, colorScheme: 'light' } as const;

let warehouse: Warehouse;
let closeWarehouse: () => Promise<void>;
let directory: Awaited<ReturnType<typeof tempDir>>;
let browser: Browser;
let app: AppUnderTest;
let empty: AppUnderTest;

before(async () => {
  ({ warehouse, close: closeWarehouse } = await openMigrated());
  directory = await tempDir();
  const tenant = Tenant.parse('objectives');
  app = await startApp(warehouse, () => now, tenant);
  empty = await startApp(warehouse, () => now, Tenant.parse('nobody'));
  const at = (minutesAgo: number) => new Date(now.getTime() - minutesAgo * 60_000);
  const runs = (name: string, team: string, count: number, failed: number) =>
    Array.from({ length: count }, (_, index) => ({
      tenant,
      function: name,
      team,
      startedAt: at(5 + (index % 600)),
      outcome: index < failed ? ('error' as const) : ('ok' as const),
    }));
  await insertInvocations(warehouse, [
    ...runs('checkout', 'shop', 1000, 30),
    ...runs('search', 'discovery', 2000, 5),
  ]);
  for (const definition of definitions) await putSlo(warehouse, tenant, definition);
  await tickUntilFilled(ledgerUnderTest(warehouse, directory.path));
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await Promise.all([app.close(), empty.close()]);
  await closeWarehouse();
  await directory.remove();
});

const answer = async (path: string): Promise<unknown> => (await fetch(`${app.url}/api/v1/${path}`)).json();
const panel = (page: Page, name: string) => page.locator(`[data-panel="${name}"]`);
const tile = (page: Page, label: string) =>
  page.locator('.tile', { has: page.getByText(label, { exact: true }) }).locator('.tile-value');
const openPage = (path: string, options: object, run: (page: Page) => Promise<void>) =>
  visit(browser, app.url + path, options, async ({ page }) => {
    await page.locator('.tile-value .figure').first().waitFor();
    await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
    await run(page);
  });

test('the list has the worst off first, with the figures the API answers', async () => {
  const { budgets } = BudgetList.parse(await answer('budgets'));
  const spent = budgets.find(({ id }) => id === 'spent');
  assert.equal(spent?.status, 'exhausted');
  await openPage('/slos', desktop, async (page) => {
    const names = await page.locator('.slo-table .name').allTextContents();
    assert.equal(names[0], 'Checkout succeeds');
    assert.equal(names.length, budgets.length);
    const left = await page.locator('.budget-figure').allTextContents();
    assert.equal(left[0], budgetText(spent?.remainingRatio ?? null));
    assert.equal(await tile(page, 'Objectives').textContent(), String(budgets.length));
    assert.equal(await tile(page, 'Exhausted').textContent(), '1');
    assert.ok(names.includes(hostile));
    assert.equal(await page.title(), 'Coldburn');
  });
});

test('the list is kept to words and a status, which stand in the link', async () => {
  await openPage('/slos', desktop, async (page) => {
    await page.keyboard.press('/');
    await page.keyboard.type('steady');
    await waitUntil('one is left', async () => (await page.locator('.slo-table .name').count()) === 1);
    assert.match(page.url(), /filter=steady/);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'nothing left to spend' }).click();
    await waitUntil('one is left', async () => (await page.locator('.slo-table .name').count()) === 1);
    await page.reload();
    assert.equal(await page.locator('.slo-table .name').textContent(), 'Checkout succeeds');
    await page.locator('.slo-table .name').click();
    await page.getByRole('heading', { name: 'Checkout succeeds', level: 1 }).waitFor();
  });
});

test('one objective shows what the API answers, and its curve ends at what is left', async () => {
  const budget = BudgetAnswer.parse(await answer('slos/spent/budget'));
  assert.deepEqual([budget.total, budget.bad], [1000, 30]);
  await openPage('/slos/spent', desktop, async (page) => {
    assert.equal(await tile(page, 'Budget left').textContent(), budgetText(budget.remainingRatio));
    assert.equal(await tile(page, 'Measured').textContent(), formatRatio(budget.good / budget.total));
    assert.equal(await tile(page, 'Bad events').textContent(), formatCount(30));
    await panel(page, 'budget').getByRole('button', { name: 'More about Budget left' }).click();
    await page.getByRole('button', { name: 'Show as a table' }).click();
    const newest = panel(page, 'budget').locator('tbody tr').first().locator('td');
    assert.equal(await newest.textContent(), budgetText(budget.remainingRatio));
    assert.match(
      (await panel(page, 'definition').textContent()) ?? '',
      /A run that ended well.*function checkout/,
    );
    assert.match((await panel(page, 'history').textContent()) ?? '', /created/);
  });
});

test('a chart can be taken along as CSV and as a picture', async () => {
  const query = 'slos/steady/ledger?windowMs=604800000&step=30m';
  const { points } = LedgerAnswer.parse(await answer(query));
  await openPage('/slos/steady', desktop, async (page) => {
    const save = async (kind: string) => {
      await panel(page, 'events').getByRole('button', { name: 'More about Good and bad' }).click();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: `Save as ${kind}` }).click(),
      ]);
      return await readFile(await download.path());
    };
    const rows = (await save('CSV')).toString('utf8').trim().split('\r\n');
    assert.equal(rows[0], 'from,to,Good,Bad');
    const sum = (column: number) =>
      rows.slice(1).reduce((total, row) => total + Number(row.split(',')[column]), 0);
    assert.equal(
      sum(2),
      points.reduce((total, { good }) => total + good, 0),
    );
    assert.equal(sum(3), 5);
    assert.equal((await save('PNG')).subarray(1, 4).toString('latin1'), 'PNG');
  });
});

test('the slider redraws the past by the keyboard, and saves a new version', async () => {
  await openPage('/slos/steady', desktop, async (page) => {
    const slider = page.getByRole('slider', { name: 'Objective to try out' });
    await slider.focus();
    await page.keyboard.press('ArrowRight');
    const chosen = (await slider.getAttribute('aria-valuetext')) ?? '';
    assert.equal(chosen, '99.1 %');
    assert.equal(new URL(page.url()).searchParams.get('objective'), chosen);
    const past = WhatIfAnswer.parse(await answer('slos/steady/whatif?objective=99.1%25&days=7&scope='));
    const words = page.locator('.what-if-past');
    const expected = budgetText(past.scopes[0]?.remainingRatio ?? null);
    await waitUntil('the past is told', async () => ((await words.textContent()) ?? '').includes(expected));
    await panel(page, 'budget').getByRole('button', { name: '99.1 %, tried out' }).waitFor();
    await page.getByRole('button', { name: 'Save 99.1 % as the objective' }).click();
    await panel(page, 'history').getByText('objective 99 % → 99.1 %').waitFor();
    await page.getByText('In force. Move the slider').waitFor();
  });
  const { version, definition } = SloAnswer.parse(await answer('slos/steady'));
  assert.deepEqual([version, definition['objective']], [2, '99.1 %']);
});

test('the threshold has a slider of its own: the past is that of the API, and it is saved', async () => {
  await openPage('/slos/quick', desktop, async (page) => {
    const slider = page.getByRole('slider', { name: 'Threshold to try out' });
    await slider.focus();
    await page.keyboard.press('ArrowRight');
    assert.equal(new URL(page.url()).searchParams.get('under'), '400');
    const past = WhatIfAnswer.parse(await answer('slos/quick/whatif?under=400ms&days=7&scope='));
    const expected = budgetText(past.scopes[0]?.remainingRatio ?? null);
    const words = page.locator('.what-if-past');
    await waitUntil('the past is told', async () => ((await words.textContent()) ?? '').includes(expected));
    await page.getByText('The curve is of the threshold in force').waitFor();
    await page.getByRole('button', { name: 'Save 400 ms as the threshold' }).click();
    await page.getByText('In force. Move the slider').waitFor();
  });
  const { definition } = SloAnswer.parse(await answer('slos/quick'));
  assert.match(JSON.stringify(definition['sli']), /400ms/);
});

test('pages that were due and compliance are those of the API', async () => {
  const from = new Date(now.getTime() - 7 * 86_400_000);
  const response = await fetch(`${app.url}/api/v1/slos/backtest`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ slo: 'spent', from, to: now, scope: '' }),
  });
  const played = BacktestAnswer.parse(await response.json());
  assert.ok(played.episodes.length > 0);
  const { periods } = ComplianceAnswer.parse(await answer('slos/spent/compliance?scope='));
  await openPage('/slos/spent', desktop, async (page) => {
    await panel(page, 'episodes').locator('tbody tr').first().waitFor();
    assert.equal(await panel(page, 'episodes').locator('tbody tr').count(), played.episodes.length);
    assert.ok((await page.locator('.what-if-past').textContent())?.includes(toldText(played.summary)));
    const kept = panel(page, 'compliance').locator('tbody tr');
    assert.equal(await kept.count(), periods.filter(({ total }) => total > 0).length);
    assert.equal(
      await kept.first().locator('td').nth(2).textContent(),
      formatRatio(periods[0]?.ratio ?? null),
    );
    assert.match((await kept.first().textContent()) ?? '', /Missed/);
  });
});

test('time is left out with a reason, and taken back', async () => {
  await openPage('/slos/teams', desktop, async (page) => {
    const local = (minutesAgo: number) =>
      page.evaluate(
        `(() => { const at = new Date(${now.getTime() - minutesAgo * 60_000}); at.setMinutes(at.getMinutes() - at.getTimezoneOffset()); return at.toISOString().slice(0, 16); })()`,
      );
    const form = panel(page, 'corrections');
    await form.getByLabel('From').fill(String(await local(60)));
    await form.getByLabel('To').fill(String(await local(30)));
    await form.getByLabel('Why it does not count').fill(hostile);
    await form.getByLabel('Your name').fill('Mara');
    await form.getByRole('button', { name: 'Leave out' }).click();
    await form.locator('.row-main', { hasText: hostile }).waitFor();
    const { corrections } = CorrectionList.parse(await answer('corrections'));
    assert.deepEqual(
      corrections.map(({ slo, author, reason }) => [slo, author, reason]),
      [[['teams'], 'Mara', hostile]],
    );
    await form.getByRole('button', { name: /^Take back/ }).click();
    await form.getByText('All of the period counts.').waitFor();
  });
});

test('each scope is an objective of its own', async () => {
  await openPage('/slos/teams', desktop, async (page) => {
    const rows = panel(page, 'scopes').locator('tbody tr');
    assert.equal(await rows.count(), 2);
    await panel(page, 'scopes').getByRole('link', { name: 'discovery' }).click();
    await page.waitForURL(/scope=discovery/);
    await page.locator('.tile-note', { hasText: `${exactCount(2000)} events` }).waitFor();
  });
});

test('an objective that nothing counts for says so instead of drawing zero', async () => {
  await openPage('/slos/hostile', phone, async (page) => {
    await panel(page, 'budget').getByText('Nothing that counts happened in this period.').waitFor();
    assert.equal(await page.locator('canvas').count(), 0);
    assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), hostile);
  });
});

test('an objective that does not exist is told, and a refused answer as well', async () => {
  await visit(browser, `${app.url}/slos/none`, desktop, async ({ page, watch }) => {
    watch.expect(/404/);
    await page.getByText('There is no SLO "none".').first().waitFor();
  });
  app.refuse('/api/v1/budgets', 'UNAVAILABLE');
  await visit(browser, `${app.url}/slos`, desktop, async ({ page, watch }) => {
    watch.expect(/503/);
    await page.getByRole('alert').first().waitFor();
    app.refuse('/api/v1/budgets', null);
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await page.locator('.slo-table .name').first().waitFor();
  });
});

test('before the first objective the page says how to make one', async () => {
  await visit(browser, `${empty.url}/slos`, phone, async ({ page }) => {
    await page.getByRole('heading', { name: 'No objectives yet' }).waitFor();
    await assertAccessible(page);
  });
});

for (const [name, options] of Object.entries({ desktop, light, phone }))
  for (const path of ['/slos', '/slos/spent', '/slos/teams?objective=99.9+%25'])
    test(`axe finds nothing and nothing overflows: ${path}, ${name}`, async () => {
      await openPage(path, options, async (page) => {
        await assertAccessible(page);
        assert.equal(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), 0);
      });
    });
