import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { incidents } from '../../../cli/demo/incidents/catalog.js';
import { concurrencyMax } from '../../../cli/demo/provider/concurrency-max.js';
import { truthRows } from '../../../cli/demo/truth/truth-row.js';
import { defaultTenant } from '../../../schemas/access.js';
import { incidentAt, shopWorld } from './demo-world.js';
import { differing } from './differing.js';
import { type KnownAttempt, knownAttempts } from './known-attempts.js';
import { type SentHour, sendHour } from './sent-hour.js';

const hourMinutes = 60;
/** A whole hour of yesterday: inside what the tables keep, and over by any clock. */
const fromMinute = Math.floor(Date.now() / 3_600_000) * hourMinutes - 24 * hourMinutes;
const window = { fromMinute, toMinute: fromMinute + hourMinutes };
const from = new Date(window.fromMinute * 60_000);
const to = new Date(window.toMinute * 60_000);
/** So that the last third of the leak, with runs out of memory, and slow hours of the regression are in the hour. */
const earlier: Readonly<Record<string, number>> = { 'memory-leak': -110, 'latency-regression': -120 };
const world = shopWorld(
  11,
  5,
  incidents.map(({ name }, index) => incidentAt(name, fromMinute + (earlier[name] ?? index * 2))),
);

let hour: SentHour;
let known: KnownAttempt[];
before(async () => {
  hour = await sendHour(world, window);
  known = knownAttempts(hour.runs).filter(({ known: { startUs } }) => isInHour(startUs));
});
after(() => hour.close());

const isInHour = (us: number) => us >= from.getTime() * 1000 && us < to.getTime() * 1000;

const Rolled = z.object({
  minute: z.coerce.number(),
  function: z.string(),
  region: z.string(),
  version: z.string(),
  ok: z.coerce.number(),
  error: z.coerce.number(),
  timeout: z.coerce.number(),
  oom: z.coerce.number(),
  throttled: z.coerce.number(),
  coldStarts: z.coerce.number(),
  reported: z.coerce.number(),
  billedMs: z.coerce.number(),
  retries: z.coerce.number(),
  duplicates: z.coerce.number(),
});
type Rolled = z.infer<typeof Rolled>;

const rolledSql = `
  SELECT intDiv(toUnixTimestamp(minute), 60) AS minute, function, region, version,
    sumIf(n, outcome = 'ok') AS ok, sumIf(n, outcome = 'error') AS error, sumIf(n, outcome = 'timeout') AS timeout,
    sumIf(n, outcome = 'oom') AS oom, sumIf(n, outcome = 'throttled') AS throttled, sumIf(n, cold) AS coldStarts,
    sum(r.reported) AS reported, sum(r.billed_ms) AS billedMs, sum(r.retries) AS retries, sum(r.duplicates) AS duplicates
  FROM invocations_1m AS r
  WHERE tenant = {tenant: String}
    AND r.minute >= {from: DateTime64(3, 'UTC')} AND r.minute < {to: DateTime64(3, 'UTC')}
  GROUP BY minute, function, region, version
  HAVING sum(n) != 0`;

const keyOf = (row: Pick<Rolled, 'minute' | 'function' | 'region' | 'version'>) =>
  `${row.minute} ${row.function} ${row.region} ${row.version}`;

test('an hour: each minute, function, region and version is rolled up as the truth says', async () => {
  const rolled = await hour.warehouse.forTenant(defaultTenant).query(rolledSql, { from, to }, Rolled);
  const expected = new Map<string, Rolled>();
  for (const row of truthRows(hour.runs, { ...window, rowMinutes: 1, byVersion: true })) {
    const { function: name, region, version } = row;
    const { invocations, outcomes, coldStarts, reported, billedMs } = row.known;
    if (invocations === 0) continue;
    const minute = Date.parse(row.at) / 60_000;
    const counts = { ...outcomes, coldStarts, reported, billedMs, retries: 0, duplicates: 0 };
    const one = { minute, function: name, region, version, ...counts };
    expected.set(keyOf(one), one);
  }
  for (const { invocation, known: run, attempt, isDuplicate } of known) {
    const { function: demoFunction, region, version } = invocation;
    const minute = Math.floor(run.startUs / 60e6);
    const row = expected.get(keyOf({ minute, function: demoFunction.name, region, version }));
    if (row === undefined) throw new Error('Every known run is in a row of the truth');
    if (isDuplicate) row.duplicates++;
    else if (attempt > 1) row.retries++;
  }
  assert.ok(expected.size > 1000);
  assert.deepEqual(differing(new Map(rolled.map((row) => [keyOf(row), row])), expected), []);
});

test('an hour: peak concurrency of each minute is that of the runs, by the clocks of their senders', async () => {
  const Peak = z.object({ function: z.string(), minute: z.coerce.number(), most: z.number() });
  const peaks = await hour.warehouse.forTenant(defaultTenant).query(
    `SELECT function, intDiv(toUnixTimestamp(minute), 60) AS minute, running_max AS most FROM concurrency_1m AS c FINAL
     WHERE tenant = {tenant: String} AND c.minute >= {from: DateTime64(3, 'UTC')} AND c.minute < {to: DateTime64(3, 'UTC')}`,
    { from, to },
    Peak,
  );
  const told = new Map(peaks.map((row) => [`${row.minute} ${row.function}`, row.most]));
  assert.deepEqual(differing(told, expectedPeaks()), []);
});

function expectedPeaks(): Map<string, number> {
  const intervals = new Map<string, { startUs: number; endUs: number }[]>();
  for (const { invocation, known: run } of knownAttempts(hour.runs)) {
    const endUs = run.startUs + run.durationUs;
    for (let minute = Math.floor(run.startUs / 60e6); minute * 60e6 < endUs; minute++) {
      if (minute < window.fromMinute || minute >= window.toMinute) continue;
      const key = `${minute} ${invocation.function.name}`;
      const list = intervals.get(key);
      if (list === undefined) intervals.set(key, [{ startUs: run.startUs, endUs }]);
      else list.push({ startUs: run.startUs, endUs });
    }
  }
  return new Map(
    [...intervals].map(([key, list]) => {
      const minute = Number(key.split(' ')[0]);
      return [key, concurrencyMax(list, { startUs: minute * 60e6, endUs: (minute + 1) * 60e6 })];
    }),
  );
}
