import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { build } from 'vite';
import { z } from 'zod';
import { Tenant } from '../schemas/access.js';
import { type AppUnderTest, startApp } from '../test/support/app-under-test.js';
import { launchBrowser } from '../test/support/browser.js';
import { insertSpans } from '../test/support/insert-spans.js';
import { openMigrated } from '../test/support/open-migrated.js';
import { repositoryRoot } from '../test/support/repository-root.js';
import type { Warehouse } from '../warehouse/warehouse.js';
import type { Figure } from './store/figure.js';

const now = new Date(Math.floor(Date.now() / 60_000) * 60_000);
const tenant = Tenant.parse('bench');
const functions = 5_000;
const spans = 10_000;
const rounds = 5;
const viewport = { width: 1440, height: 900 };

/** What the app weighs, how soon it answers, and how long a frame takes when there is much to draw. */
export async function bench(): Promise<{ rows: Figure[] }> {
  const { warehouse, close } = await openMigrated();
  const app = await startApp(warehouse, () => now, tenant);
  const browser = await launchBrowser();
  try {
    await warehouse.command(
      `INSERT INTO invocations (tenant, environment, function, started_at, duration_ns, outcome, provider, team)
       SELECT 'bench', 'prod', concat('function-', toString(number % ${functions})),
         {at: DateTime64(3)} - number % 3000, 1000000 * (number % 900), 'ok', 'aws', 'load' FROM numbers(${functions * 4})`,
      { at: now },
    );
    const traceId = 'ab'.repeat(16);
    await insertSpans(
      warehouse,
      Array.from({ length: spans }, (_, index) => ({
        tenant,
        traceId,
        spanId: (index + 1).toString(16).padStart(16, '0'),
        parentSpanId:
          index === 0
            ? ''
            : Math.ceil(index / 4)
                .toString(16)
                .padStart(16, '0'),
        name: `step ${index % 50}`,
        startedAt: new Date(now.getTime() - 600_000 + index),
        durationMs: 5 + (index % 40),
        function: 'function-1',
      })),
    );
    return {
      rows: [
        ...(await weights()),
        ...(await firstView(browser, app)),
        ...(await chartFrames(browser)),
        ...(await traceFrames(browser, app, traceId)),
        ...(await liveMemory(browser, warehouse)),
      ],
    };
  } finally {
    await browser.close();
    await app.close();
    await close();
  }
}

/** Bytes as a browser gets them with gzip: what `/` loads at once, and everything there is. */
async function weights(): Promise<Figure[]> {
  const root = join(repositoryRoot, 'dist/dashboards/app');
  const index = await readFile(join(root, 'index.html'), 'utf8');
  const first = [...index.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, path = '']) => path);
  const all = (await readdir(join(root, 'assets'))).map((name) => `assets/${name}`);
  const sizes = await Promise.all(all.map(async (path) => gzipSync(await readFile(join(root, path))).length));
  const kilobytes = (paths: readonly string[]) =>
    all.reduce((sum, path, at) => sum + (paths.includes(path) ? (sizes[at] ?? 0) : 0), 0) / 1000;
  return [
    { measure: 'first view, gzip', value: kilobytes(first), unit: 'kB' },
    { measure: 'everything, gzip', value: kilobytes(all), unit: 'kB' },
  ];
}

const FirstSeen = z.object({ numberMs: z.number(), quietMs: z.number() });

/** From the click to the first figure, and until nothing keeps the page from answering, with 5,000 functions. */
async function firstView(browser: Browser, app: AppUnderTest): Promise<Figure[]> {
  const numberMs: number[] = [];
  const quietMs: number[] = [];
  const busyMs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
    const page = await context.newPage();
    const client = await context.newCDPSession(page);
    await client.send('Performance.enable');
    await page.goto(app.url, { waitUntil: 'commit' });
    await page.locator('.tile-value .figure').first().waitFor();
    const seen: unknown = await page.evaluate(`new Promise((resolve) => {
      const numberMs = performance.now();
      requestIdleCallback(() => resolve({ numberMs, quietMs: performance.now() }));
    })`);
    const { numberMs: first, quietMs: quiet } = FirstSeen.parse(seen);
    numberMs.push(first);
    quietMs.push(quiet);
    busyMs.push((await metricOf(client, 'ThreadTime')) * 1000);
    await context.close();
  }
  return [
    { measure: `first figure, ${functions} functions`, value: median(numberMs), unit: 'ms' },
    { measure: 'the page is idle', value: median(quietMs), unit: 'ms' },
    { measure: 'processor time of the page until then', value: median(busyMs), unit: 'ms' },
  ];
}

async function metricOf(client: CDPSession, wanted: string): Promise<number> {
  const { metrics } = await client.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
}

const Times = z.array(z.number());

/** The chart's own drawing, bundled alone and run in the page: 100 series of 1,440 steps, a shorter window each frame. */
async function chartFrames(browser: Browser): Promise<Figure[]> {
  const page = await browser.newPage({ viewport });
  await page.setContent('<canvas width="1300" height="240"></canvas>');
  await page.addScriptTag({
    content: await bundle(join(repositoryRoot, 'dashboards/web/browser/draw-chart.ts')),
  });
  const tookMs = Times.parse(await page.evaluate(drawMany));
  await page.close();
  return frameFigures('zooming 100 series of 1,440 steps', tookMs);
}

/** Runs in the page, whose types this program does not have. Reading a pixel waits until all is drawn. */
const drawMany = `(() => {
  const canvas = document.querySelector('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const whole = Array.from({ length: 100 }, (_, at) =>
    Array.from({ length: 1440 }, (_, step) => at * 3 + 20 * Math.sin(step / (5 + at / 9)) + ((step * 7919) % 13)));
  const took = [];
  for (let frame = 0; frame < 60; frame++) {
    const steps = 1440 - frame * 20;
    const series = whole.map((values, at) =>
      ({ key: String(at), label: '', color: 'accent', kind: 'line', values: values.slice(0, steps) }));
    const data = { fromMs: 0, stepMs: 60000, steps, series, format: String, least: null, most: null, lines: [], marks: [] };
    const startedMs = performance.now();
    context.clearRect(0, 0, canvas.width, canvas.height);
    chart.drawChart(context, { width: canvas.width, height: canvas.height }, () => '#3d86c0',
      { data, scale: { least: -30, most: 340 }, hidden: new Set() });
    context.getImageData(0, 0, 1, 1);
    took.push(performance.now() - startedMs);
  }
  return took;
})()`;

async function bundle(entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: true,
      lib: { entry, formats: ['iife'], name: 'chart' },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  if (output === undefined || !('output' in output)) throw new Error('Vite answered no output');
  return output.output[0].code;
}

/** Time between frames while a trace of 10,000 spans is scrolled from top to bottom. */
async function traceFrames(browser: Browser, app: AppUnderTest, traceId: string): Promise<Figure[]> {
  const page = await browser.newPage({ viewport });
  const startedMs = performance.now();
  await page.goto(`${app.url}/traces/${traceId}`, { waitUntil: 'commit' });
  await page.locator('[data-row="0"]').waitFor({ timeout: 60_000 });
  const shownMs = performance.now() - startedMs;
  const frames = Times.parse(await page.evaluate(scrollThrough));
  const rows = await countRows(page);
  await page.close();
  return [
    { measure: 'a trace of 10,000 spans is shown', value: shownMs, unit: 'ms' },
    { measure: 'its rows that exist at once', value: rows, unit: 'rows' },
    ...frameFigures('scrolling it', frames),
  ];
}

async function countRows(page: Page): Promise<number> {
  return page.locator('[data-row]').count();
}

/** Runs in the page, whose types this program does not have. */
const scrollThrough = `new Promise((resolve) => {
  const took = [];
  const step = document.documentElement.scrollHeight / 60;
  let before = performance.now();
  const frame = () => {
    const at = performance.now();
    took.push(at - before);
    before = at;
    if (took.length >= 60) resolve(took);
    else {
      scrollBy(0, step);
      requestAnimationFrame(frame);
    }
  };
  requestAnimationFrame(frame);
})`;

/** An hour of news, one every six seconds. */
const live = { functions: 50, updates: 600 };

/** Memory of the page that follows live, after its garbage is collected: before and after an hour of updates, sent fast. */
async function liveMemory(browser: Browser, warehouse: Warehouse): Promise<Figure[]> {
  const owner = Tenant.parse('live');
  await warehouse.command(
    `INSERT INTO invocations (tenant, environment, function, started_at, duration_ns, outcome)
     SELECT 'live', 'prod', concat('f-', toString(number % ${live.functions})), {at: DateTime64(3)} - number, 1000000, 'ok' FROM numbers(2000)`,
    { at: now },
  );
  const app = await startApp(warehouse, () => now, owner);
  const page = await browser.newPage({ viewport });
  let asked = 0;
  page.on('request', (request) => {
    if (request.url().includes('/api/v1/functions')) asked += 1;
  });
  // The page waits between its questions; on a clock of its own it need not.
  await page.clock.install();
  await page.goto(app.url, { waitUntil: 'commit' });
  await page.locator('.tile-value .figure').first().waitFor();
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable');
  const megabytes = async (): Promise<number> => {
    await client.send('HeapProfiler.collectGarbage');
    return (await metricOf(client, 'JSHeapUsedSize')) / 1e6;
  };
  const update = async (times: number): Promise<void> => {
    for (let left = times; left > 0; left -= 1) {
      const before = asked;
      app.hub.publish({ tenant: owner, kind: 'inserted', tables: ['invocations'], at: new Date() });
      while (asked === before) {
        await pause(20);
        await page.clock.runFor(500);
      }
    }
  };
  // What is made once is made by then.
  await update(live.updates / 6);
  const beforeMb = await megabytes();
  await update(live.updates);
  const afterMb = await megabytes();
  await page.close();
  await app.close();
  return [
    { measure: 'heap of the page that follows live', value: afterMb, unit: 'MB' },
    { measure: `grown by ${live.updates} updates`, value: afterMb - beforeMb, unit: 'MB' },
  ];
}

function frameFigures(what: string, tookMs: readonly number[]): Figure[] {
  const sorted = tookMs.toSorted((one, other) => one - other);
  return [
    { measure: `${what}: a frame, median`, value: median(tookMs), unit: 'ms' },
    {
      measure: `${what}: a frame, p95`,
      value: sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN,
      unit: 'ms',
    },
  ];
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
