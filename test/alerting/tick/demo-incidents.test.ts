import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { diagnose } from '../../../alerting/diagnose/diagnose.js';
import { foldIncidents, type Incident } from '../../../alerting/incidents/fold-events.js';
import { rules } from '../../../alerting/rules/rules.js';
import { writeDecidedUntil } from '../../../alerting/tick/alert-log.js';
import { simulateMinute } from '../../../cli/demo/simulate/simulate-minute.js';
import { incidentAt, shopWorld } from '../../cli/demo/demo-world.js';
import { insertInvocations } from '../../support/insert-invocations.js';
import { openMigrated } from '../../support/open-migrated.js';
import { tempDir } from '../../support/temp-dir.js';
import { putSlo } from '../ledger/ledger-harness.js';
import { alarmUnderTest, eventsOf, ledgerUpToDate } from './alert-harness.js';

const minuteMs = 60_000;
/** Calm before the faults, and how long they are watched. */
const calmMinutes = 120;
const watchedMinutes = 16;
const startMinute = Math.floor(Date.now() / minuteMs / 10) * 10 - watchedMinutes - 20;
const seed = 20_261_128;
const runsPerSecond = 4;
/** Telemetry inserted long after it happened is waited for as long as any: five minutes. */
const lateMs = 5 * minuteMs;

const faults = [
  'bad-deploy',
  'cold-start-storm',
  'retry-storm',
  'throttling',
  'silent-function',
  'event-storm',
  'dlq-growth',
  'harmless-noise',
];

let incidents: Incident[] = [];
let opened: Awaited<ReturnType<typeof openMigrated>> | null = null;
let directory: Awaited<ReturnType<typeof tempDir>> | null = null;

/** What the fleet did, each request's last attempt told apart from those before it. */
function runs() {
  const started = faults.map((name) => incidentAt(name, startMinute));
  const world = shopWorld(seed, runsPerSecond, started);
  const all = Array.from({ length: calmMinutes + watchedMinutes }, (_, index) =>
    simulateMinute(world, startMinute - calmMinutes + index),
  ).flat();
  const last = new Map<string, number>();
  for (const { eventId, function: one, attempt } of all) {
    const key = `${one.name} ${eventId}`;
    last.set(key, Math.max(last.get(key) ?? 0, attempt));
  }
  return all
    .filter(({ isLost }) => !isLost)
    .map((run) => ({
      function: run.function.name,
      startedAt: new Date(run.startUs / 1000),
      durationMs: run.durationUs / 1000,
      outcome: run.outcome,
      cold: run.isCold,
      region: run.region,
      version: run.version,
      errorType: run.errorType,
      errorMessage: run.errorMessage,
      attempt: run.attempt,
      duplicate: run.isDuplicate,
      superseded: run.attempt < (last.get(`${run.function.name} ${run.eventId}`) ?? 1),
      traceId: run.traceId,
      spanId: run.spanId,
    }));
}

before(async () => {
  opened = await openMigrated();
  directory = await tempDir();
  const { warehouse } = opened;
  const everyFunction = { id: 'every-function', title: 'Requests end well', per: 'function' };
  await putSlo(warehouse, 'default', {
    ...everyFunction,
    sli: { kind: 'success', count: 'requests' },
    objective: '99%',
  });
  await insertInvocations(warehouse, runs());
  await ledgerUpToDate(warehouse, directory.path);
  await writeDecidedUntil(warehouse, new Date((startMinute - 2) * minuteMs));
  for (const minute of [4, 8, watchedMinutes])
    await alarmUnderTest(warehouse, { rules, diagnose }).tickAt(
      new Date((startMinute + minute) * minuteMs + lateMs),
    );
  incidents = foldIncidents(await eventsOf(warehouse, 'default')).filter(({ firedAt }) => firedAt !== null);
});
after(async () => {
  await opened?.close();
  await directory?.remove();
});

const about = (name: string) => incidents.filter(({ last }) => last.labels.function === name);

const expected = [
  { fault: 'bad-deploy', function: 'checkout-api', rule: 'slo-burn', severity: 'page' },
  { fault: 'cold-start-storm', function: 'cart-api', rule: 'cold-start-storm', severity: 'ticket' },
  { fault: 'retry-storm', function: 'image-resize', rule: 'retry-storm', severity: 'page' },
  { fault: 'throttling', function: 'fraud-score', rule: 'throttling', severity: 'page' },
  { fault: 'event-storm', function: 'clickstream-collect', rule: 'event-storm', severity: 'ticket' },
  { fault: 'dlq-growth', function: 'orders-to-lake', rule: 'slo-burn', severity: 'page' },
] as const;
for (const { fault, function: name, rule, severity } of expected)
  test(`demo: ${fault} is told as a ${severity} of ${rule}`, () => {
    const found = about(name).find((one) => one.rule === rule);
    assert.equal(found?.worstSeverity, severity, JSON.stringify(about(name).map((one) => one.rule)));
  });

test('demo: the bad deploy is explained by its version and region', () => {
  const found = about('checkout-api').find(({ rule }) => rule === 'slo-burn');
  const named = found?.diagnosis?.contrasts.map(({ dimension, value }) => `${dimension} ${value}`) ?? [];
  for (const one of ['version 43', 'region us-east-1', 'error TypeError'])
    assert.ok(named.includes(one), named.join());
});

test('demo: the harmless noise wakes nobody', () => {
  assert.deepEqual(
    about('gdpr-erase').map(({ rule, worstSeverity }) => `${worstSeverity} ${rule}`),
    [],
  );
});

test('demo: nothing pages but what has a fault', () => {
  const faulty = new Set<string | undefined>(expected.map(({ function: name }) => name));
  const others = incidents
    .filter(({ worstSeverity, last }) => worstSeverity === 'page' && !faulty.has(last.labels.function))
    .map(({ rule, last }) => `${rule} ${last.labels.function}`);
  assert.deepEqual(others, []);
});
