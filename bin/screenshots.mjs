// `npm run screenshots`: starts the built program with the demo fleet in a folder of its own, waits until its history is
// there, and takes every picture of docs/images/ in the packaged browser. Look at each before committing it.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const images = join(root, 'docs/images');
const wide = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
const debugged = '/functions/checkout-api?range=6h';
const pictures = [
  { name: 'functions-dark', path: '/', viewport: wide, colorScheme: 'dark' },
  { name: 'functions-light', path: '/', viewport: wide, colorScheme: 'light' },
  { name: 'functions-phone', path: '/', viewport: phone, colorScheme: 'dark' },
  { name: 'ingest-dark', path: '/ingest', viewport: wide, colorScheme: 'dark' },
  { name: 'function-dark', path: debugged, viewport: wide, colorScheme: 'dark' },
  { name: 'function-light', path: debugged, viewport: wide, colorScheme: 'light' },
  { name: 'function-phone', path: debugged, viewport: phone, colorScheme: 'dark' },
  { name: 'trace-dark', path: failedTrace, viewport: wide, colorScheme: 'dark' },
];
/** The latest trace of a checkout that failed. */
async function failedTrace(origin) {
  const asked = new URL(
    '/api/v1/invocations?function=checkout-api&outcome=error&windowMs=86400000&limit=1',
    origin,
  );
  const { invocations } = await (await fetch(asked)).json();
  return `/traces/${invocations[0].traceId}?span=${invocations[0].spanId}`;
}

/** The fleet needs about half a minute for the last day; the page's hour is complete long before. */
const historyMs = 40_000;

await build();
const { launchBrowser } = await import('../dist/test/support/browser.js');
const { startServing } = await import('../dist/test/support/serving-program.js');
mkdirSync(images, { recursive: true });
const directory = mkdtempSync(join(tmpdir(), 'coldburn-pictures-'));
const program = await startServing(
  join(root, 'bin/coldburn.mjs'),
  directory,
  60_000,
  {},
  ['http'],
  ['--demo'],
);
const browser = await launchBrowser();
try {
  await pause(historyMs);
  for (const { name, path, viewport, colorScheme } of pictures) {
    const context = await browser.newContext({
      viewport,
      colorScheme,
      reducedMotion: 'reduce',
      locale: 'en-GB',
    });
    const page = await context.newPage();
    const origin = program.urls.get('http');
    const wanted = typeof path === 'string' ? path : await path(origin);
    await page.goto(new URL(wanted, origin).href, { waitUntil: 'load' });
    await page.locator('.panel').first().waitFor();
    await page.locator('[aria-busy="true"], .bone').first().waitFor({ state: 'detached' });
    await pause(1_000);
    await page.screenshot({ path: join(images, `${name}.png`) });
    process.stdout.write(`docs/images/${name}.png\n`);
    await context.close();
  }
} finally {
  await browser.close();
  await program.stop(10_000);
  await program.kill();
  rmSync(directory, { recursive: true, force: true });
}
