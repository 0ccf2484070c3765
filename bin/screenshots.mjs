// `npm run screenshots`: starts the built program with the demo fleet in a folder of its own, waits until its history is
// there, and takes every page in the packaged browser, dark, light and as a phone shows it, into docs/images/. Names of
// pages keep it to those, and --url takes a demo that runs already: `npm run screenshots -- --url http://127.0.0.1:8080 cost slo`.
// Look at each picture before committing it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const images = join(root, 'docs/images');
const wide = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
const looks = [
  { look: 'dark', viewport: wide, colorScheme: 'dark' },
  { look: 'light', viewport: wide, colorScheme: 'light' },
  { look: 'phone', viewport: phone, colorScheme: 'dark' },
];

/** Paths, or what finds one. `open` is pressed before the picture is taken. */
const pages = {
  oncall: { path: '/oncall?range=6h' },
  functions: { path: '/' },
  function: { path: '/functions/checkout-api?range=6h' },
  trace: { path: failedTrace },
  slos: { path: '/slos' },
  slo: { path: '/slos/checkout-succeeds' },
  incidents: { path: '/incidents' },
  incident: { path: latestIncident },
  executive: { path: '/executive' },
  cost: { path: '/cost?by=function', open: '.row-open' },
  map: { path: '/map?range=6h' },
  ingest: { path: '/ingest' },
  settings: { path: '/settings' },
  inbox: { path: '/inbox' },
  demo: { path: '/demo' },
};

async function ask(origin, path) {
  return await (await fetch(new URL(`/api/v1/${path}`, origin))).json();
}

/** Of the latest failed runs behind the shop window, the trace that tells most. */
async function failedTrace(origin) {
  const found = [];
  for (const name of ['payments-authorize', 'checkout-api', 'cart-api', 'search-query']) {
    const asked = `invocations?function=${name}&outcome=error&windowMs=21600000&limit=10`;
    for (const { traceId, spanId } of (await ask(origin, asked)).invocations) {
      if (traceId === null) continue;
      const { spans } = await ask(origin, `traces/${traceId}`);
      found.push({ path: `/traces/${traceId}?span=${spanId}`, spans: spans?.length ?? 0 });
    }
  }
  const [richest] = found.sort((one, other) => other.spans - one.spans);
  if (richest === undefined) throw new Error('No run of a checkout has failed in the last six hours');
  return richest.path;
}

/** The worst open incident, else the list of them. */
async function latestIncident(origin) {
  const { incidents } = await ask(origin, 'incidents');
  const worst =
    incidents.find(({ severity }) => severity === 'page') ??
    incidents.find(({ worstSeverity }) => worstSeverity === 'page') ??
    incidents[0];
  return worst === undefined ? '/incidents' : `/incidents/${worst.id}`;
}

/** Months of pages about cost and objectives are whole when the history is. */
const historyMs = 1_800_000;
/** Rules and objectives are judged once a minute, so that incidents need a few. */
const leastMs = 150_000;
const quality = 0.72;

async function untilHistory(origin) {
  const startedMs = performance.now();
  for (;;) {
    const { history } = await ask(origin, 'demo');
    const tookMs = performance.now() - startedMs;
    if (tookMs > historyMs || (tookMs > leastMs && (history === null || history.doneRatio === 1))) return;
    process.stdout.write(`\rhistory of the demo: ${Math.floor((history?.doneRatio ?? 0) * 100)} % `);
    await pause(2_000);
  }
}

/** Opens the page and waits until nothing of it is still to come; a panel whose question found no turn is asked again. */
async function openWhole(page, url) {
  for (let left = 4; left > 0; left -= 1) {
    await page.goto(url, { waitUntil: 'load' });
    await page.locator('.panel').first().waitFor();
    await page.waitForFunction(
      () => document.querySelector('[aria-busy="true"], .bone') === null,
      undefined,
      { timeout: 120_000 },
    );
    if ((await page.locator('[role="alert"]').count()) === 0) return;
    await pause(5_000);
  }
  process.stderr.write(`${url} still says that something failed.\n`);
}

/** The browser itself writes WebP, a fifth of the same picture as PNG. */
async function writeWebp(converter, png, file) {
  const base64 = await converter.evaluate(
    async ({ data, asked }) => {
      const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
      const canvas = new OffscreenCanvas(picture.width, picture.height);
      canvas.getContext('2d').drawImage(picture, 0, 0);
      const blob = await canvas.convertToBlob({ type: 'image/webp', quality: asked });
      const bytes = new Uint8Array(await blob.arrayBuffer());
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    },
    { data: png.toString('base64'), asked: quality },
  );
  writeFileSync(file, Buffer.from(base64, 'base64'));
}

const { values: given, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: { url: { type: 'string' } },
});
const unknown = asked.find((name) => !(name in pages));
if (unknown !== undefined) {
  process.stderr.write(`There is no page "${unknown}"; there are ${Object.keys(pages).join(', ')}.\n`);
  process.exit(2);
}
await build();
const { launchBrowser } = await import('../dist/test/support/browser.js');
const { startServing } = await import('../dist/test/support/serving-program.js');
mkdirSync(images, { recursive: true });
const directory = mkdtempSync(join(tmpdir(), 'coldburn-pictures-'));
const entry = join(root, 'bin/coldburn.mjs');
const program =
  given.url === undefined ? await startServing(entry, directory, 60_000, {}, ['http'], ['--demo']) : null;
const browser = await launchBrowser();
try {
  const origin = given.url ?? program?.urls.get('http');
  const converter = await browser.newPage();
  if (program !== null) await untilHistory(origin);
  for (const [name, { path, open }] of Object.entries(pages)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    const wanted = typeof path === 'string' ? path : await path(origin);
    for (const { look, viewport, colorScheme } of looks) {
      const context = await browser.newContext({
        viewport,
        colorScheme,
        reducedMotion: 'reduce',
        locale: 'en-GB',
      });
      const page = await context.newPage();
      page.setDefaultTimeout(60_000);
      await openWhole(page, new URL(wanted, origin).href);
      if (open !== undefined) await page.locator(open).first().click();
      await pause(700);
      await writeWebp(converter, await page.screenshot(), join(images, `${name}-${look}.webp`));
      process.stdout.write(`docs/images/${name}-${look}.webp\n`);
      await context.close();
    }
  }
} finally {
  await browser.close();
  await program?.stop(10_000);
  await program?.kill();
  rmSync(directory, { recursive: true, force: true });
}
