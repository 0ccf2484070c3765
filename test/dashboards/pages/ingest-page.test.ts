import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Ingest, IngestConfig } from '../../../ingest/start-ingest.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { runIngest } from '../../ingest/support/running-ingest.js';
import { goodSpan, keyValues } from '../../ingest/support/sample-span.js';
import { type AppUnderTest, startApp } from '../../support/app-under-test.js';
import { assertAccessible } from '../../support/axe.js';
import { launchBrowser, type Visit, visit } from '../../support/browser.js';
import { openMigrated } from '../../support/open-migrated.js';
import { tempDir } from '../../support/temp-dir.js';
import { waitUntil } from '../../support/wait-until.js';

const desktop = { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' } as const;
const light = { ...desktop, colorScheme: 'light' } as const;
const phone = { viewport: { width: 390, height: 844 }, colorScheme: 'dark' } as const;

let warehouse: Warehouse;
let closeWarehouse: () => Promise<void>;
let browser: Browser;

before(async () => {
  ({ warehouse, close: closeWarehouse } = await openMigrated());
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await closeWarehouse();
});

type Scene = Visit & { app: AppUnderTest; ingest: Ingest; spool: string };
type Prepare = (ingest: Ingest, spool: string) => Promise<void>;

/** A receiver and a page of the test's own; ClickHouse takes everything and keeps nothing. */
async function scene(
  prepare: Prepare,
  run: (scene: Scene) => Promise<void>,
  options: BrowserContextOptions = desktop,
  config: Partial<IngestConfig> = {},
): Promise<void> {
  const directory = await tempDir();
  const spool = join(directory.path, 'spool');
  const ingest = await runIngest(spool, async () => undefined, { config });
  const app = await startApp(
    warehouse,
    () => new Date(),
    undefined,
    () => ingest,
  );
  try {
    await prepare(ingest, spool);
    await visit(browser, `${app.url}/ingest`, options, (visited) => run({ ...visited, app, ingest, spool }));
  } finally {
    await app.close();
    await ingest.stop(2000);
    await directory.remove();
  }
}

const nowNs = (agoMs: number) => `${Date.now() - agoMs}000000`;

async function send(
  ingest: Ingest,
  spans: readonly object[],
  agent = 'OTel-OTLP-Exporter-JavaScript/0.223.0',
) {
  const resource = {
    'service.name': 'checkout',
    'telemetry.sdk.language': 'nodejs',
    'telemetry.sdk.version': '2.12.0',
  };
  const body = JSON.stringify({
    resourceSpans: [{ resource: { attributes: keyValues(resource) }, scopeSpans: [{ spans }] }],
  });
  const headers = { 'content-type': 'application/json', 'user-agent': agent };
  return await fetch(`${ingest.url}/v1/traces`, { method: 'POST', headers, body });
}

const span = () => ({ ...goodSpan, startTimeUnixNano: nowNs(2000), endTimeUnixNano: nowNs(1000) });
const spanWithout = () => ({ ...span(), traceId: '00' });

const busy: Prepare = async (ingest, spool) => {
  for (let round = 0; round < 3; round++) await send(ingest, [span(), { ...span(), name: `op ${round}` }]);
  await send(ingest, [span(), spanWithout()], 'go-otel-sdk/1.28');
  const attributes = keyValues({ note: 'x'.repeat(300), 'api.password': 'hunter2' });
  await send(ingest, [{ ...span(), attributes }]);
  await fetch(`${ingest.url}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-protobuf', 'user-agent': 'broken/1' },
    body: Uint8Array.of(0x0a, 0x7f),
  });
  await mkdir(join(spool, 'poison'), { recursive: true });
  const note = {
    table: 'spans',
    rows: 12,
    token: 'seg-spans',
    reason: 'Code: 27. DB::Exception: Cannot parse input',
    setAsideAt: new Date(Date.now() - 180_000).toISOString(),
    columns: [],
  };
  await writeFile(join(spool, 'poison/seg-spans.json'), JSON.stringify(note));
  await writeFile(join(spool, 'poison/seg-spans.rows'), 'rows');
};

const tile = (page: Page, label: string) => page.locator('.tile', { hasText: label }).locator('.tile-value');

test('what was accepted and refused, by whom, and what to do about it, stands on one page', async () => {
  await scene(busy, async ({ page }) => {
    await page.getByRole('heading', { name: 'Senders' }).waitFor();
    assert.equal(await tile(page, 'Spans').textContent(), '8');
    assert.equal(await tile(page, 'Refused').textContent(), '2');
    const refused = (await page.getByLabel('Refused').textContent()) ?? '';
    assert.match(refused, /trace id is not 16 bytes.*trace-id-length/);
    assert.match(refused, /no OTLP message.*undecodable/);
    const senders = (await page.getByLabel('Senders').textContent()) ?? '';
    assert.match(senders, /checkout.*nodejs 2\.12\.0.*JavaScript/);
    const bad = (await page.getByLabel('Last bad payloads').textContent()) ?? '';
    assert.match(bad, /broken\/1/);
    const spool = (await page.getByLabel('Spool', { exact: true }).textContent()) ?? '';
    assert.match(spool, /of 512.MiB.*12 rows of spans, 3 min ago/);
    const changed = (await page.getByLabel('Changed on the way in').textContent()) ?? '';
    assert.match(changed, /Secrets replaced1/);
    assert.doesNotMatch((await page.locator('main').textContent()) ?? '', /hunter2/);
    await assertAccessible(page);
  });
});

for (const [name, options] of Object.entries({ light, phone })) {
  test(`nothing overlaps or overflows, and it stays readable: ${name}`, async () => {
    await scene(
      busy,
      async ({ page }) => {
        await page.getByRole('heading', { name: 'Senders' }).waitFor();
        await assertAccessible(page);
        const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
        assert.equal(overflow, 0);
      },
      options,
    );
  });
}

test('before anything came the page says so, and fills by itself', async () => {
  const nothing: Prepare = async () => undefined;
  await scene(nothing, async ({ page, ingest }) => {
    await page.getByRole('heading', { name: 'Nothing has arrived yet' }).waitFor();
    await assertAccessible(page);
    await send(ingest, [span()]);
    await waitUntil('it is counted', async () => (await page.locator('.tile').count()) > 0, 10_000);
    assert.equal(await tile(page, 'Spans').textContent(), '1');
    assert.match((await page.getByLabel('Refused').textContent()) ?? '', /Nothing was refused/);
  });
});

test('a process that takes no telemetry says that, and not that nothing came', async () => {
  const app = await startApp(warehouse, () => new Date());
  try {
    await visit(browser, `${app.url}/ingest`, desktop, async ({ page }) => {
      await page.getByRole('heading', { name: 'No telemetry is taken here' }).waitFor();
      await page.getByText('has no role "ingest"').waitFor();
      await assertAccessible(page);
    });
  } finally {
    await app.close();
  }
});

test('when the question fails the page says so; when a later one does, the figures stay and are said to be old', async () => {
  await scene(busy, async ({ page, watch, app }) => {
    watch.expect(/status of 503/);
    await page.getByRole('heading', { name: 'Senders' }).waitFor();
    app.refuse('/api/v1/ingest', 'UNAVAILABLE');
    await page.getByText('These figures are from').waitFor();
    assert.equal(await tile(page, 'Spans').textContent(), '8');
    await page.reload();
    await page.getByRole('heading', { name: 'How ingest is doing is not known' }).waitFor();
    await assertAccessible(page);
    app.refuse('/api/v1/ingest', null);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Senders' }).waitFor();
  });
});

test('while the answer is on its way the page says that it loads', async () => {
  await scene(busy, async ({ page }) => {
    let answer: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/api/v1/ingest', async (route) => {
      await held;
      await route.continue();
    });
    await page.reload();
    await page.locator('.summary[aria-busy="true"]').waitFor();
    await assertAccessible(page);
    answer();
    await page.getByRole('heading', { name: 'Senders' }).waitFor();
    assert.equal(await page.locator('[aria-busy="true"]').count(), 0);
  });
});

test('the pages are linked to each other', async () => {
  await scene(busy, async ({ page }) => {
    await page.getByRole('link', { name: 'Functions', exact: true }).click();
    await page.waitForURL((url) => url.pathname === '/');
    await page.getByRole('link', { name: 'Ingest' }).click();
    await page.getByRole('heading', { name: 'Senders' }).waitFor();
    assert.equal(await page.locator('.rail [aria-current="page"]').textContent(), 'Ingest');
  });
});
