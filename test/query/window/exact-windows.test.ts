import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { makeHeatmap } from '../../../query/durations/make-heatmap.js';
import { readBuckets } from '../../../query/durations/read-buckets.js';
import { readLatency } from '../../../query/durations/read-latency.js';
import { readFunctions } from '../../../query/functions/read-functions.js';
import { bucketOf } from '../../../query/latency/bucket.js';
import { BUCKET } from '../../../query/window/part-sql.js';
import { windowParts } from '../../../query/window/window-parts.js';
import { Tenant } from '../../../schemas/access.js';
import type { TenantWarehouse, Warehouse } from '../../../warehouse/warehouse.js';
import { insertInvocations, type TestInvocation } from '../../support/insert-invocations.js';
import { openMigrated } from '../../support/open-migrated.js';

// Real time, because what is older than the retention is dropped by the engine's own clock.
const now = new Date();
const start = Math.floor((now.getTime() - 6 * 3_600_000) / 3_600_000) * 3_600_000;
const spanMs = 4 * 3_600_000;
const tenant = Tenant.parse('windows');
const everything = { environment: null, version: null, region: null, cold: null, failed: null };

let warehouse: Warehouse;
let close: () => Promise<void>;
let door: TenantWarehouse;
let rows: TestInvocation[];

before(async () => {
  ({ warehouse, close } = await openMigrated());
  door = warehouse.forTenant(tenant);
  const outcomes = ['ok', 'ok', 'ok', 'error', 'timeout', 'throttled'] as const;
  rows = Array.from({ length: 1500 }, (_, index) => ({
    tenant,
    function: 'f',
    // Some exactly on the borders of minutes and hours.
    startedAt: new Date(start + (index % 5 === 0 ? (index * 60_000) % spanMs : (index * 7_919_333) % spanMs)),
    durationMs: 1 + ((index * 7919) % 4000) / 7,
    outcome: outcomes[index % outcomes.length] ?? 'ok',
    cold: index % 11 === 0,
    weight: index % 4 === 0 ? 2.5 : 1,
    attempt: index % 13 === 0 ? 2 : 1,
    duplicate: index % 17 === 0,
  }));
  await insertInvocations(warehouse, rows);
});
after(async () => close());

const windows = fc
  .tuple(fc.integer({ min: -60_000, max: spanMs }), fc.integer({ min: 1, max: spanMs }))
  .map(([offsetMs, lengthMs]) => ({
    from: new Date(start + offsetMs),
    to: new Date(start + offsetMs + lengthMs),
  }));

test('the parts of any window follow each other and lie on the borders of their tables', () => {
  fc.assert(
    fc.property(windows, fc.constantFrom('raw', 'minute', 'hour'), (window, coarsest) => {
      const { from, minutesFrom, hoursFrom, hoursTo, minutesTo, to } = windowParts(window, now, coarsest);
      const borders = [from, minutesFrom, hoursFrom, hoursTo, minutesTo, to].map((at) => at.getTime());
      assert.deepEqual(
        borders,
        borders.toSorted((one, other) => one - other),
      );
      assert.deepEqual([from, to], [window.from, window.to]);
      const isEmpty = minutesFrom.getTime() === minutesTo.getTime();
      assert.ok(isEmpty || (minutesFrom.getTime() % 60_000 === 0 && minutesTo.getTime() % 60_000 === 0));
      const noHours = hoursFrom.getTime() === hoursTo.getTime();
      assert.ok(noHours || (hoursFrom.getTime() % 3_600_000 === 0 && hoursTo.getTime() % 3_600_000 === 0));
    }),
  );
});

test('where rows or minutes have expired, a window is moved out to what is kept, and says so', () => {
  const day = 86_400_000;
  const at = (days: number) => new Date(now.getTime() - days * day + 1234);
  const month = windowParts({ from: at(40), to: at(1) }, now);
  assert.equal(month.from.getTime() % 60_000, 0);
  assert.ok(month.from <= at(40));
  assert.deepEqual(month.to, at(1));
  const year = windowParts({ from: at(400), to: at(200) }, now);
  assert.deepEqual([year.from.getTime() % 3_600_000, year.to.getTime() % 3_600_000], [0, 0]);
  assert.ok(year.from <= at(400) && year.to >= at(200));
});

test('any window counts exactly what its rows add up to, weights, retries and duplicates too', async () => {
  await fc.assert(
    fc.asyncProperty(windows, async (window) => {
      const inside = rows.filter(({ startedAt }) => startedAt >= window.from && startedAt < window.to);
      const weighed = (keep: (row: TestInvocation) => boolean) =>
        Math.round(inside.filter(keep).reduce((sum, row) => sum + (row.weight ?? 1), 0));
      const question = { ...window, environment: null, team: null, limit: 10 };
      const { functions } = await readFunctions(door, question, now);
      const [summary] = functions;
      const expected = {
        ok: weighed(({ outcome }) => outcome === 'ok'),
        error: weighed(({ outcome }) => outcome === 'error'),
        timeout: weighed(({ outcome }) => outcome === 'timeout'),
        oom: 0,
        throttled: weighed(({ outcome }) => outcome === 'throttled'),
        rejected: 0,
      };
      const total = Object.values(expected).reduce((sum, n) => sum + n, 0);
      if (total === 0) assert.equal(summary, undefined);
      else {
        assert.deepEqual(summary?.outcomes, expected);
        assert.equal(summary?.invocations, total);
        assert.equal(
          summary?.coldStarts,
          weighed(({ cold }) => cold === true),
        );
        assert.equal(
          summary?.retries,
          weighed(({ attempt, duplicate }) => attempt === 2 && duplicate !== true),
        );
        assert.equal(
          summary?.duplicates,
          weighed(({ duplicate }) => duplicate === true),
        );
      }
    }),
    { numRuns: 25 },
  );
});

test('any window holds exactly the buckets of its rows, and a heatmap of it sums to the same', async () => {
  await fc.assert(
    fc.asyncProperty(windows, async (window) => {
      const expected = new Map<number, number>();
      for (const row of rows) {
        const isInside = row.startedAt >= window.from && row.startedAt < window.to;
        if (!isInside || row.outcome === 'throttled') continue;
        const bucket = bucketOf((row.durationMs ?? 0) * 1000);
        expected.set(bucket, (expected.get(bucket) ?? 0) + (row.weight ?? 1));
      }
      const parts = windowParts(window, now);
      const buckets = await readBuckets(door, { ...parts, ...everything, function: 'f' });
      assert.deepEqual(
        [...buckets],
        [...expected].sort(([one], [other]) => one - other),
      );
      const request = { ...window, ...everything, function: 'f', columns: 30, rows: 12 };
      const heatmap = await makeHeatmap(door, request, now);
      const total = [...expected.values()].reduce((sum, n) => sum + n, 0);
      // Each cell is rounded by itself, by at most a half.
      const cells = heatmap.counts.flat().filter((n) => n > 0).length;
      assert.ok(Math.abs(heatmap.count - total) <= cells / 2);
      assert.ok(heatmap.columns.length <= 30 && heatmap.rows.length <= 12);
    }),
    { numRuns: 20 },
  );
});

test('quantiles of few are the rows themselves, of many within 1 %', async () => {
  const few = { from: new Date(start), to: new Date(start + 1_800_000) };
  const many = { from: new Date(start), to: new Date(start + spanMs) };
  for (const window of [few, many]) {
    const parts = windowParts(window, now);
    const question = { ...parts, ...everything, function: 'f', quantiles: [0.5, 0.99], underMs: [300] };
    const answer = await readLatency(door, question, now);
    const ran = rows
      .filter(
        ({ startedAt, outcome }) =>
          startedAt >= window.from && startedAt < window.to && outcome !== 'throttled',
      )
      .sort((one, other) => (one.durationMs ?? 0) - (other.durationMs ?? 0));
    const total = ran.reduce((sum, { weight }) => sum + (weight ?? 1), 0);
    for (const [quantile, found] of answer.quantilesMs) {
      let below = 0;
      const exact = ran.find((row) => {
        below += row.weight ?? 1;
        return below >= Math.ceil(quantile * total);
      });
      const error = Math.abs((found ?? 0) / (exact?.durationMs ?? 0) - 1);
      assert.ok(error <= (window === few ? 1e-6 : 0.01), `p${quantile} is off by ${error}`);
    }
    assert.equal(answer.isExact, window === few);
    const under = ran.filter(({ durationMs }) => (durationMs ?? 0) < 300);
    const exactUnder = under.reduce((sum, { weight }) => sum + (weight ?? 1), 0);
    const [share] = answer.under;
    assert.ok(share !== undefined && Math.abs(share.count - exactUnder) <= share.uncertainCount + 1);
  }
});

test('the engine and this program put every duration into the same bucket', async () => {
  const edges = Array.from({ length: 41 }, (_, power) => 2 ** power).flatMap((us) => [us - 1, us, us + 1]);
  const drawn = fc.sample(
    fc.maxSafeNat().map((n) => n % 2 ** 44),
    2000,
  );
  const all = [...new Set([...edges, ...drawn])];
  const sql = `SELECT toString(intDiv(duration_ns, 1000)) AS us, ${BUCKET} AS bucket
    FROM (SELECT arrayJoin({all: Array(UInt64)}) * 1000 + 999 AS duration_ns)` as const;
  const found = await warehouse.query(sql, { all }, z.object({ us: z.coerce.number(), bucket: z.number() }));
  assert.equal(found.length, all.length);
  for (const { us, bucket } of found) assert.equal(bucket, bucketOf(us), `${us} us`);
});

test('the rollup and the query agree on the bucket', async () => {
  const rolled = await warehouse.query(
    `SELECT bucket, toFloat64(sum(n)) AS n FROM latency_1h GROUP BY bucket ORDER BY bucket`,
    {},
    z.object({ bucket: z.number(), n: z.number() }),
  );
  const direct = await warehouse.query(
    `SELECT ${BUCKET} AS bucket, toFloat64(sum(sign)) AS n FROM invocations
     WHERE outcome NOT IN ('throttled', 'rejected') GROUP BY bucket ORDER BY bucket`,
    {},
    z.object({ bucket: z.number(), n: z.number() }),
  );
  assert.deepEqual(rolled, direct);
});
