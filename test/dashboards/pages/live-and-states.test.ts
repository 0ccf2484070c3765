import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { Tenant } from '../../../schemas/access.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { type AppUnderTest, startApp } from '../../support/app-under-test.js';
import { assertAccessible } from '../../support/axe.js';
import { launchBrowser, type Visit, visit } from '../../support/browser.js';
import { insertInvocations } from '../../support/insert-invocations.js';
import { openMigrated } from '../../support/open-migrated.js';
import { waitUntil } from '../../support/wait-until.js';

const desktop = { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' } as const;
const refused = /status of (401|503)/;

let warehouse: Warehouse;
let closeWarehouse: () => Promise<void>;
let browser: Browser;
let tenants = 0;

before(async () => {
  ({ warehouse, close: closeWarehouse } = await openMigrated());
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await closeWarehouse();
});

type Scene = Visit & { app: AppUnderTest; insert: (name: string, startedAt?: Date) => Promise<void> };

/** A tenant, a server and a page of the test's own. `insert` stores one invocation and tells, as ingest does. */
async function scene(path: string, prepare: string[], run: (scene: Scene) => Promise<void>): Promise<void> {
  tenants += 1;
  const tenant = Tenant.parse(`tenant-${tenants}`);
  const app = await startApp(warehouse, () => new Date(), tenant);
  const insert = async (name: string, startedAt = new Date()) => {
    await insertInvocations(warehouse, [{ tenant, function: name, startedAt }]);
    app.hub.publish({ tenant, kind: 'inserted', tables: ['invocations'], at: new Date() });
  };
  for (const name of prepare) await insert(name, new Date(Date.now() - 60_000));
  try {
    await visit(browser, app.url + path, desktop, async (visited) => run({ ...visited, app, insert }));
  } finally {
    await app.close();
  }
}

const liveLabel = (page: Page) => page.locator('.live-label').textContent();
const invocations = (page: Page) => page.locator('tbody .col-invocations').first().textContent();

test('with no data at all the page shows how to send some, and gives way to the first invocation by itself', async () => {
  await scene('/', [], async ({ page, insert }) => {
    await page.getByRole('heading', { name: 'Send your first invocation' }).waitFor();
    await page.getByText('OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318').waitFor();
    const ways = [
      'Python',
      'Go',
      'Java',
      '.NET',
      'AWS Lambda',
      'Azure Functions',
      'Cloudflare Workers',
      'Vercel',
      'Collector',
    ];
    for (const way of [...ways, 'Node.js']) {
      await page.getByRole('radio', { name: way }).check();
      assert.match((await page.locator('.steps').textContent()) ?? '', /http:\/\/localhost:4318/);
    }
    await assertAccessible(page);
    await waitUntil('the page is live', async () => (await liveLabel(page)) === 'Live');
    await insert('hello');
    await page.locator('.name', { hasText: 'hello' }).waitFor();
    assert.equal(await page.getByRole('heading', { name: 'Send your first invocation' }).count(), 0);
  });
});

test('the copy button copies the snippet, or selects it where the clipboard is closed', async () => {
  await scene('/', [], async ({ page }) => {
    await page.getByRole('button', { name: 'Copy: OTLP endpoint' }).click();
    await waitUntil('it says what happened', async () =>
      /Copied|Selected/.test(
        (await page.getByRole('button', { name: 'Copy: OTLP endpoint' }).textContent()) ?? '',
      ),
    );
  });
});

test('what is stored while the page is open appears by itself, and a paused page stands still', async () => {
  await scene('/', ['checkout'], async ({ page, insert }) => {
    await waitUntil('the page is live', async () => (await liveLabel(page)) === 'Live');
    await insert('checkout');
    await waitUntil('the count follows', async () => (await invocations(page)) === '2');
    await page.getByRole('button', { name: /^Live updates/ }).click();
    assert.equal(await liveLabel(page), 'Paused');
    let asked = 0;
    page.on('request', () => {
      asked += 1;
    });
    await insert('checkout');
    await page.getByLabel('Filter functions').fill('check');
    assert.equal(await invocations(page), '2');
    assert.equal(asked, 0);
    await page.getByRole('button', { name: /^Live updates/ }).click();
    await waitUntil('it catches up', async () => (await invocations(page)) === '3');
  });
});

test('a storm of inserts makes at most two questions a second, and the last one is seen', async () => {
  await scene('/', ['checkout'], async ({ page, insert }) => {
    await waitUntil('the page is live', async () => (await liveLabel(page)) === 'Live');
    const askedAt: number[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/functions')) askedAt.push(performance.now());
    });
    for (let round = 0; round < 30; round += 1) await insert('checkout');
    await waitUntil('the last is counted', async () => (await invocations(page)) === '31');
    for (const [index, atMs] of askedAt.entries()) {
      const before = askedAt[index - 1];
      // Heard in this process, a little after they were sent in the other.
      if (before !== undefined) assert.ok(atMs - before > 400, `${(atMs - before).toFixed(0)} ms apart`);
    }
  });
});

test('when the stream is refused the page says so and asks by itself', async () => {
  await scene('/?range=15m', ['checkout'], async ({ page, watch, app, insert }) => {
    watch.expect(refused);
    await page.locator('.name').first().waitFor();
    app.refuse('/api/v1/live', 'UNAVAILABLE');
    await page.reload();
    await waitUntil('it says so', async () => (await liveLabel(page)) === 'Every 5 s');
    await insert('checkout');
    await waitUntil('it asks by itself', async () => (await invocations(page)) === '2');
  });
});

test('a refused question shows the message, the remedy and the request, and another try', async () => {
  await scene('/?sort=p95', ['checkout'], async ({ page, watch, app }) => {
    watch.expect(refused);
    await page.locator('.name').first().waitFor();
    app.refuse('/api/v1/functions', 'UNAVAILABLE');
    await page.reload();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    assert.match((await alert.textContent()) ?? '', /Refused by the test.*readyz.*Request [\w-]+/);
    await assertAccessible(page);
    app.refuse('/api/v1/functions', null);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('.name', { hasText: 'checkout' }).waitFor();
  });
});

test('when a later question fails the figures stay and are said to be old', async () => {
  await scene('/', ['checkout'], async ({ page, watch, app, insert }) => {
    watch.expect(refused);
    await waitUntil('the page is live', async () => (await liveLabel(page)) === 'Live');
    app.refuse('/api/v1/functions', 'UNAVAILABLE');
    await insert('checkout');
    await page.getByText('These figures are from').waitFor();
    assert.equal(await invocations(page), '1');
    app.refuse('/api/v1/functions', null);
    await page.getByRole('button', { name: 'Try again' }).click();
    await waitUntil('the count follows', async () => (await invocations(page)) === '2');
    assert.equal(await page.getByRole('alert').count(), 0);
  });
});

test('while the answer is on its way the panels say that they load', async () => {
  await scene('/', ['checkout'], async ({ page }) => {
    await page.locator('.name').first().waitFor();
    let answer: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/api/v1/functions?*', async (route) => {
      await held;
      await route.continue();
    });
    await page.reload();
    await page.locator('.functions[aria-busy="true"]').waitFor();
    assert.equal(await page.locator('.summary').getAttribute('aria-busy'), 'true');
    await assertAccessible(page);
    answer();
    await page.locator('.name').first().waitFor();
    assert.equal(await page.locator('[aria-busy="true"]').count(), 0);
  });
});

test('a time range or filter without invocations says so and offers a way out, not the first-minute page', async () => {
  await scene('/?environment=nowhere', ['checkout'], async ({ page }) => {
    await page.getByRole('heading', { name: 'No invocations in the last hour' }).waitFor();
    await page.getByText('in the environment nowhere').waitFor();
    await assertAccessible(page);
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await page.locator('.name', { hasText: 'checkout' }).waitFor();
    assert.equal(new URL(page.url()).search, '');
  });
});

test('signed out, the page asks for a key, says why one is refused, and goes on when one is right', async () => {
  await scene('/', ['checkout'], async ({ page, watch, app }) => {
    watch.expect(refused);
    app.refuse('/api/v1/functions', 'UNAUTHENTICATED');
    app.refuse('/api/v1/live', 'UNAUTHENTICATED');
    await page.route('**/api/v1/session', async (route) => {
      const isRight = route.request().postDataJSON().key === 'cbk_right';
      const problem = {
        code: 'UNAUTHENTICATED',
        message: 'This key is not known',
        remedy: 'Use another.',
        requestId: '1',
      };
      await route.fulfill(isRight ? { status: 204 } : { status: 401, json: problem });
    });
    await page.reload();
    await page.getByLabel('API key').fill('cbk_wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('This key is not known. Use another.').waitFor();
    await assertAccessible(page);
    app.refuse('/api/v1/functions', null);
    app.refuse('/api/v1/live', null);
    await page.getByLabel('API key').fill('cbk_right');
    await page.keyboard.press('Enter');
    await page.locator('.name', { hasText: 'checkout' }).waitFor();
    await waitUntil('the page is live', async () => (await liveLabel(page)) === 'Live');
  });
});
