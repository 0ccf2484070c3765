import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { Tenant } from '../../../schemas/access.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { type AppUnderTest, startApp } from '../../support/app-under-test.js';
import { assertAccessible } from '../../support/axe.js';
import { launchBrowser, visit } from '../../support/browser.js';
import { insertInvocations } from '../../support/insert-invocations.js';
import { openMigrated } from '../../support/open-migrated.js';

const now = new Date('2026-11-01T12:00:00.000Z');
const desktop = { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' } as const;
const phone = { viewport: { width: 390, height: 844 }, colorScheme: 'light' } as const;
const tenant = Tenant.parse('framed');
const hostile = '<img src=x onerror="document.title=\'owned\'"> ‮txt';

let warehouse: Warehouse;
let closeWarehouse: () => Promise<void>;
let browser: Browser;
let app: AppUnderTest;

before(async () => {
  ({ warehouse, close: closeWarehouse } = await openMigrated());
  app = await startApp(warehouse, () => now, tenant);
  const startedAt = new Date(now.getTime() - 60_000);
  await insertInvocations(
    warehouse,
    ['checkout', 'search', hostile].map((name) => ({ tenant, function: name, startedAt })),
  );
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await app.close();
  await closeWarehouse();
});

const openPage = (options: object, run: (page: Page) => Promise<void>) =>
  visit(browser, `${app.url}/?environment=prod`, options, async ({ page }) => {
    await page.locator('.name').first().waitFor();
    await run(page);
  });
const field = (page: Page) => page.getByRole('combobox', { name: 'Go to a page, a function or an SLO' });

for (const [name, options] of Object.entries({ desktop, phone }))
  test(`${name}: the palette leads to a function by the keyboard alone`, async () => {
    await openPage(options, async (page) => {
      await page.keyboard.press('Control+k');
      await field(page).waitFor();
      await page.keyboard.type('check');
      await page.getByRole('option', { name: 'checkout' }).waitFor();
      await assertAccessible(page);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'checkout', level: 1 }).waitFor();
    });
  });

test('arrows choose, Escape closes and gives the focus back', async () => {
  await openPage(desktop, async (page) => {
    const opener = page.getByRole('button', { name: 'Go to… Ctrl K' });
    await opener.focus();
    await page.keyboard.press('Enter');
    await field(page).waitFor();
    await page.getByRole('option', { name: 'search' }).waitFor();
    await page.keyboard.press('ArrowDown');
    assert.equal(await field(page).getAttribute('aria-activedescendant'), 'palette-1');
    await page.keyboard.press('Escape');
    await field(page).waitFor({ state: 'detached' });
    assert.equal(await page.evaluate('document.activeElement.className'), 'find');
  });
});

test('hostile names are text in the palette', async () => {
  await openPage(desktop, async (page) => {
    await page.keyboard.press('Control+k');
    await field(page).fill('onerror');
    await page.locator('.palette-item', { hasText: 'onerror' }).waitFor();
    assert.deepEqual(await page.locator('.palette-label').allTextContents(), [hostile]);
    assert.equal(await page.title(), 'Coldburn');
  });
});

test('g and a letter lead to a view, which keeps what is filtered by; ? tells of it', async () => {
  await openPage(desktop, async (page) => {
    await page.keyboard.press('?');
    await page.getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor();
    await assertAccessible(page);
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('i');
    await page.waitForURL((url) => url.pathname === '/ingest');
    assert.equal(new URL(page.url()).search, '?environment=prod');
    await page.locator('.rail [aria-current="page"]', { hasText: 'Ingest' }).waitFor();
  });
});

test('what is typed into a field is not a shortcut', async () => {
  await openPage(desktop, async (page) => {
    await page.getByRole('searchbox', { name: 'Filter functions' }).fill('gi?');
    await page.keyboard.type('gi?');
    assert.equal(new URL(page.url()).pathname, '/');
    assert.equal(await page.locator('dialog').count(), 0);
  });
});
