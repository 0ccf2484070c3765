import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { sendRequest } from '../../../cli/demo/run/send-request.js';
import { encodeRequests } from '../../../cli/demo/send/encode-requests.js';
import type { DemoInvocation } from '../../../cli/demo/simulate/invocation.js';
import { shownOf } from '../../../cli/demo/truth/shown.js';
import { runsAround } from '../../../cli/demo/truth/truth-of.js';
import { type TruthRow, truthRows } from '../../../cli/demo/truth/truth-row.js';
import type { Ingest } from '../../../ingest/start-ingest.js';
import { defaultTenant } from '../../../schemas/access.js';
import { FunctionList } from '../../../schemas/functions.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { runIngest } from '../../ingest/support/running-ingest.js';
import { type AppUnderTest, startApp } from '../../support/app-under-test.js';
import { openMigrated } from '../../support/open-migrated.js';
import { tempDir } from '../../support/temp-dir.js';
import { waitUntil } from '../../support/wait-until.js';
import { assertPercentile } from './assert-percentile.js';
import { incidentAt, shopWorld } from './demo-world.js';
import { differing } from './differing.js';

const hourMinutes = 60;
/** A whole hour of yesterday: inside what the tables keep, and over by any clock. */
const fromMinute = Math.floor(Date.now() / 3_600_000) * hourMinutes - 24 * hourMinutes;
const toMinute = fromMinute + hourMinutes;
const window = { fromMinute, toMinute };
const world = shopWorld(7, 6, [
  incidentAt('bad-deploy', fromMinute + 5),
  incidentAt('slow-dependency', fromMinute + 10),
  incidentAt('retry-storm', fromMinute),
  incidentAt('throttling', fromMinute + 30),
  incidentAt('lost-telemetry', fromMinute + 15),
  incidentAt('cold-start-storm', fromMinute + 20),
  // So that its last third, with runs out of memory, is in the hour.
  incidentAt('memory-leak', fromMinute - 110),
]);
const runs: DemoInvocation[] = [...runsAround(world, window)];

let warehouse: Warehouse;
let ingest: Ingest;
let app: AppUnderTest;
const closing: (() => Promise<void>)[] = [];

before(async () => {
  const opened = await openMigrated();
  warehouse = opened.warehouse;
  const spool = await tempDir();
  ingest = await runIngest(spool.path, (segment, options) => warehouse.insertSegment(segment, options));
  app = await startApp(warehouse, () => new Date());
  closing.push(app.close, () => ingest.stop(2000), opened.close, spool.remove);
  const signal = new AbortController().signal;
  const deps = { fetch, wait: async (ms: number) => await pause(ms) };
  for (const request of encodeRequests(runs, 2000)) {
    const result = await sendRequest({ url: ingest.url, key: null }, request, signal, deps);
    assert.deepEqual(result, { kind: 'stored', rejectedItems: 0 }, request.sender);
  }
  const { acceptedInvocations } = ingest.stats().counts;
  await waitUntil('everything is stored', async () => (await storedCount()) === acceptedInvocations, 30_000);
});

const Count = z.object({ stored: z.coerce.number() });
// The rollups of an insert become visible after its rows.
const countSql = `
  SELECT least(
    (SELECT count() FROM invocations WHERE tenant = {tenant: String}),
    (SELECT toUInt64(sum(n)) FROM invocations_1m WHERE tenant = {tenant: String}),
    (SELECT toUInt64(sum(n)) FROM invocations_1h WHERE tenant = {tenant: String})) AS stored`;

async function storedCount(): Promise<number> {
  const [row] = await warehouse.forTenant(defaultTenant).query(countSql, {}, Count);
  return row?.stored ?? 0;
}

after(async () => {
  for (const close of closing) await close();
});

const Stored = z.object({
  minute: z.coerce.number(),
  function: z.string(),
  region: z.string(),
  version: z.string(),
  invocations: z.coerce.number(),
  ok: z.coerce.number(),
  error: z.coerce.number(),
  timeout: z.coerce.number(),
  oom: z.coerce.number(),
  throttled: z.coerce.number(),
  cold: z.coerce.number(),
});

const storedSql = `
  SELECT intDiv(toUnixTimestamp(started_at), 60) AS minute, function, region, version, count() AS invocations,
    countIf(outcome = 'ok') AS ok, countIf(outcome = 'error') AS error, countIf(outcome = 'timeout') AS timeout,
    countIf(outcome = 'oom') AS oom, countIf(outcome = 'throttled') AS throttled, countIf(cold) AS cold
  FROM invocations
  WHERE tenant = {tenant: String}
    AND started_at >= {from: DateTime64(3, 'UTC')} AND started_at < {to: DateTime64(3, 'UTC')}
  GROUP BY minute, function, region, version ORDER BY minute, function, region, version`;

test('a replayed hour: every minute, function, place and version is stored as the truth says', async () => {
  const truth = truthRows(runs, { ...window, rowMinutes: 1, byVersion: true });
  const stored = await warehouse
    .forTenant(defaultTenant)
    .query(storedSql, { from: new Date(fromMinute * 60_000), to: new Date(toMinute * 60_000) }, Stored);
  const expected = truth.filter(({ shown }) => shown.invocations > 0).map(shownRow);
  assert.ok(expected.length > 1000);
  const keyed = (rows: readonly z.infer<typeof Stored>[]) =>
    new Map(rows.map((row) => [`${row.minute} ${row.function} ${row.region} ${row.version}`, row]));
  assert.deepEqual(differing(keyed(stored), keyed(expected)), []);
});

function shownRow(row: TruthRow): z.infer<typeof Stored> {
  const { function: name, region, version, shown } = row;
  const { coldStarts: cold, invocations, outcomes } = shown;
  const minute = Date.parse(row.at) / 60_000;
  return { minute, function: name, region, version, invocations, ...outcomes, cold };
}

test('a replayed hour: the functions page shows it exactly, its percentiles within 1 %', async () => {
  const query = new URLSearchParams({
    from: String(fromMinute * 60_000),
    to: String(toMinute * 60_000),
  });
  const response = await fetch(`${app.url}/api/v1/functions?${query}`);
  assert.equal(response.status, 200);
  const { functions } = FunctionList.parse(await response.json());
  const truth = truthRows(runs, { ...window, rowMinutes: hourMinutes, byVersion: false });
  const shown = truth.filter((row) => row.shown.invocations > 0);
  const names = (list: readonly { function: string; region: string }[]) =>
    list.map((row) => `${row.function} in ${row.region}`).sort();
  assert.deepEqual(names(functions), names(shown));
  for (const row of shown) {
    const name = `${row.function} in ${row.region}`;
    const told = functions.find((one) => one.function === row.function && one.region === row.region);
    assert.ok(told !== undefined, name);
    assert.equal(told.invocations, row.shown.invocations, name);
    assert.deepEqual(told.outcomes, { ...row.shown.outcomes, rejected: 0 }, name);
    assert.equal(told.coldStarts, row.shown.coldStarts, name);
    assert.equal(told.provider, row.provider, name);
    assert.equal(told.team, row.team, name);
    assert.equal(told.environment, row.environment, name);
    const durationsUs = shownDurations(row);
    assertPercentile(told.p50Ms, 50, durationsUs, name);
    assertPercentile(told.p95Ms, 95, durationsUs, name);
    assertPercentile(told.p99Ms, 99, durationsUs, name);
  }
});

function shownDurations(row: TruthRow): number[] {
  return runs
    .filter((run) => run.function.name === row.function && run.region === row.region)
    .flatMap((run) => shownOf(run) ?? [])
    .filter(({ startUs }) => startUs >= fromMinute * 60e6 && startUs < toMinute * 60e6)
    .map(({ durationUs }) => durationUs)
    .sort((a, b) => a - b);
}

test('a replayed hour: what traces cannot show is in the truth and nowhere else', () => {
  const truth = truthRows(runs, { ...window, rowMinutes: hourMinutes, byVersion: false });
  const sum = (of: (row: TruthRow) => number) => truth.reduce((total, row) => total + of(row), 0);
  assert.ok(sum((row) => row.outcomes.throttled) > 0);
  assert.equal(
    sum((row) => row.shown.outcomes.throttled),
    0,
  );
  assert.ok(sum((row) => row.outcomes.oom) > 0);
  // Not every hour has a time-out that is not shown, so all are counted.
  const isInHour = (us: number) => us >= fromMinute * 60e6 && us < toMinute * 60e6;
  const ended = runs.filter(({ outcome }) => outcome === 'timeout');
  const shown = ended.flatMap((run) => shownOf(run) ?? []);
  assert.equal(
    sum((row) => row.outcomes.timeout),
    ended.filter(({ startUs }) => isInHour(startUs)).length,
  );
  assert.equal(
    sum((row) => row.shown.outcomes.timeout),
    shown.filter(({ startUs }) => isInHour(startUs)).length,
  );
  assert.ok(sum((row) => row.lost) > 0);
  assert.ok(sum((row) => row.retries) > 0);
});
