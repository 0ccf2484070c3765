import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { formatCount } from '../../../dashboards/web/view/format-count.js';
import { formatDuration } from '../../../dashboards/web/view/format-duration.js';
import { formatRatio } from '../../../dashboards/web/view/format-ratio.js';
import { Tenant } from '../../../schemas/access.js';
import { InvocationPage } from '../../../schemas/invocations.js';
import { Heatmap, LatencySummary } from '../../../schemas/latency.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { type AppUnderTest, startApp } from '../../support/app-under-test.js';
import { assertAccessible } from '../../support/axe.js';
import { launchBrowser, visit } from '../../support/browser.js';
import { insertDebugged } from '../../support/insert-debugged.js';
import { openMigrated } from '../../support/open-migrated.js';
import { waitUntil } from '../../support/wait-until.js';

// Whole minutes of the real past: rows older than their retention vanish, and panels by the minute see all of them.
const now = new Date(Math.floor(Date.now() / 60_000) * 60_000);
const desktop = { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' } as const;
const phone = { viewport: { width: 390, height: 844 }, colorScheme: 'light' } as const;
const tenant = Tenant.parse('debug');
const hostile = '</h1><img src=x onerror="document.title=\'owned\'"> \u202Etxt/../%2e%2e?a=b#c 🔥';
const group = '00000000000000aa';
const debugged = { tenant, now, hostile, group, traceId: 'ab'.repeat(16) };

let warehouse: Warehouse;
let closeWarehouse: () => Promise<void>;
let browser: Browser;
let app: AppUnderTest;

before(async () => {
  ({ warehouse, close: closeWarehouse } = await openMigrated());
  app = await startApp(warehouse, () => now, tenant);
  await insertDebugged(warehouse, debugged);
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await app.close();
  await closeWarehouse();
});

const path = '/functions/checkout?environment=prod';
const panel = (page: Page, name: string) => page.locator(`[data-panel="${name}"]`);
const openPage = (to: string, options: object, run: (page: Page) => Promise<void>) =>
  visit(browser, app.url + to, options, async ({ page }) => {
    await page.locator('.headline .tile-value .figure').first().waitFor();
    await page.locator('.inv-time time').first().waitFor();
    await run(page);
  });
const answer = async (endpoint: string): Promise<unknown> =>
  (await fetch(`${app.url}/api/v1/${endpoint}&function=checkout&windowMs=3600000`)).json();

test('a row of the functions page leads here, and a link leads back with its filters', async () => {
  await visit(browser, `${app.url}/?environment=prod&range=6h`, desktop, async ({ page }) => {
    await page.locator('.name', { hasText: 'checkout' }).click();
    await page.getByRole('link', { name: 'Latency, errors, invocations and traces' }).click();
    await page.getByRole('heading', { name: 'checkout', level: 1 }).waitFor();
    assert.equal(new URL(page.url()).search, '?environment=prod&range=6h');
    await page.getByRole('link', { name: 'Functions' }).last().click();
    await page.locator('.name', { hasText: 'checkout' }).waitFor();
    assert.equal(new URL(page.url()).search, '?range=6h&environment=prod');
  });
});

test('the headline figures are those the API answers', async () => {
  const { quantilesMs } = LatencySummary.parse(await answer('latency?environment=prod'));
  await openPage(path, desktop, async (page) => {
    assert.deepEqual(await page.locator('.headline .tile-value').allTextContents(), [
      formatRatio(388 / 400),
      '400',
      ...['0.5', '0.95', '0.99'].map((key) => formatDuration(quantilesMs[key] ?? null)),
      '20',
      '1',
      '1',
    ]);
    assert.match(
      (await panel(page, 'outcomes').locator('.unseen').first().textContent()) ?? '',
      /^388 ok, 8 failed, 4 timed out, 0 throttled/,
    );
  });
});

test('a click on a cell of the heat map lists exactly the invocations it counts', async () => {
  const map = Heatmap.parse(await answer('heatmap?environment=prod&columns=120&rows=36'));
  const cells = map.counts.flatMap((counts, column) => counts.map((count, row) => ({ count, column, row })));
  const fullest = cells.reduce((before, cell) => (cell.count > before.count ? cell : before));
  assert.ok(fullest.count > 3);
  await openPage(path, desktop, async (page) => {
    const box = await page.locator('.heat-canvas').boundingBox();
    assert.ok(box !== null);
    const colored = await page.evaluate(
      `((canvas) => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some(Boolean))(
        document.querySelector('.heat-canvas'))`,
    );
    assert.equal(colored, true);
    const x = ((fullest.column + 0.5) / map.columns.length) * box.width;
    const y = (1 - (fullest.row + 0.5) / map.rows.length) * box.height;
    await page.locator('.plot').first().click({ position: { x, y } });
    await page.getByText(`All ${fullest.count} of this window.`).waitFor();
    assert.equal(await page.locator('.invocations tbody tr').count(), fullest.count);
    assert.equal(await page.locator('.cell-frame[data-frame="chosen"]').count(), 1);
    await page.reload();
    await page.getByText(`All ${fullest.count} of this window.`).waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByText('The newest 100').or(page.getByText('The newest 200')).waitFor();
  });
});

test('the keyboard moves over the cells, reads them out and opens one', async () => {
  await openPage(path, desktop, async (page) => {
    const plot = page.getByRole('slider', { name: 'Latency heat map' });
    await plot.focus();
    await page.keyboard.press('End');
    const last = await plot.getAttribute('aria-valuenow');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowUp');
    assert.equal(Number(await plot.getAttribute('aria-valuenow')), Number(last) - 1);
    assert.match((await plot.getAttribute('aria-valuetext')) ?? '', / · .* · (nothing|.* cold)$/);
    await page.keyboard.press('Enter');
    await waitUntil('the cell is in the link', async () => /since=.*min=/.test(page.url()));
  });
});

test('a drag over the bars zooms into that time, and a click leads back', async () => {
  await openPage(path, desktop, async (page) => {
    const box = await page.locator('[data-panel="outcomes"] .plot').boundingBox();
    assert.ok(box !== null);
    await page.mouse.move(box.x + box.width * 0.5, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.9, box.y + 20, { steps: 4 });
    await page.mouse.up();
    await waitUntil('the window is in the link', async () => /from=\d+&to=\d+/.test(page.url()));
    const params = new URL(page.url()).searchParams;
    const lengthMs = Number(params.get('to')) - Number(params.get('from'));
    assert.ok(Math.abs(lengthMs - 0.4 * 3_600_000) < 60_000, `${lengthMs}`);
    await page.getByRole('button', { name: 'back to the sliding time range' }).click();
    assert.equal(new URL(page.url()).search, '?environment=prod');
  });
});

test('the list is filtered, read page by page, and says when it ends', async () => {
  await openPage(path, desktop, async (page) => {
    await page.getByLabel('Outcome').selectOption({ label: 'Timeout' });
    await page.getByText('All 4 of this window.').waitFor();
    assert.equal(await page.locator('.outcome-chip').first().textContent(), 'Timeout');
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByLabel('Start', { exact: true }).selectOption({ label: 'Only cold' });
    await page.getByText('All 20 of this window.').waitFor();
    assert.match(page.url(), /cold=true/);
    await page.getByLabel('Start', { exact: true }).selectOption('all');
    // The fields are drawn anew with the list; what is typed before that would be lost to the test's own haste.
    await page.getByText('All 20 of this window.').waitFor({ state: 'hidden' });
    await page.getByLabel('From ms').fill('400');
    await page.keyboard.press('Enter');
    const slow = InvocationPage.parse(await answer('invocations?minDurationMs=400'));
    await page.getByText(`All ${slow.invocations.length} of this window.`).waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByLabel('Invocation id').fill('id-7');
    await page.keyboard.press('Enter');
    await page.getByText('All 1 of this window.').waitFor();
    assert.equal(await page.locator('td.inv-id').textContent(), 'id-7');
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.locator('.inv-time time').nth(5).waitFor();
    await page.locator('[data-row="0"]').focus();
    await waitUntil('the last one is reached', async () => {
      await page.keyboard.press('End');
      return (await page.getByText('All 400 of this window.').count()) === 1;
    });
    assert.ok((await page.locator('.invocations tbody tr').count()) < 80);
  });
});

test('errors, versions and dependencies are those stored, and lead on', async () => {
  await openPage(path, desktop, async (page) => {
    await panel(page, 'errors').locator('.error-count strong').waitFor();
    assert.equal(await panel(page, 'errors').locator('.error-count strong').textContent(), '2');
    assert.match((await panel(page, 'errors').locator('.error-facts').textContent()) ?? '', /a\.ts f.*in 2/);
    await panel(page, 'errors').getByRole('button', { name: 'List its invocations' }).click();
    assert.match(page.url(), new RegExp(`group=${group}`));
    await page.getByText('No invocation matches in this window.').waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    const versions = panel(page, 'versions').locator('tbody tr');
    await waitUntil('p95 is known', async () => (await versions.locator('.unknown').count()) === 0);
    const rows = await versions.allTextContents();
    assert.equal(rows.length, 2);
    assert.ok(rows[0]?.startsWith(`2100${formatRatio(0.88)}`), rows[0]);
    assert.ok(rows[1]?.startsWith(`1300${formatRatio(1)}`), rows[1]);
    assert.match(
      (await panel(page, 'dependencies').locator('tbody tr').first().textContent()) ?? '',
      /db\.internal/,
    );
    await versions.first().getByRole('button').click();
    await waitUntil(
      'the page is of one version',
      async () => (await page.locator('.headline .tile-value').nth(1).textContent()) === formatCount(100),
    );
    assert.match(page.url(), /version=2/);
    await panel(page, 'errors')
      .getByRole('link', { name: /^Trace 1/ })
      .click();
    await page.getByRole('heading', { name: /^Trace abab/ }).waitFor();
  });
});

test('a panel that fails says so and the others stand', async () => {
  await visit(browser, app.url + path, desktop, async ({ page, watch }) => {
    watch.expect(/503/);
    app.refuse('/api/v1/heatmap', 'UNAVAILABLE');
    await panel(page, 'latency').getByRole('alert').waitFor();
    await page.locator('.headline .tile-value .figure').first().waitFor();
    app.refuse('/api/v1/heatmap', null);
    await panel(page, 'latency').getByRole('button', { name: 'Try again' }).click();
    await page.locator('.heat-canvas').waitFor();
  });
});

test('what differs is asked when wanted, and sets bad runs apart from good ones', async () => {
  await openPage(path, desktop, async (page) => {
    await page.getByRole('button', { name: 'Compare bad with good runs' }).click();
    const rows = panel(page, 'contrast').locator('tbody tr');
    await rows.first().waitFor();
    assert.match((await rows.allTextContents()).join('\n'), /version 2/);
  });
});

test('a region of the heat map is marked with Shift, and its runs are set apart from all others', async () => {
  await openPage(path, desktop, async (page) => {
    const box = await page.locator('.heat-canvas').boundingBox();
    assert.ok(box !== null);
    await page.keyboard.down('Shift');
    await page.mouse.move(box.x + 2, box.y + box.height - 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 2, box.y + box.height * 0.4, { steps: 4 });
    await page.mouse.up();
    await page.keyboard.up('Shift');
    await waitUntil('the region is in the link', async () => /min=.*max=/.test(page.url()));
    await page.getByRole('button', { name: 'Compare these runs with all others' }).click();
    const table = panel(page, 'contrast');
    await table.locator('tbody tr, .debug-nothing').first().waitFor();
    assert.match((await table.textContent()) ?? '', /Inside|both sides are alike/);
  });
});

test('a function nothing is known of says so in every panel', async () => {
  await visit(browser, `${app.url}/functions/nobody`, desktop, async ({ page }) => {
    await waitUntil(
      'every panel is done',
      async () => (await page.locator('[aria-busy="true"]').count()) === 0,
    );
    await page.getByText('No invocation matches in this window.').waitFor();
    // Nothing is busy before the page's own code has come either.
    await waitUntil('nine panels say so', async () => (await page.locator('.debug-nothing').count()) === 9);
    assert.equal(await page.locator('.headline-nothing').count(), 1);
  });
});

for (const options of [desktop, phone])
  test(`hostile names are text at ${options.viewport.width} pixels`, async () => {
    await openPage(`/functions/${encodeURIComponent(hostile)}`, options, async (page) => {
      assert.equal(await page.locator('h1').textContent(), hostile);
      assert.equal(await page.title(), 'Coldburn');
      assert.equal(await page.locator('main img').count(), 0);
      assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true);
      assert.equal(await page.locator('.headline .tile-value').nth(1).textContent(), '1');
    });
  });

for (const colorScheme of ['dark', 'light'] as const)
  for (const viewport of [desktop.viewport, phone.viewport])
    test(`axe finds nothing: ${colorScheme}, ${viewport.width} pixels`, async () => {
      await openPage(path, { viewport, colorScheme }, async (page) => {
        await waitUntil(
          'every panel is done',
          async () => (await page.locator('[aria-busy="true"]').count()) === 0,
        );
        await assertAccessible(page);
        assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true);
      });
    });
