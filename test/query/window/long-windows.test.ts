import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { readBuckets } from '../../../query/durations/read-buckets.js';
import { readHeatmapCells } from '../../../query/durations/read-heatmap.js';
import { readBucketPercentiles } from '../../../query/functions/read-percentiles.js';
import { everything as noDimensions } from '../../../query/sli/dimensions.js';
import { readSpread } from '../../../query/sli/read-spread.js';
import { readUnder } from '../../../query/sli/read-under.js';
import { wholeMs } from '../../../query/sli/sli.js';
import { dayParts } from '../../../query/window/day-parts.js';
import { type WindowParts, windowParts } from '../../../query/window/window-parts.js';
import { Tenant } from '../../../schemas/access.js';
import type { TenantWarehouse, Warehouse } from '../../../warehouse/warehouse.js';
import { insertInvocations, type TestInvocation } from '../../support/insert-invocations.js';
import { openMigrated } from '../../support/open-migrated.js';

const dayMs = 86_400_000;
const now = new Date();
const days = 6;
const start = Math.floor(now.getTime() / dayMs) * dayMs - days * dayMs;
const spanMs = (days - 1) * dayMs;
const tenant = Tenant.parse('long');
const everyRun = { function: 'f', environment: null, version: null, region: null, cold: null, failed: null };

let warehouse: Warehouse;
let close: () => Promise<void>;
let door: TenantWarehouse;

before(async () => {
  ({ warehouse, close } = await openMigrated());
  door = warehouse.forTenant(tenant);
  const rows: TestInvocation[] = Array.from({ length: 3000 }, (_, index) => ({
    tenant,
    function: 'f',
    // Some exactly on the borders of hours and days.
    startedAt: new Date(
      start + (index % 7 === 0 ? (index * 3_600_000) % spanMs : (index * 79_193_333) % spanMs),
    ),
    spanId: index.toString(16).padStart(16, '0'),
    durationMs: 1 + ((index * 7919) % 4000) / 7,
    outcome: (['ok', 'ok', 'error', 'throttled'] as const)[index % 4] ?? 'ok',
    cold: index % 11 === 0,
    version: `v${index % 2}`,
    weight: index % 5 === 0 ? 2.5 : 1,
  }));
  await insertInvocations(warehouse, rows.slice(0, 2000), 'first');
  await insertInvocations(warehouse, rows.slice(2000), 'second');
  // A lost answer: the same insert again counts once, days included.
  await insertInvocations(warehouse, rows.slice(0, 2000), 'first');
  // Later news of some: taken back as they were, and put there as they turned out to be.
  const corrected = rows.filter((_, index) => index % 9 === 0);
  const news = corrected.flatMap((row): TestInvocation[] => [
    { ...row, sign: -1 },
    { ...row, revision: 1, outcome: 'timeout', durationMs: 900.5, cold: true },
  ]);
  for (const token of ['news', 'news']) await insertInvocations(warehouse, news, token);
});
after(async () => close());

const windows = fc
  .noBias(fc.tuple(fc.integer({ min: -dayMs, max: spanMs }), fc.integer({ min: 1, max: spanMs + dayMs })))
  .map(([offsetMs, lengthMs]) => ({
    from: new Date(start + offsetMs),
    to: new Date(Math.min(start + offsetMs + lengthMs, now.getTime())),
  }))
  .filter(({ from, to }) => from < to);

/** Every question about durations, asked of the parts of a window. */
async function answers(parts: WindowParts) {
  const of = { ...noDimensions, ...parts, groupBy: ['version'], cold: null, most: 10_000 };
  return {
    buckets: [...(await readBuckets(door, { ...parts, ...everyRun }))],
    cold: [...(await readBuckets(door, { ...parts, ...everyRun, cold: true, version: 'v1' }))],
    percentiles: await readBucketPercentiles(door, { ...parts, environment: null, team: null }),
    whole: await readUnder(door, { ...of, stepMs: wholeMs, thresholdMs: 123 }),
    daily: await readUnder(door, { ...of, stepMs: dayMs, thresholdMs: 123 }),
    spread: (await readSpread(door, { ...of, stepMs: 2 * dayMs })).map(({ counts, ...rest }) => ({
      ...rest,
      counts: [...counts].sort(([one], [other]) => one - other),
    })),
    cells: await readHeatmapCells(door, { ...parts, ...everyRun, stepMs: dayMs, edges: [100, 900, 1200] }),
  };
}

test('any window answers the same from days, hours, minutes and rows as from minutes and rows', async () => {
  let withDays = 0;
  await fc.assert(
    fc.asyncProperty(windows, async (window) => {
      const parts = windowParts(window, now);
      const { daysFrom, daysTo } = dayParts(parts);
      if (daysFrom < daysTo) withDays += 1;
      assert.deepEqual(await answers(parts), await answers(windowParts(window, now, 'minute')));
    }),
    { numRuns: 8 },
  );
  assert.ok(withDays > 2, `${withDays} windows had whole days`);
});

test('the days hold what single rows add up to, corrections and repeated inserts included', async () => {
  const Sum = z.object({ day: z.string(), bucket: z.number(), n: z.number() });
  const sums = async (sql: string) => await warehouse.query(sql, { tenant }, Sum);
  const byDay = await sums(`
    SELECT toString(day) AS day, bucket, toFloat64(sum(n)) AS n FROM latency_1d
    WHERE tenant = {tenant: String} GROUP BY day, bucket HAVING n != 0 ORDER BY day, bucket`);
  const byMinute = await sums(`
    SELECT toString(toStartOfDay(minute)) AS day, bucket, toFloat64(sum(n)) AS n FROM latency_1m
    WHERE tenant = {tenant: String} GROUP BY day, bucket HAVING n != 0 ORDER BY day, bucket`);
  assert.deepEqual(byDay, byMinute);
  const [rows] = await warehouse.query(
    `SELECT toFloat64(sum(sign)) AS n FROM invocations WHERE tenant = {tenant: String} AND outcome != 'throttled'`,
    { tenant },
    z.object({ n: z.number() }),
  );
  assert.equal(
    byDay.reduce((sum, { n }) => sum + n, 0),
    rows?.n,
  );
});
