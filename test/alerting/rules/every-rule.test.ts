import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { answerIncident } from '../../../alerting/incidents/answer-incident.js';
import { foldIncidents, type Incident } from '../../../alerting/incidents/fold-events.js';
import { rules } from '../../../alerting/rules/rules.js';
import { writeDecidedUntil } from '../../../alerting/tick/alert-log.js';
import { insertErrors } from '../../support/insert-errors.js';
import { insertInvocations, type TestInvocation } from '../../support/insert-invocations.js';
import { insertMetricPoints, type TestPoint } from '../../support/insert-metric-points.js';
import { openMigrated } from '../../support/open-migrated.js';
import { tempDir } from '../../support/temp-dir.js';
import { putSlo } from '../ledger/ledger-harness.js';
import { alarmUnderTest, eventsOf, ledgerUpToDate } from '../tick/alert-harness.js';
import { testCosts } from '../tick/test-costs.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** A whole hour: rules that are looked at more rarely are due then. */
const nowMs = Math.floor((Date.now() - 10 * minuteMs) / hourMs) * hourMs;
const faultMs = nowMs - 30 * minuteMs;
const silentMs = nowMs - 60 * minuteMs;

type Kind = Partial<TestInvocation>;

/** One run a minute over six hours, and in the last half hour one every three seconds of another kind. */
function story(tenant: string, name: string, changed: Kind, usual: Kind = {}): TestInvocation[] {
  const base = { tenant, function: name };
  const calm = Array.from({ length: 330 }, (_, index) => {
    return { ...base, ...usual, startedAt: new Date(faultMs - (330 - index) * minuteMs) };
  });
  const odd = Array.from({ length: 600 }, (_, index) => {
    return { ...base, ...usual, ...changed, startedAt: new Date(faultMs + index * 3_000) };
  });
  return [...calm, ...odd];
}

/** So many runs more in the last half hour: cost and storms. */
function burst(tenant: string, name: string, runs: number, kind: Kind): TestInvocation[] {
  return Array.from({ length: runs }, (_, index) => {
    const startedAt = new Date(faultMs + Math.floor((index * 30 * minuteMs) / runs));
    return { tenant, function: name, startedAt, ...kind };
  });
}

/** It ran until an hour ago; all but the scheduled one now and then. */
function silent(name: string, trigger: string): TestInvocation[] {
  const runs = story(sick, name, {}, { trigger }).filter(({ startedAt }) => startedAt.getTime() < silentMs);
  return name === 'scheduled' ? runs : runs.filter((_, index) => (index * 7) % 11 < 5);
}

const billed = { billing: 'aws-lambda', billedMs: 60_000, memoryMb: 1024, arch: 'x86_64' };
const sick = 'sick';
const well = 'well';
const runs: TestInvocation[] = [
  ...story(sick, 'calm', {}),
  ...story(sick, 'throttled', { outcome: 'throttled' }),
  ...story(sick, 'cold', { cold: true }),
  ...story(sick, 'retried', { attempt: 2 }),
  ...story(sick, 'doubled', { duplicate: true, attempt: 2 }),
  ...story(sick, 'released', { version: '2', outcome: 'error' }, { version: '1' }),
  ...story(sick, 'slow', { durationMs: 2_990 }, { durationMs: 100 }),
  {
    tenant: sick,
    function: 'slow',
    startedAt: new Date(nowMs - 90 * minuteMs),
    outcome: 'timeout',
    durationMs: 3_000,
  },
  ...silent('silent', 'timer'),
  ...silent('consumer', 'pubsub'),
  ...silent('waited-for', 'pubsub'),
  ...silent('called', 'http'),
  ...silent('scheduled', 'http').filter((_, index) => index % 3 === 0),
  ...silent('left-alone', 'http'),
  ...story(sick, 'storm', {}),
  ...burst(sick, 'storm', 4_000, {}),
  ...story(sick, 'full', { memoryUsedMb: 126 }, { memoryMb: 128, memoryUsedMb: 60 }),
  ...story(sick, 'late', { eventAgeMs: 20 * minuteMs }, { eventAgeMs: 100 }),
  ...story(sick, 'locked-out', { outcome: 'error' }),
  ...story(sick, 'unseen', {}),
  ...story(sick, 'crowded', {}),
  // Three days ago it was throttled at ten runs at once.
  { tenant: sick, function: 'crowded', startedAt: new Date(nowMs - 72 * hourMs), outcome: 'throttled' },
  ...story(sick, 'looping', billed, billed),
  // Each event is tried six times.
  ...burst(sick, 'looping', 6_000, billed).map((run, index) => ({ ...run, attempt: 1 + (index % 6) })),
  // All is as it should be: some failures, cold starts and retries, memory half used, seen by the cloud as by us.
  ...['shop', 'basket', 'mail'].flatMap((name) =>
    Array.from({ length: 26 * 40 }, (_, index): TestInvocation => {
      const isBad = index % 97 === 0;
      return {
        ...{ tenant: well, function: name, startedAt: new Date(nowMs - (index + 1) * 90_000), ...billed },
        outcome: isBad ? 'error' : 'ok',
        cold: index % 40 === 0,
        attempt: index % 50 === 0 ? 2 : 1,
        durationMs: 100 + (index % 7) * 30,
        memoryUsedMb: 500,
        eventAgeMs: 900,
      };
    }),
  ),
];

const queueMetric = 'amazonaws.com/AWS/SQS/ApproximateNumberOfMessagesVisible';
const ageMetric = 'amazonaws.com/AWS/SQS/ApproximateAgeOfOldestMessage';
const countMetric = 'amazonaws.com/AWS/Lambda/Invocations';
/** One point a minute in the last 45 minutes, as a metric stream has it. */
function stream(
  tenant: string,
  metric: string,
  dimensions: Record<string, string>,
  figure: (minute: number) => number,
): TestPoint[] {
  return Array.from({ length: 45 }, (_, index): TestPoint => {
    const at = new Date(nowMs - (44 - index) * minuteMs);
    const value = figure(index);
    const startedAt = new Date(at.getTime() - minuteMs);
    return { tenant, metric, kind: 'summary', dimensions, startedAt, at, count: 1, sum: value, max: value };
  });
}
const points = [
  ...stream(sick, queueMetric, { QueueName: 'orders-dlq' }, (minute) => Math.max(0, minute - 20)),
  ...stream(sick, queueMetric, { QueueName: 'orders' }, () => 40),
  ...stream(sick, queueMetric, { QueueName: 'parcels' }, () => 7),
  ...stream(sick, ageMetric, { QueueName: 'orders' }, () => 1_500),
  // Twice what is seen.
  ...stream(sick, countMetric, { FunctionName: 'unseen' }, (minute) => (minute < 15 ? 1 : 40)),
  ...stream(well, queueMetric, { QueueName: 'orders' }, (minute) => 3 + (minute % 3)),
  ...stream(well, queueMetric, { QueueName: 'orders-dlq' }, () => 2),
  ...stream(well, ageMetric, { QueueName: 'orders' }, () => 20),
  ...stream(well, countMetric, { FunctionName: 'shop' }, (minute) => (minute % 3 === 2 ? 0 : 1)),
];

/** What silent functions took and were sent, before and since. */
const FLOWS = `
  INSERT INTO queue_flow_1m (tenant, environment, queue, minute, service, side, messages)
  SELECT 'sick', 'prod', queue, toStartOfMinute({at: DateTime64(3, 'UTC')}), service, side, 5
  FROM format(JSONEachRow, 'queue String, service String, side String', {rows: String})`;
const CALLS = `
  INSERT INTO dependencies_1m (tenant, environment, function, minute, call, peer_kind, peer, n)
  SELECT 'sick', 'prod', 'calm', toStartOfMinute({at: DateTime64(3, 'UTC')}), 'out', 'function', peer, 3
  FROM (SELECT arrayJoin({peers: Array(String)}) AS peer)`;

const RUNNING = `
  INSERT INTO concurrency_1m (tenant, environment, function, minute, running_max, computed_at)
  SELECT 'sick', 'prod', 'crowded', toDateTime({at: DateTime64(3, 'UTC')}, 'UTC') + toIntervalMinute(number), {running: UInt32}, now64(3)
  FROM numbers({minutes: UInt32})`;

/** The cycle must not begin in the half hour of the story. */
const cycleDay = new Date(nowMs).getUTCDate() === 15 ? 1 : 15;
const cost = {
  cycleDay,
  provisioned: [
    { function: 'standby', environment: 'prod', region: 'us-east-1', memoryMb: 1024, concurrency: 20 },
  ],
  budgets: [
    { name: 'loops', function: 'looping', usdPerMonth: '1' },
    { name: 'all', usdPerMonth: '1000000' },
  ],
};

let incidents: Incident[] = [];
const closing: (() => Promise<void>)[] = [];
before(async () => {
  const opened = await openMigrated();
  const directory = await tempDir();
  closing.push(opened.close, directory.remove);
  const { warehouse } = opened;
  for (const tenant of [sick, well])
    await putSlo(warehouse, tenant, {
      id: 'spent',
      title: 'Answers',
      where: { function: [tenant === sick ? 'throttled' : 'shop'] },
      sli: { kind: 'success' },
      objective: tenant === sick ? '99.9%' : '95%',
    });
  await insertInvocations(warehouse, runs);
  await insertMetricPoints(warehouse, points);
  await insertErrors(
    warehouse,
    Array.from({ length: 200 }, (_, index) => ({
      tenant: sick,
      function: 'locked-out',
      fingerprint: '00000000000000aa',
      title: 'ApiError: 401 Unauthorized in mail.ts send',
      at: new Date(faultMs + index * 9_000),
    })),
  );
  const flow = (queue: string, service: string, side: string) => JSON.stringify({ queue, service, side });
  const takenBefore = [flow('jobs', 'consumer', 'taken'), flow('parcels', 'waited-for', 'taken')];
  await warehouse.command(FLOWS, { at: new Date(silentMs - 2 * hourMs), rows: takenBefore.join('\n') });
  await warehouse.command(FLOWS, {
    at: new Date(silentMs + 2 * minuteMs),
    rows: flow('jobs', 'calm', 'sent'),
  });
  await warehouse.command(CALLS, { at: new Date(silentMs + 2 * minuteMs), peers: ['called'] });
  await warehouse.command(CALLS, { at: new Date(silentMs - 2 * minuteMs), peers: ['left-alone'] });
  await warehouse.command(RUNNING, { at: new Date(nowMs - 72 * hourMs), running: 10, minutes: 1 });
  await warehouse.command(RUNNING, { at: new Date(faultMs), running: 10, minutes: 30 });
  await ledgerUpToDate(warehouse, directory.path);
  await writeDecidedUntil(warehouse, new Date(nowMs - 13 * minuteMs));
  const alarm = alarmUnderTest(warehouse, { rules, costs: await testCosts(cost) });
  for (let ago = 12; ago >= 0; ago--) await alarm.tickAt(new Date(nowMs - ago * minuteMs));
  incidents = foldIncidents([...(await eventsOf(warehouse, sick)), ...(await eventsOf(warehouse, well))]);
});
after(async () => {
  for (const close of closing) await close();
});

const toldOf = (tenant: string) =>
  incidents
    .filter((one) => one.tenant === tenant && one.state === 'open' && one.rule !== 'slo-burn')
    .map(({ rule, severity, scope }) => `${severity} ${rule} ${scope}`)
    .sort();

test('every rule fires for what is as it says, with its severity, and for nothing else', () => {
  assert.deepEqual(toldOf(sick), [
    'page cost-anomaly prod/looping',
    'page cost-burn loops',
    'page credential-failures prod/locked-out',
    'page dlq-growth orders-dlq',
    'page retry-storm prod/looping',
    'page retry-storm prod/retried',
    'page silent-function prod/called',
    'page silent-function prod/consumer',
    'page silent-function prod/scheduled',
    'page silent-function prod/silent',
    'page silent-function prod/waited-for',
    'page throttling prod/throttled',
    'ticket budget-exhausted ',
    'ticket cold-start-storm prod/cold',
    'ticket concurrency-near-limit prod/crowded',
    'ticket cost-budget-spent loops',
    'ticket coverage-drop prod/unseen',
    'ticket duplicate-processing prod/doubled',
    'ticket event-storm prod/looping',
    'ticket event-storm prod/storm',
    'ticket idle-provisioned prod/standby',
    'ticket iterator-age prod/late',
    'ticket memory-near-limit prod/full',
    'ticket near-timeout prod/slow',
    'ticket queue-age orders',
    'ticket silent-function prod/left-alone',
    'ticket version-regression prod/released',
  ]);
  const fired = new Set(incidents.filter(({ tenant }) => tenant === sick).map(({ rule }) => rule));
  assert.deepEqual(
    rules.map(({ id }) => id).filter((id) => !fired.has(id)),
    [],
  );
});

test('a silent function says what should have started it', () => {
  const says = incidents
    .filter(({ rule }) => rule === 'silent-function')
    .map((one) => [one.scope, one.facts.find(({ label }) => label === 'Should run')?.value]);
  assert.deepEqual(Object.fromEntries(says), {
    'prod/called': 'calm called it 3 times since',
    'prod/consumer': '5 messages were sent to jobs since',
    'prod/scheduled': 'It ran every 3m, as by a schedule',
    'prod/silent': 'A timer starts it, and its time came',
    'prod/waited-for': '7 messages wait in parcels',
    'prod/left-alone': 'nothing says so: perhaps nobody calls it',
  });
});

test('that a budget is spent is told of its objective, by which it is routed, without a made-up time to detect', () => {
  const spent = incidents.find(({ rule }) => rule === 'budget-exhausted');
  assert.ok(spent !== undefined);
  assert.deepEqual([spent.sloId, answerIncident(spent).detectMs], ['spent', null]);
});

test('healthy traffic: no rule says anything, not even that there are too few events', () => {
  // What stands idle is a matter of the configuration, which both share.
  assert.deepEqual(
    incidents
      .filter(({ tenant, rule }) => tenant === well && rule !== 'idle-provisioned')
      .map(({ rule, scope, state }) => `${rule} ${scope} ${state}`),
    [],
  );
});

test('a runaway loop of retries pages within minutes, with what it costs and why', () => {
  const loop = incidents.find(({ rule, scope }) => rule === 'cost-anomaly' && scope === 'prod/looping');
  assert.match(loop?.title ?? '', /^looping costs [\d.]+× as much as usual$/);
  assert.match(loop?.summary ?? '', /because of retries and repeated deliveries; \$\d+\.\d\d more a day/);
  assert.equal(loop?.last.runbookUrl, '/runbooks/cost-anomaly');
});
