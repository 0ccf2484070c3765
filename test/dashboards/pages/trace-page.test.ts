import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { Tenant } from '../../../schemas/access.js';
import { Trace } from '../../../schemas/trace.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { type AppUnderTest, startApp } from '../../support/app-under-test.js';
import { assertAccessible } from '../../support/axe.js';
import { launchBrowser, visit } from '../../support/browser.js';
import { insertInvocations } from '../../support/insert-invocations.js';
import { insertSpans, type TestSpan } from '../../support/insert-spans.js';
import { openMigrated } from '../../support/open-migrated.js';
import { waitUntil } from '../../support/wait-until.js';

const now = new Date(Math.floor(Date.now() / 60_000) * 60_000);
const started = new Date(now.getTime() - 600_000);
const later = (ms: number) => new Date(started.getTime() + ms);
const desktop = { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' } as const;
const phone = { viewport: { width: 390, height: 844 }, colorScheme: 'light' } as const;
const tenant = Tenant.parse('traces');
const hostile = '<img src=x onerror="document.title=\'owned\'"> \u202Etxt 🔥';
const few = 'a1'.repeat(16);
const large = 'b2'.repeat(16);
const idOf = (index: number) => index.toString(16).padStart(16, '0');

let warehouse: Warehouse;
let closeWarehouse: () => Promise<void>;
let browser: Browser;
let app: AppUnderTest;

before(async () => {
  ({ warehouse, close: closeWarehouse } = await openMigrated());
  app = await startApp(warehouse, () => now, tenant);
  const span = (
    index: number,
    parent: number,
    from: number,
    ms: number,
    more: Partial<TestSpan>,
  ): TestSpan => ({
    tenant,
    traceId: few,
    spanId: idOf(index),
    parentSpanId: parent === 0 ? '' : idOf(parent),
    name: `span ${index}`,
    startedAt: later(from),
    durationMs: ms,
    ...more,
  });
  await insertSpans(warehouse, [
    span(1, 0, 0, 100, { name: 'handler', attributes: { 'faas.name': hostile } }),
    span(2, 1, 10, 80, { name: 'slow call', status: 'error', exception: hostile }),
    span(3, 1, 10, 20, { name: 'fast call' }),
    ...Array.from(
      { length: 5000 },
      (_, index): TestSpan => ({
        tenant,
        traceId: large,
        spanId: idOf(index + 1),
        parentSpanId: index === 0 ? '' : idOf(Math.floor(index / 3) + 1),
        name: `span ${index}`,
        startedAt: later(index),
        durationMs: 5000 - index,
      }),
    ),
  ]);
  await insertInvocations(warehouse, [
    {
      tenant,
      function: 'checkout',
      startedAt: started,
      durationMs: 100,
      cold: true,
      attempt: 3,
      outcome: 'error',
      invocationId: 'inv-1',
      traceId: few,
      spanId: idOf(1),
    },
  ]);
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await app.close();
  await closeWarehouse();
});

test('the waterfall shows every span, what failed, the marks and the critical path', async () => {
  const trace = Trace.parse(await (await fetch(`${app.url}/api/v1/traces/${few}`)).json());
  assert.equal(trace.spans.length, 3);
  await visit(browser, `${app.url}/traces/${few}`, desktop, async ({ page }) => {
    await page.locator('.wf-row').first().waitFor();
    const rows = await page.locator('.wf-row').evaluateAll((all) => all.map((row) => row.dataset['kind']));
    assert.deepEqual(rows, ['span', 'span', 'exception', 'span']);
    const marks = await page.locator('.wf-row').first().locator('.mark-chip').allTextContents();
    assert.deepEqual(marks, ['cold', 'attempt 3']);
    const critical = await page
      .locator('.wf-row[data-kind="span"]')
      .evaluateAll((all) => all.map((row) => row.querySelectorAll('.wf-critical').length));
    assert.deepEqual(critical, [2, 1, 0]);
    assert.match((await page.locator('.trace-facts').textContent()) ?? '', /Duration100.*Spans3.*Errors1/);
    const link = page.getByRole('navigation', { name: 'Functions of this trace' }).getByRole('link');
    assert.match((await link.getAttribute('href')) ?? '', /^\/functions\/checkout\?environment=prod/);
  });
});

test('the keyboard reaches a span and shows its attributes; the link remembers it', async () => {
  await visit(browser, `${app.url}/traces/${few}`, desktop, async ({ page }) => {
    await page.locator('.wf-row').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'slow call' }).waitFor();
    assert.equal(new URL(page.url()).search, `?span=${idOf(2)}`);
    assert.equal(await page.locator('.attributes dd', { hasText: '<img' }).textContent(), hostile);
    await page.reload();
    await page.getByRole('heading', { name: 'slow call' }).waitFor();
    assert.equal(await page.title(), 'Coldburn');
    assert.equal(await page.locator('main img').count(), 0);
  });
});

test('an id is copied at a click', async () => {
  const options = { ...desktop, permissions: ['clipboard-read', 'clipboard-write'] };
  await visit(browser, `${app.url}/traces/${few}`, options, async ({ page }) => {
    await page.getByRole('button', { name: 'Copy the trace id' }).click();
    await page.getByText('Copied').waitFor();
    assert.equal(await page.evaluate('navigator.clipboard.readText()'), few);
  });
});

test('five thousand spans are few elements, and a link leads to any of them', async () => {
  await visit(browser, `${app.url}/traces/${large}?span=${idOf(4321)}`, desktop, async ({ page }) => {
    await page.getByRole('heading', { name: 'span 4320' }).waitFor();
    const chosen = page.locator('.wf-row[aria-pressed="true"]');
    await chosen.waitFor();
    await waitUntil('it has the focus', () =>
      chosen.evaluate((row) => row === row.ownerDocument.activeElement),
    );
    assert.ok((await page.locator('.wf-row').count()) < 90);
    const box = await chosen.boundingBox();
    assert.ok(box !== null && box.y > 50 && box.y < 900, JSON.stringify(box));
    await page.keyboard.press('Home');
    await page.locator('.wf-row[data-row="0"]').waitFor();
    await page.keyboard.press('End');
    await page.locator('.wf-row[data-row="4999"]').waitFor();
  });
});

test('a trace nobody knows says so', async () => {
  await visit(browser, `${app.url}/traces/${'f'.repeat(32)}`, desktop, async ({ page, watch }) => {
    watch.expect(/404/);
    await page.getByRole('alert').waitFor();
    assert.match((await page.getByRole('alert').textContent()) ?? '', /Nothing is stored of the trace ffff/);
  });
});

for (const colorScheme of ['dark', 'light'] as const)
  for (const viewport of [desktop.viewport, phone.viewport])
    test(`axe finds nothing: ${colorScheme}, ${viewport.width} pixels, a span chosen`, async () => {
      await visit(browser, `${app.url}/traces/${few}`, { viewport, colorScheme }, async ({ page }) => {
        await page.locator('.wf-row').nth(1).click();
        await page.getByRole('heading', { name: 'slow call' }).waitFor();
        await assertAccessible(page);
        assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true);
      });
    });
