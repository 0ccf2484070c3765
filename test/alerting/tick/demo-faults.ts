import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { DemoFunction } from '../../../cli/demo/fleet/demo-function.js';
import { shop } from '../../../cli/demo/fleet/shop.js';
import { cloudWatchPoints } from '../../../cli/demo/provider/cloudwatch-points.js';
import { ProviderBook } from '../../../cli/demo/provider/provider-book.js';
import { sendRequest } from '../../../cli/demo/run/send-request.js';
import { encodeRequests } from '../../../cli/demo/send/encode-requests.js';
import { encodeReports, isReported } from '../../../cli/demo/send/lambda-reports.js';
import { encodeMetricStream } from '../../../cli/demo/send/metric-stream.js';
import type { DemoInvocation } from '../../../cli/demo/simulate/invocation.js';
import { simulateMinute } from '../../../cli/demo/simulate/simulate-minute.js';
import { createWorld, type World } from '../../../cli/demo/simulate/world.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { incidentAt } from '../../cli/demo/demo-world.js';
import { runIngest } from '../../ingest/support/running-ingest.js';
import { settlerUnderTest, shiftedClock, testRules } from '../../settle/settle-harness.js';
import { openMigrated } from '../../support/open-migrated.js';
import { tempDir } from '../../support/temp-dir.js';
import { waitUntil } from '../../support/wait-until.js';

const firstSeed = 20_261_128;
const calmMinutes = 40;
const watchedMinutes = 19;
/** The part of the shop that is watched, and calls a minute from outside: enough to judge, and no more. */
const perMinute: Readonly<Record<string, number>> = {
  'storefront-edge': 25,
  'checkout-api': 18,
  'cart-api': 0,
  'payments-authorize': 16,
  'fraud-score': 0,
  'order-events': 0,
  'notify-email': 0,
  'orders-to-lake': 0,
  'image-upload': 3,
  'image-resize': 0,
  'catalogue-api': 12,
  'clickstream-collect': 10,
  'product-chat': 12,
};
/** Rare functions need the day before. */
const rareMinutes = 24 * 60;
const rare = ['sessions-rollup', 'gdpr-erase'];
const dayMinutes = 1440;
const today = Math.floor(Date.now() / 60_000 / dayMinutes);
/** The last Wednesday before today; 1970 began on a Thursday. */
const wednesday = today - 1 - (today % 7);
/** A busy hour of the shop. The dead-letter queue of the demo is emptied at the full hour, so the story lies within one. */
export const startMinute = wednesday * dayMinutes + 13 * 60 + 15;

/** Minutes after the start at which each begins; those that take their time began before. */
export const faults = {
  'bad-deploy': 0,
  'slow-dependency': -15,
  'cold-start-storm': 0,
  'retry-storm': 0,
  'dlq-growth': 0,
  throttling: 0,
  'credential-rotation': 0,
  'memory-leak': -105,
  'silent-function': -30,
  'lost-telemetry': -12,
  'event-storm': 0,
  'latency-regression': -200,
  'harmless-noise': -170,
} as const;

const incidents = Object.entries(faults).map(([name, after]) => incidentAt(name, startMinute + after));

function worldOf(functions: readonly DemoFunction[], seed: number): World {
  return createWorld({ ...shop, functions }, { seed, scale: 1, incidents });
}

/** The rare functions of the day before; the first seed in which the harmless one fails, or nothing would be shown. */
function rareRuns(functions: readonly DemoFunction[]): { seed: number; runs: DemoInvocation[] } {
  for (let seed = firstSeed; ; seed++) {
    const world = worldOf(functions, seed);
    const runs: DemoInvocation[] = [];
    for (let at = -rareMinutes; at < watchedMinutes; at++)
      runs.push(...simulateMinute(world, startMinute + at));
    if (runs.some((run) => run.function.name === 'gdpr-erase' && run.outcome !== 'ok')) return { seed, runs };
  }
}

function runsOf(): DemoInvocation[] {
  const { seed, runs } = rareRuns(shop.functions.filter(({ name }) => rare.includes(name)));
  const busy = shop.functions.flatMap((one) => {
    const calls = perMinute[one.name];
    // Else the failed payments and the bad deploy would be one fault of checkout.
    const called = one.calls.filter(({ to }) => to !== 'payments-authorize');
    return calls === undefined ? [] : [{ ...one, perMinute: calls, calls: called }];
  });
  const world = worldOf(busy, seed);
  for (let at = -calmMinutes; at < watchedMinutes; at++)
    runs.push(...simulateMinute(world, startMinute + at));
  return runs;
}

export type SentFaults = { warehouse: Warehouse; close: () => Promise<void> };

/** Everything the shop leaves behind while all of the demo's incidents happen, through the real receiver and settler. */
export async function sendFaults(): Promise<SentFaults> {
  const runs = runsOf();
  const opened = await openMigrated();
  const { warehouse } = opened;
  const [spool, outbox] = await Promise.all([tempDir(), tempDir()]);
  const ingest = await runIngest(spool.path, (segment, options) => warehouse.insertSegment(segment, options));
  const { signal } = new AbortController();
  const deps = { fetch, wait: async (ms: number) => await pause(ms), nowMs: Date.now };
  const book = new ProviderBook();
  for (const run of runs) book.add(run);
  const points = [];
  for (let at = -calmMinutes; at < watchedMinutes; at++)
    points.push(...book.take(startMinute + at).flatMap(cloudWatchPoints));
  for (const request of [
    ...encodeRequests(runs, 2_000),
    ...encodeReports(runs.filter(isReported)),
    encodeMetricStream(points, 'the-faults'),
  ]) {
    const result = await sendRequest({ url: ingest.url, key: null }, request, signal, deps);
    assert.deepEqual(result, { kind: 'stored', rejectedItems: 0 }, request.sender);
  }
  await waitUntil('everything is stored', async () => ingest.stats().spool.oldestAgeMs === null, 30_000);
  const rules = { ...testRules, reportGraceMs: 1, lookbackMs: 10 * dayMinutes * 60_000 };
  const { tick } = settlerUnderTest(warehouse, outbox.path, shiftedClock(), rules);
  await tick();
  return {
    warehouse,
    close: async () => {
      await ingest.stop(2_000);
      await opened.close();
      await Promise.all([spool.remove(), outbox.remove()]);
    },
  };
}
