import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { senders } from '../../../cli/demo/fleet/senders.js';
import { describePlaces } from '../../../cli/demo/history/describe-places.js';
import type { Place } from '../../../cli/demo/history/place.js';
import { incidents } from '../../../cli/demo/incidents/catalog.js';
import type { Incident } from '../../../cli/demo/incidents/incident.js';
import { startIncident } from '../../../cli/demo/incidents/schedule.js';
import { type DemoInvocation, type DemoOutcome, minuteOf } from '../../../cli/demo/simulate/invocation.js';
import { knownOf } from '../../../cli/demo/truth/known.js';
import { truthRows } from '../../../cli/demo/truth/truth-row.js';
import { readCoverage } from '../../../query/coverage/read-coverage.js';
import { defaultTenant } from '../../../schemas/access.js';
import { FunctionList, type FunctionSummary } from '../../../schemas/functions.js';
import { assertPercentile } from './assert-percentile.js';
import { incidentAt, shopWorld } from './demo-world.js';
import { differing } from './differing.js';
import { costBy, customerTold, featureTold, modelledCosts, printedCosts } from './expected-cost.js';
import {
  type ExpectedCoverage,
  expectedCoverage,
  type MinuteSum,
  type MinuteSums,
  minuteSums,
} from './expected-coverage.js';
import { expectedPeaks } from './expected-peaks.js';
import { type KnownAttempt, knownAttempts, requestOf } from './known-attempts.js';
import { type RolledRow, readPeaks, readRolled, rolledKey } from './rolled-hour.js';
import { type SentWindow, sendWindow } from './sent-window.js';

const hourMinutes = 60;
/** Yesterday evening, when the shop is busy: inside what the tables keep, and over by any clock. */
const fromMinute = Math.floor(Date.now() / 86_400_000) * 1440 - 6 * hourMinutes;
const window = { fromMinute, toMinute: fromMinute + hourMinutes };
const from = new Date(window.fromMinute * 60_000);
const to = new Date(window.toMinute * 60_000);
/** So that the last third of the leak, with runs out of memory, and slow hours of the regression are in the hour. */
const earlier: Readonly<Record<string, number>> = { 'memory-leak': -110, 'latency-regression': -120 };
/** None of the fleet's own incidents lets Lambda end so many runs. */
const kills: Incident = {
  ...{ name: 'kills', title: '', cause: '', durationMinutes: 40, isHarmful: true },
  effects: () => [
    { functions: ['checkout-api'], oomRatio: 0.1 },
    { functions: ['payment-webhooks'], slower: 2000 },
  ],
};
const world = shopWorld(11, 4, [
  ...incidents.map(({ name }, index) => incidentAt(name, fromMinute + (earlier[name] ?? index * 2))),
  startIncident(kills, fromMinute + 15),
]);

let hour: SentWindow;
let around: KnownAttempt[];
let known: KnownAttempt[];
let sums: MinuteSums;
before(async () => {
  hour = await sendWindow(world, window);
  around = knownAttempts(hour.runs);
  known = around.filter(({ known: { startUs } }) => isInHour(startUs));
  sums = minuteSums(known, hour.counts);
});
after(() => hour.close());

const isInHour = (us: number) => us >= from.getTime() * 1000 && us < to.getTime() * 1000;

test('an hour: each minute, function, region and version is rolled up as the truth says', async () => {
  const rolled = await readRolled(hour.warehouse, { from, to });
  const expected = new Map<string, RolledRow>();
  for (const row of truthRows(hour.runs, { ...window, rowMinutes: 1, byVersion: true })) {
    const { function: name, region, version } = row;
    const { invocations, outcomes, coldStarts, reported, billedMs } = row.known;
    if (invocations === 0) continue;
    const minute = Date.parse(row.at) / 60_000;
    const counts = { ...outcomes, coldStarts, reported, billedMs, retries: 0, duplicates: 0 };
    const one = { minute, function: name, region, version, ...counts };
    expected.set(rolledKey(one), one);
  }
  for (const { invocation, known: run, attempt, isDuplicate } of known) {
    const { function: demoFunction, region, version } = invocation;
    const minute = Math.floor(run.startUs / 60e6);
    const row = expected.get(rolledKey({ minute, function: demoFunction.name, region, version }));
    if (row === undefined) throw new Error('Every known run is in a row of the truth');
    if (isDuplicate) row.duplicates++;
    else if (attempt > 1) row.retries++;
  }
  assert.ok(expected.size > 1000);
  assert.deepEqual(differing(new Map(rolled.map((row) => [rolledKey(row), row])), expected), []);
});

test('an hour: history made in the engine would say the same of each place as what was sent', async () => {
  // Rows made of reports alone borrow their alias from the newest run.
  const columns = 'provider, platform, account, team, environment, alias, trigger';
  const rows = await hour.warehouse.query(
    `SELECT function, region, version, ${columns}, CAST(max(memory_bytes) > 0, 'Bool') AS reported FROM invocations
     WHERE source = 'span' AND sign = 1 GROUP BY ALL ORDER BY ALL`,
    {},
    z.record(z.string(), z.unknown()),
  );
  const worldOfHour = { fleet: world.fleet, seed: world.seed, ratePerSecond: 4, incidents: world.incidents };
  const places = describePlaces(worldOfHour, window.fromMinute, window.toMinute);
  const told = new Map(
    places.map((place) => [`${place.function} ${place.region} ${place.version}`, place] as const),
  );
  const differ = rows.filter((row) => {
    const place = told.get(`${row['function']} ${row['region']} ${row['version']}`);
    const keys = [...columns.split(', '), 'reported'] as (keyof Place)[];
    return place === undefined || keys.some((key) => String(row[key]) !== String(place[key]));
  });
  assert.ok(rows.length > 40);
  assert.deepEqual(differ, []);
});

test('an hour: peak concurrency of each minute is that of the runs, by the clocks of their senders', async () => {
  const peaks = await readPeaks(hour.warehouse, { from, to });
  const told = new Map(peaks.map((row) => [`${row.minute} ${row.function}`, row.most]));
  assert.deepEqual(differing(told, expectedPeaks(hour.runs, window)), []);
});

async function coverage(stepSeconds: number) {
  const question = { from, to, function: null, environment: 'production', stepSeconds, limit: 100_000 };
  return await readCoverage(hour.warehouse.forTenant(defaultTenant), question);
}

test('an hour: coverage of each minute is what was seen of what the cloud counted', async () => {
  const rows = await coverage(60);
  const told = new Map(
    rows.map(({ function: name, at, reading, throttles }) => [
      `${at.getTime() / 60_000} ${name}`,
      reading.kind === 'no-data'
        ? null
        : { total: reading.total, ratio: reading.coverageRatio, throttles, source: reading.source },
    ]),
  );
  const expected = new Map<string, ExpectedCoverage | null>();
  for (const [name, minutes] of sums)
    for (const [minute, sum] of minutes) expected.set(`${minute} ${name}`, expectedCoverage([sum]));
  assert.deepEqual(differing(told, expected), []);
});

test('an hour: with half the telemetry of two functions lost, success is the truth and coverage says how much', async () => {
  const rows = await coverage(3600);
  let checked = 0;
  for (const { function: name, reading } of rows) {
    const minutes = sums.get(name) ?? new Map<number, MinuteSum>();
    const { total, ratio } = expectedCoverage(minutes.values());
    if (ratio === null || reading.kind === 'no-data') continue;
    assert.deepEqual([reading.total, reading.coverageRatio], [total, ratio], name);
    const ran = hour.runs.filter((run) => run.function.name === name && run.outcome !== 'throttled');
    // By a clock that is off, a run may be seen in a minute of which nothing was counted; then it is there twice.
    if (ran.some((run) => isMisplaced(run, minutes))) continue;
    checked += 1;
    const inHour = ran.filter((run) => isInHour(run.startUs));
    const good = inHour.filter((run) => run.outcome === 'ok' || isHidden(run)).length;
    assert.deepEqual([reading.total, reading.good], [inHour.length, good], name);
  }
  assert.ok(checked >= 12, `${checked}`);
  for (const name of ['cart-api', 'order-events']) {
    const reading = rows.find((row) => row.function === name)?.reading;
    const ratio = reading?.kind === 'measured' ? reading.coverageRatio : null;
    assert.ok(ratio !== null && ratio > 0.5 && ratio < 0.9, `${name} ${ratio}`);
  }
});

function isMisplaced(run: DemoInvocation, minutes: ReadonlyMap<number, MinuteSum>): boolean {
  const shown = knownOf(run);
  if (shown === null) return false;
  const minute = minuteOf(shown.startUs);
  if (isInHour(shown.startUs) !== isInHour(run.startUs)) return true;
  return isInHour(run.startUs) && minutes.get(minute)?.counted == null;
}

/** An answered 5xx is no error to Lambda, so where the span does not tell the status nobody knows of it. */
function isHidden({ outcome, function: { failsBy, sender } }: DemoInvocation): boolean {
  return outcome === 'error' && failsBy === 'answering' && !senders[sender].showsHttpStatus;
}

test('an hour: the functions page shows the truth, its percentiles within 1 %', async () => {
  const query = new URLSearchParams({ from: from.toISOString(), to: to.toISOString() });
  const response = await fetch(`${hour.app.url}/api/v1/functions?${query}`);
  assert.equal(response.status, 200);
  const { functions } = FunctionList.parse(await response.json());
  const peaks = expectedPeaks(hour.runs, window);
  const truth = truthRows(hour.runs, { ...window, rowMinutes: hourMinutes, byVersion: false });
  const rows = truth.filter((row) => row.known.invocations > 0);
  const told = new Map(functions.map((one) => [`${one.function} in ${one.region}`, figuresOf(one)]));
  const expected = new Map(
    rows.map((row): [string, Figures] => {
      const { function: name, region, known: sum } = row;
      const own = known.filter(
        ({ invocation }) => invocation.function.name === name && invocation.region === region,
      );
      const { total, ratio, throttles } = expectedCoverage(sums.get(name)?.values() ?? []);
      const peak = [...peaks].filter(([key]) => key.endsWith(` ${name}`)).map(([, most]) => most);
      return [
        `${name} in ${region}`,
        {
          invocations: sum.invocations,
          outcomes: { ...sum.outcomes, rejected: 0 },
          coldStarts: sum.coldStarts,
          retries: own.filter(({ attempt, isDuplicate }) => attempt > 1 && !isDuplicate).length,
          duplicates: own.filter(({ isDuplicate }) => isDuplicate).length,
          concurrencyMax: Math.max(...peak),
          throttles,
          throttleRatio: throttles === null ? null : throttles / (throttles + total),
          coverageRatio: ratio,
        },
      ];
    }),
  );
  assert.deepEqual(differing(told, expected), []);
  for (const one of functions) {
    const name = `${one.function} in ${one.region}`;
    const sortedUs = known
      .filter(({ invocation: run }) => run.function.name === one.function && run.region === one.region)
      .map((run) => run.known.durationUs)
      .sort((a, b) => a - b);
    assertPercentile(one.p50Ms, 50, sortedUs, name);
    assertPercentile(one.p95Ms, 95, sortedUs, name);
    assertPercentile(one.p99Ms, 99, sortedUs, name);
  }
});

function figuresOf(one: FunctionSummary) {
  const { invocations, outcomes, coldStarts, retries, duplicates } = one;
  const { concurrencyMax: peak, throttles, throttleRatio, coverageRatio } = one;
  const whole = { concurrencyMax: peak, throttles, throttleRatio, coverageRatio };
  return { invocations, outcomes, coldStarts, retries, duplicates, ...whole };
}
type Figures = ReturnType<typeof figuresOf>;

test('an hour: what is known is what happened, but for what nobody tells', () => {
  const ran = hour.runs.filter((run) => isInHour(run.startUs));
  // Reports tell of all that ran on Lambda, except what was lost, and answers of 5xx that no span tells.
  for (const run of ran.filter(({ function: { sender } }) => senders[sender].billing === 'aws-lambda')) {
    const told = knownOf(run);
    if (run.isLost || run.outcome === 'throttled') assert.equal(told, null);
    else assert.deepEqual([told?.outcome, told?.isCold], [isHidden(run) ? 'ok' : run.outcome, run.isCold]);
  }
  const count = (outcome: DemoOutcome, by: (one: KnownAttempt) => boolean = () => true) =>
    known.filter((one) => one.known.outcome === outcome && by(one)).length;
  const isLambda = ({ known: { isReported } }: KnownAttempt) => isReported;
  for (const outcome of ['error', 'timeout', 'oom'] as const)
    assert.ok(count(outcome, isLambda) > 0, outcome);
  assert.ok(known.some(({ isDuplicate }) => isDuplicate));
  // Throttled calls are in the provider's counts alone.
  assert.equal(count('throttled'), 0);
  assert.ok(ran.some(({ outcome }) => outcome === 'throttled'));
  // Google and our own cluster keep no record of a run they ended.
  const silent = ran.filter(
    ({ outcome, function: { sender } }) =>
      (outcome === 'timeout' || outcome === 'oom') && sender.startsWith('gcp'),
  );
  assert.ok(silent.length > 0);
  assert.ok(silent.every((run) => knownOf(run) === null));
});

test('an hour: where all runs of an event are known, by clocks that are right, attempts and duplicates are the truth', () => {
  const events = new Map<string, KnownAttempt[]>();
  for (const one of knownAttempts(hour.runs)) {
    const key = `${one.invocation.function.name} ${requestOf(one.invocation)}`;
    events.set(key, [...(events.get(key) ?? []), one]);
  }
  const real = new Map<string, number>();
  for (const run of hour.runs) {
    const key = `${run.function.name} ${requestOf(run)}`;
    real.set(key, (real.get(key) ?? 0) + 1);
  }
  let compared = 0;
  for (const [key, attempts] of events) {
    const isRight = attempts.every(({ invocation: { skewUs } }) => Math.abs(skewUs) < 1000);
    if (attempts.length < 2 || attempts.length !== real.get(key) || !isRight) continue;
    compared += 1;
    for (const { invocation: run, attempt, isDuplicate } of attempts) {
      assert.equal(isDuplicate, run.isDuplicate, key);
      if (!isDuplicate) assert.equal(attempt, run.attempt, key);
    }
  }
  assert.ok(compared > 100, `${compared}`);
});

for (const [dimension, labelOf] of [
  ['function', ({ invocation }: KnownAttempt) => invocation.function.name],
  ['customer', customerTold],
  ['feature', featureTold],
] as const) {
  test(`an hour: the cost of every ${dimension} is that of its known runs, to the last digit`, async () => {
    const expected = printedCosts(costBy(around, labelOf, ({ known: { startUs } }) => isInHour(startUs)));
    assert.ok(expected.size > 5);
    const told = await modelledCosts(hour.warehouse, { from, to }, dimension);
    assert.deepEqual(differing(told, expected), []);
  });
}
