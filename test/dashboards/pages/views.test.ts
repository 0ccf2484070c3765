import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { formatCount } from '../../../dashboards/web/view/format-count.js';
import { formatRatio } from '../../../dashboards/web/view/format-ratio.js';
import { Tenant } from '../../../schemas/access.js';
import { FunctionList } from '../../../schemas/functions.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { type AppUnderTest, startApp } from '../../support/app-under-test.js';
import { assertAccessible } from '../../support/axe.js';
import { launchBrowser, visit } from '../../support/browser.js';
import { insertInvocations } from '../../support/insert-invocations.js';
import { insertSpans } from '../../support/insert-spans.js';
import { openMigrated } from '../../support/open-migrated.js';
import { waitUntil } from '../../support/wait-until.js';

const now = new Date(Math.floor(Date.now() / 60_000) * 60_000);
const desktop = { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' } as const;
const light = { viewport: { width: 1440, height: 900 }, colorScheme: 'light' } as const;
const phone = { viewport: { width: 390, height: 844 }, colorScheme: 'light' } as const;
const tenant = Tenant.parse('views');
const business = { values: [{ functions: ['checkout'], usd: '12.50' }] };
const hostile = '<img src=x onerror="document.title=\'owned\'"> \u202Etxt 🔥';

let warehouse: Warehouse;
let closeWarehouse: () => Promise<void>;
let browser: Browser;
let app: AppUnderTest;
let empty: AppUnderTest;

before(async () => {
  ({ warehouse, close: closeWarehouse } = await openMigrated());
  app = await startApp(warehouse, () => now, tenant, undefined, { business });
  empty = await startApp(warehouse, () => now, Tenant.parse('empty'));
  const at = (minutesAgo: number) => new Date(now.getTime() - minutesAgo * 60_000);
  const runs = (name: string, team: string, count: number, failed: number) =>
    Array.from({ length: count }, (_, index) => ({
      tenant,
      function: name,
      team,
      startedAt: at(5 + (index % 40)),
      outcome: index < failed ? ('error' as const) : ('ok' as const),
    }));
  await insertInvocations(warehouse, [
    ...runs('checkout', 'shop', 400, 30),
    ...runs('search', 'discovery', 600, 3),
    ...runs(hostile, 'shop', 20, 1),
  ]);
  await insertSpans(
    warehouse,
    Array.from({ length: 30 }, (_, index) => ({
      tenant,
      traceId: String(index).padStart(32, '0'),
      spanId: String(index).padStart(16, '0'),
      parentSpanId: 'ab'.repeat(8),
      name: 'SELECT orders',
      startedAt: at(10),
      durationMs: 5,
      function: index < 20 ? 'checkout' : 'search',
      peer: 'db.internal',
    })),
  );
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await Promise.all([app.close(), empty.close()]);
  await closeWarehouse();
});

const panel = (page: Page, name: string) => page.locator(`[data-panel="${name}"]`);
const tile = (page: Page, label: string) =>
  page.locator('.tile', { has: page.getByText(label, { exact: true }) }).locator('.tile-value');
const openPage = (path: string, options: object, run: (page: Page) => Promise<void>) =>
  visit(browser, app.url + path, options, async ({ page }) => {
    await page.locator('main h1').first().waitFor({ state: 'attached' });
    await waitUntil(
      'all is there',
      async () => (await page.locator('[aria-busy="true"]').count()) === 0,
      30_000,
    );
    await run(page);
  });
const functions = async (windowMs: number) => {
  const url = `${app.url}/api/v1/functions?windowMs=${windowMs}`;
  return FunctionList.parse(await (await fetch(url)).json()).functions;
};
const sumOf = (rows: { bad: number; invocations: number }[]) =>
  rows.reduce((sum, row) => ({ bad: sum.bad + row.bad, all: sum.all + row.invocations }), { bad: 0, all: 0 });

test('on call: the figures are those of the API, failing functions and errors lead to their pages', async () => {
  const { bad, all } = sumOf(await functions(3_600_000));
  await openPage('/oncall', desktop, async (page) => {
    assert.equal(await tile(page, 'Success rate').textContent(), formatRatio((all - bad) / all));
    assert.match(
      (await panel(page, 'failures').locator('.unseen').first().textContent()) ?? '',
      /checkout: latest/,
    );
    assert.equal(
      await page.getByRole('heading', { level: 1 }).textContent(),
      'No objectives yet, so nothing can burn',
    );
    assert.equal(await page.title(), 'Coldburn');
  });
});

test('on call: a drag over the chart zooms in, and a press leads back', async () => {
  await openPage('/oncall', desktop, async (page) => {
    const box = await panel(page, 'failures').locator('.plot').boundingBox();
    assert.ok(box !== null);
    await page.mouse.move(box.x + box.width * 0.3, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + 20, { steps: 4 });
    await page.mouse.up();
    await waitUntil('the time is in the link', async () => /from=\d+&to=\d+/.test(page.url()));
    await page.getByRole('button', { name: 'back to the sliding time range' }).click();
    assert.doesNotMatch(page.url(), /from=/);
  });
});

test('on call: any time is chosen by its fields, and stands in the link', async () => {
  await openPage('/oncall', desktop, async (page) => {
    await page.getByRole('button', { name: 'Choose a time from and to' }).click();
    const from = page.getByLabel('From', { exact: true });
    assert.match(await from.inputValue(), /^\d{4}-\d\d-\d\dT\d\d:\d\d$/);
    await page.getByLabel('To', { exact: true }).fill('2020-01-01T00:00');
    assert.equal(await page.getByRole('button', { name: 'Look at it' }).isDisabled(), true);
    await from.fill('2019-12-31T00:00');
    await page.getByRole('button', { name: 'Look at it' }).click();
    await waitUntil('the time is in the link', async () => page.url().includes('to='));
    const { searchParams } = new URL(page.url());
    assert.equal(Number(searchParams.get('to')) - Number(searchParams.get('from')), 86_400_000);
  });
});

test('executive: rate, failures and teams are those of the API, and paper leaves out what is pressed', async () => {
  const { bad, all } = sumOf(await functions(7 * 86_400_000));
  await openPage('/executive', desktop, async (page) => {
    assert.equal(await tile(page, 'Success rate').textContent(), formatRatio((all - bad) / all));
    assert.equal(await tile(page, 'Invocations').textContent(), formatCount(all));
    assert.match((await panel(page, 'impact').locator('tbody tr').first().textContent()) ?? '', /^checkout/);
    assert.match((await panel(page, 'teams').locator('tbody tr').first().textContent()) ?? '', /^shop/);
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('.rail').isVisible(), false);
    const background = await page.evaluate('getComputedStyle(document.body).backgroundColor');
    assert.equal(background, 'rgb(255, 255, 255)');
    const pdf = (await page.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1');
    assert.equal(pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length, 1);
  });
});

test('executive: failures are ranked by what they were worth, and the list is taken along with every digit', async () => {
  await openPage('/executive', desktop, async (page) => {
    const rows = panel(page, 'impact').locator('tbody tr');
    assert.match((await rows.first().textContent()) ?? '', /^checkout shop30.*\$375\.00$/);
    assert.equal(await rows.count(), 3);
    assert.equal(await tile(page, 'Lost to failures').textContent(), '$375.00');
    assert.equal(await tile(page, 'Critical functions').textContent(), formatRatio(370 / 400));
    await panel(page, 'impact').getByRole('button', { name: 'More about Where mending helps most' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as CSV' }).click(),
    ]);
    const [head, first, , last] = (await readFile(await download.path(), 'utf8')).split('\r\n');
    assert.equal(head, 'Function,Lost,Success,At stake');
    assert.match(first ?? '', /^checkout shop,30,.*,375$/);
    assert.match(last ?? '', /,1,.*,$/);
  });
});

test('a function says what it runs on, or that nobody told', async () => {
  await openPage('/', desktop, async (page) => {
    await page.locator('.function-table tbody tr', { hasText: 'checkout' }).first().click();
    const details = page.locator('dialog.details');
    await details.getByText('Runtime').waitFor();
    await details.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
    const facts = await details.locator('.facts').last().textContent();
    assert.match(`${facts}${await details.textContent()}`, /Runtimenot toldMemorynot told/);
  });
});

test('map: every call is drawn and listed, and a function is one key away', async () => {
  await openPage('/map', desktop, async (page) => {
    const names = await page.locator('.map-node text:first-of-type').allTextContents();
    assert.deepEqual(names.sort(), ['checkout', 'db.internal', 'search']);
    assert.match(
      (await panel(page, 'links').locator('tbody tr').first().textContent()) ?? '',
      /checkoutdb\.internal20/,
    );
    await page.getByRole('link', { name: /^checkout: 400 invocations/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'checkout', level: 1 }).waitFor();
  });
});

test('settings: a key is made, shown once and revoked', async () => {
  await openPage('/settings', desktop, async (page) => {
    await page.getByLabel('Who or what holds the new key').fill('pipeline');
    assert.equal(await page.getByLabel('Role of the new key').inputValue(), 'admin');
    await page.getByRole('button', { name: 'Make a key' }).click();
    await panel(page, 'keys').locator('pre').waitFor();
    assert.match((await panel(page, 'keys').locator('pre').textContent()) ?? '', /^cbk_/);
    await page.getByRole('button', { name: 'Revoke pipeline' }).click();
    await page.getByRole('button', { name: 'Really revoke' }).click();
    await page.locator('tr[data-revoked="true"]', { hasText: 'pipeline' }).waitFor();
  });
  const Keys = z.object({ keys: z.array(z.object({ name: z.string(), revokedAt: z.string().nullable() })) });
  const { keys } = Keys.parse(await (await fetch(`${app.url}/api/v1/keys`)).json());
  assert.ok(keys.some(({ name, revokedAt }) => name === 'pipeline' && revokedAt !== null));
});

for (const path of ['/oncall', '/executive', '/map'])
  test(`without any data nothing looks like zero: ${path}`, async () => {
    await visit(browser, empty.url + path, phone, async ({ page }) => {
      await page.locator('.debug-nothing').first().waitFor();
      assert.equal(await page.locator('canvas').count(), 0);
    });
  });

for (const [name, options] of Object.entries({ desktop, light, phone }))
  for (const path of ['/oncall', '/executive', '/map', '/settings'])
    test(`axe finds nothing and nothing overflows: ${path}, ${name}`, async () => {
      await openPage(path, options, async (page) => {
        await assertAccessible(page);
        assert.equal(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), 0);
      });
    });
