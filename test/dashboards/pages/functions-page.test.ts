import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { exactCount, formatCount } from '../../../dashboards/web/view/format-count.js';
import { formatDuration } from '../../../dashboards/web/view/format-duration.js';
import { formatRatio } from '../../../dashboards/web/view/format-ratio.js';
import { sortFunctions } from '../../../dashboards/web/view/sort-functions.js';
import { summarizeFunctions } from '../../../dashboards/web/view/summarize-functions.js';
import { Tenant } from '../../../schemas/access.js';
import { FunctionList } from '../../../schemas/functions.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { type AppUnderTest, startApp } from '../../support/app-under-test.js';
import { assertAccessible } from '../../support/axe.js';
import { launchBrowser, visit } from '../../support/browser.js';
import { insertInvocations, type TestInvocation } from '../../support/insert-invocations.js';
import { openMigrated } from '../../support/open-migrated.js';
import { waitUntil } from '../../support/wait-until.js';

const now = new Date('2026-11-01T12:00:00.000Z');
const desktop = { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' } as const;
const phone = { viewport: { width: 390, height: 844 }, colorScheme: 'light' } as const;

const hostile = [
  '<img src=x onerror="document.title=\'owned\'">',
  '</td></tr></table><script>document.title="owned"</script>',
  'checkout \u202Etxt.exe',
  '🔥 détection 検索 שלום',
  'x'.repeat(500),
  '{{7*7}} #{7*7} <%= 7 %> %s \\u0041 &amp;',
];

let warehouse: Warehouse;
let closeWarehouse: () => Promise<void>;
let browser: Browser;
let few: AppUnderTest;
let many: AppUnderTest;
let nasty: AppUnderTest;

before(async () => {
  ({ warehouse, close: closeWarehouse } = await openMigrated());
  const tenants = { few: Tenant.parse('few'), many: Tenant.parse('many'), nasty: Tenant.parse('nasty') };
  few = await startApp(warehouse, () => now, tenants.few);
  many = await startApp(warehouse, () => now, tenants.many);
  nasty = await startApp(warehouse, () => now, tenants.nasty);
  const at = (secondsAgo: number) => new Date(now.getTime() - secondsAgo * 1000);
  await insertInvocations(
    warehouse,
    knownRows(at).map((row) => ({ tenant: tenants.few, ...row })),
  );
  await insertInvocations(
    warehouse,
    hostile.map((name, index) => ({
      tenant: tenants.nasty,
      function: name,
      startedAt: at(60 + index),
      team: name,
    })),
  );
  await warehouse.command(
    `INSERT INTO invocations (tenant, environment, function, started_at, duration_ns, outcome, provider, team)
     SELECT 'many', 'prod', concat('function-', leftPad(toString(number), 4, '0')),
       {at: DateTime64(3)}, 1000000 * number, 'ok', 'aws', 'load' FROM numbers(5000)`,
    { at: at(60) },
  );
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await Promise.all([few.close(), many.close(), nasty.close()]);
  await closeWarehouse();
});

/** Four functions whose figures differ in every column. */
function knownRows(at: (secondsAgo: number) => Date): Omit<TestInvocation, 'tenant'>[] {
  const repeat = (count: number, row: (index: number) => Omit<TestInvocation, 'tenant'>) =>
    Array.from({ length: count }, (_, index) => row(index));
  return [
    ...repeat(200, (index) => ({
      function: 'checkout',
      startedAt: at(60 + index),
      durationMs: 20 + index,
      outcome: index < 3 ? 'error' : 'ok',
      cold: index < 10,
    })),
    ...repeat(40, (index) => ({
      function: 'search',
      startedAt: at(10 + index),
      durationMs: 1500 + index,
      team: 'discovery',
      provider: 'gcp',
      region: 'europe-west3',
    })),
    ...repeat(1, () => ({
      function: 'audit',
      startedAt: at(5),
      durationMs: 0.4,
      environment: 'staging',
      team: '',
    })),
    ...repeat(2, () => ({ function: 'refused', startedAt: at(90), outcome: 'throttled', durationMs: 0 })),
  ];
}

const names = (page: Page) => page.locator('tbody .name').allTextContents();
const openPage = (app: AppUnderTest, path: string, options: object, run: (page: Page) => Promise<void>) =>
  visit(browser, app.url + path, options, async ({ page }) => {
    await page.locator('.name').first().waitFor();
    await run(page);
  });

test('the first view is far under its budget of 150 kB, figures and all', async () => {
  await openPage(few, '/', desktop, async (page) => {
    const sum =
      'performance.getEntriesByType("resource").reduce((bytes, one) => bytes + one.encodedBodySize, 0)';
    const bytes = Number(await page.evaluate(sum));
    assert.ok(bytes > 10_000 && bytes < 80_000, `${bytes} bytes`);
  });
});

test('every number on the page is the one the API answers', async () => {
  const list = FunctionList.parse(await (await fetch(`${few.url}/api/v1/functions`)).json());
  assert.equal(list.functions.length, 4);
  await openPage(few, '/', desktop, async (page) => {
    const expected = sortFunctions(list.functions, 'errors', 'desc').map((one) => [
      one.function,
      formatRatio(one.successRatio) + (one.bad > 0 ? `${formatCount(one.bad)} failed` : ''),
      formatCount(one.invocations),
      ...[one.p50Ms, one.p95Ms, one.p99Ms].map(formatDuration),
      formatCount(one.coldStarts) + (one.coldStarts > 0 ? formatRatio(one.coldStartRatio) : ''),
    ]);
    const drawn = await page.locator('tbody tr').evaluateAll((rows) =>
      rows.map((row) => {
        for (const hidden of row.querySelectorAll('.unseen')) hidden.remove();
        return [row.querySelector('.name'), ...row.querySelectorAll('td')].map((cell) => cell?.textContent);
      }),
    );
    assert.deepEqual(
      drawn.map((cells) => cells.slice(0, 7)),
      expected,
    );
    const { successRatio, invocations, bad } = summarizeFunctions(list.functions);
    const tiles = await page.locator('.tile-value').allTextContents();
    assert.deepEqual(tiles.slice(0, 3), [formatRatio(successRatio), exactCount(invocations), '4']);
    assert.equal(await page.locator('.tile-note').first().textContent(), `${bad} failed`);
  });
});

test('a figure that is not known is a dash that says why', async () => {
  await openPage(few, '/?filter=refused', desktop, async (page) => {
    const cell = page.locator('tbody .col-p95 .unknown');
    assert.equal(await cell.getAttribute('title'), 'none of its invocations ran');
    await page.locator('tbody .name').click();
    const facts = await page.locator('dialog .facts').last().textContent();
    assert.match(facts ?? '', /Throttlesneeds provider counts/);
  });
});

test('columns sort both ways, say so, and put the order into the link', async () => {
  await openPage(few, '/', desktop, async (page) => {
    assert.deepEqual(await names(page), ['checkout', 'refused', 'search', 'audit']);
    await page.getByRole('button', { name: 'p95' }).click();
    assert.deepEqual(await names(page), ['search', 'checkout', 'audit', 'refused']);
    const p95 = page.getByRole('columnheader', { name: 'p95' });
    assert.equal(await p95.getAttribute('aria-sort'), 'descending');
    await page.getByRole('button', { name: 'p95' }).click();
    assert.deepEqual(await names(page), ['audit', 'checkout', 'search', 'refused']);
    assert.equal(await p95.getAttribute('aria-sort'), 'ascending');
    assert.equal(new URL(page.url()).search, '?sort=p95&order=asc');
    await page.goBack();
    assert.deepEqual(await names(page), ['search', 'checkout', 'audit', 'refused']);
  });
});

test('a link carries filters, and the summary is of what is listed', async () => {
  await openPage(few, '/?environment=staging', desktop, async (page) => {
    assert.deepEqual(await names(page), ['audit']);
    const environments = await page.getByLabel('Environment').locator('option').allTextContents();
    assert.deepEqual(environments, ['All environments', 'prod', 'staging']);
    await page.getByLabel('Environment').selectOption('prod');
    await page.locator('.name', { hasText: 'checkout' }).waitFor();
    await page.getByLabel('Team').selectOption('discovery');
    await waitUntil('one row is left', async () => (await page.locator('tbody .name').count()) === 1);
    assert.deepEqual(await names(page), ['search']);
    assert.equal((await page.locator('.tile-value').allTextContents())[1], '40');
    assert.equal(new URL(page.url()).search, '?environment=prod&team=discovery');
  });
});

test('the keyboard alone filters, moves, opens and closes', async () => {
  await openPage(few, '/', desktop, async (page) => {
    await page.keyboard.press('/');
    await page.keyboard.type('prod');
    assert.deepEqual(await names(page), ['checkout', 'refused', 'search']);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    assert.equal(await page.evaluate('document.activeElement.textContent'), 'refused');
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'search' }).waitFor();
    assert.match(page.url(), /open=/);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.equal(await page.evaluate('document.activeElement.textContent'), 'search');
    await page.keyboard.press('/');
    await page.keyboard.press('Escape');
    assert.equal((await names(page)).length, 4);
    await page.keyboard.type('nosuchfunction');
    await page.getByText('No function matches').waitFor();
  });
});

test('hostile names are text: whole in the title, cut on the page, and nothing of them runs', async () => {
  for (const options of [desktop, phone]) {
    await openPage(nasty, '/', options, async (page) => {
      const drawn = await page
        .locator('.name')
        .evaluateAll((all) => all.map((name) => [name.textContent, name.title]));
      const expected = hostile.map((name) => [name, name]);
      assert.deepEqual(drawn.sort(), expected.sort());
      assert.equal(await page.title(), 'Coldburn');
      assert.equal(await page.locator('.function-table img, .cards img, .panel script').count(), 0);
      assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true);
      await page.locator('.name', { hasText: 'xxxx' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      assert.equal(await dialog.locator('h2').textContent(), 'x'.repeat(500));
      assert.equal(await dialog.evaluate((element) => element.scrollWidth <= element.clientWidth), true);
    });
  }
});

test('five thousand functions are few elements, and the last one is one key away', async () => {
  await openPage(many, '/?sort=function', desktop, async (page) => {
    assert.equal(await page.locator('h1 .count').textContent(), '5,000');
    assert.ok((await page.locator('tbody tr').count()) < 60);
    await page.locator('tbody .name').first().focus();
    await page.keyboard.press('End');
    const focused = () => page.evaluate('document.activeElement.textContent');
    await waitUntil('the last row has the focus', async () => (await focused()) === 'function-4999');
    assert.ok((await page.locator('tbody tr').count()) < 60);
    const last = page.locator('tbody tr').last();
    assert.equal(await last.getAttribute('aria-rowindex'), '5001');
    await page.keyboard.press('ArrowUp');
    assert.equal(await page.evaluate('document.activeElement.textContent'), 'function-4998');
    await page.evaluate('scrollTo(0, 0)');
    await page.locator('.name', { hasText: 'function-0000' }).waitFor();
  });
});

test('the theme follows the system until chosen, and the choice is remembered', async () => {
  const background = 'getComputedStyle(document.body).backgroundColor';
  await openPage(few, '/', { ...desktop, colorScheme: 'light' }, async (page) => {
    const light = await page.evaluate(background);
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await page.evaluate(background);
    assert.notEqual(light, dark);
    await page.getByRole('button', { name: 'Switch to the light theme' }).click();
    assert.equal(await page.evaluate(background), light);
    await page.reload();
    assert.equal(await page.evaluate(background), light);
    await page.getByRole('button', { name: 'Switch to the dark theme' }).click();
    assert.equal(await page.evaluate('localStorage.length'), 0);
    assert.equal(await page.evaluate(background), dark);
  });
});

for (const width of [320, 390, 760, 1024, 1440, 2560])
  test(`at ${width} pixels nothing is wider than the window and the first row is in sight`, async () => {
    await openPage(few, '/', { ...desktop, viewport: { width, height: 844 } }, async (page) => {
      assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true);
      const box = await page.locator('.name').first().boundingBox();
      assert.ok(box !== null && box.y + box.height < 844 && box.width > 30, JSON.stringify(box));
    });
  });

for (const colorScheme of ['dark', 'light'] as const)
  for (const viewport of [desktop.viewport, phone.viewport])
    test(`axe finds nothing: ${colorScheme}, ${viewport.width} pixels, list and details`, async () => {
      await openPage(few, '/', { viewport, colorScheme }, async (page) => {
        await assertAccessible(page);
        await page.locator('.name').first().click();
        await page.getByRole('dialog').waitFor();
        await assertAccessible(page);
      });
    });
