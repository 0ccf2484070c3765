import type { Browser } from 'playwright-core';
import { Tenant } from '../schemas/access.js';
import { putSlo } from '../test/alerting/ledger/ledger-harness.js';
import { type AppUnderTest, startApp } from '../test/support/app-under-test.js';
import { launchBrowser } from '../test/support/browser.js';
import { insertSpans } from '../test/support/insert-spans.js';
import { openMigrated } from '../test/support/open-migrated.js';
import type { Figure } from './store/figure.js';

const now = new Date(Math.floor(Date.now() / 60_000) * 60_000);
const tenant = Tenant.parse('pages');
const traceId = 'cd'.repeat(16);
const viewport = { width: 1440, height: 900 };
/** After the last answer a page may ask for what that answer names. */
const quietMs = 1_500;

const paths = [
  '/',
  '/oncall',
  '/incidents',
  '/functions/function-1',
  `/traces/${traceId}`,
  '/slos',
  '/slos/kept',
  '/executive',
  '/cost',
  '/map',
  '/ingest',
  '/settings',
  '/inbox',
];

/** What each page asks the API when it is opened: calls, and bytes of their answers as they come over the wire. */
export async function bench(): Promise<{ rows: Figure[] }> {
  const { warehouse, close } = await openMigrated();
  const app = await startApp(warehouse, () => now, tenant);
  const browser = await launchBrowser();
  try {
    await warehouse.command(
      `INSERT INTO invocations (tenant, environment, function, started_at, duration_ns, outcome, provider, team, version)
       SELECT 'pages', 'prod', concat('function-', toString(number % 200)), {at: DateTime64(3)} - number % 3000,
         1000000 * (number % 900), if(number % 97 = 0, 'error', 'ok'), 'aws', 'load', toString(number % 3) FROM numbers(40000)`,
      { at: now },
    );
    await insertSpans(warehouse, [
      {
        tenant,
        traceId,
        spanId: '01'.repeat(8),
        name: 'run',
        startedAt: new Date(now.getTime() - 60_000),
        durationMs: 5,
        function: 'function-1',
      },
    ]);
    await putSlo(warehouse, tenant, {
      id: 'kept',
      title: 'Kept',
      sli: { kind: 'success' },
      objective: '99%',
    });
    const rows: Figure[] = [];
    for (const path of paths) rows.push(...(await callsOf(browser, app, path)));
    return { rows };
  } finally {
    await browser.close();
    await app.close();
    await close();
  }
}

async function callsOf(browser: Browser, app: AppUnderTest, path: string): Promise<Figure[]> {
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
  const page = await context.newPage();
  let calls = 0;
  let bytes = 0;
  let latestMs = performance.now();
  const counted = (url: string) => url.includes('/api/v1/') && !url.endsWith('/api/v1/live');
  page.on('request', (request) => {
    if (counted(request.url())) calls += 1;
  });
  page.on('requestfinished', (request) => {
    if (!counted(request.url())) return;
    latestMs = performance.now();
    void request.sizes().then(({ responseBodySize }) => {
      bytes += responseBodySize;
    });
  });
  await page.goto(`${app.url}${path}`, { waitUntil: 'load' });
  await page.locator('main .panel').first().waitFor();
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
  while (performance.now() - latestMs < quietMs) await page.waitForTimeout(100);
  const name = path.replace(traceId, 'ID').replace('function-1', 'NAME').replace('kept', 'NAME');
  await context.close();
  return [
    { measure: `${name}: calls`, value: calls, unit: 'calls' },
    { measure: `${name}: answers`, value: bytes / 1000, unit: 'kB' },
  ];
}
