import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { incidentLog } from '../../../alerting/incidents/append-events.js';
import { foldIncidents } from '../../../alerting/incidents/fold-events.js';
import { readEventsOf } from '../../../alerting/incidents/read-events.js';
import { writeDecidedUntil } from '../../../alerting/tick/alert-log.js';
import { Tenant } from '../../../schemas/access.js';
import { insertInvocations } from '../../support/insert-invocations.js';
import { openMigrated } from '../../support/open-migrated.js';
import { tempDir } from '../../support/temp-dir.js';
import { putSlo } from '../ledger/ledger-harness.js';
import { alarmUnderTest, eventsOf, inShort } from './alert-harness.js';

let opened: Awaited<ReturnType<typeof openMigrated>> | null = null;
let directory: Awaited<ReturnType<typeof tempDir>> | null = null;
before(async () => {
  opened = await openMigrated();
  directory = await tempDir();
});
after(async () => {
  await opened?.close();
  await directory?.remove();
});

function world() {
  assert.ok(opened !== null && directory !== null);
  return { warehouse: opened.warehouse, path: directory.path };
}

const minuteMs = 60_000;
/** Telemetry inserted long after it happened is waited for as long as any: five minutes. */
const lateMs = 5 * minuteMs;
/** Six hours of calm, then the story. */
const startMs = Math.floor(Date.now() / minuteMs) * minuteMs - 10 * 3_600_000;
const storyMs = startMs + 6 * 3_600_000;

const tiers = [
  { budget: '2%', long: '1h', short: '5m', severity: 'page' },
  { budget: '3.5%', long: '5h', short: '10m', severity: 'ticket' },
];
const slo = {
  id: 'api',
  title: 'API',
  where: { function: 'api' },
  sli: { kind: 'success' },
  objective: '99.9%',
  alerting: { tiers },
};

/** `perMinute` runs a minute over [from, to), of which so many fail. */
async function traffic(tenant: string, from: number, to: number, bad: number, perMinute = 20): Promise<void> {
  const { warehouse } = world();
  const runs = [];
  for (let minute = from; minute < to; minute++)
    for (let index = 0; index < perMinute; index++)
      runs.push({
        tenant,
        function: 'api',
        startedAt: new Date(storyMs + minute * minuteMs + index * 1_000),
        outcome: index < bad ? ('error' as const) : ('ok' as const),
      });
  await insertInvocations(warehouse, runs);
}

/** As if everything had been decided up to a minute. */
async function decidedUntil(minute: number): Promise<void> {
  await writeDecidedUntil(world().warehouse, new Date(storyMs + minute * minuteMs));
}

const at = (minute: number) => new Date(storyMs + minute * minuteMs + lateMs);

test('a fault pages once, hands over and ends; what is decided again changes nothing', async () => {
  const { warehouse, path } = world();
  const tenant = 'story';
  await putSlo(warehouse, tenant, slo);
  await traffic(tenant, -120, 0, 0);
  await traffic(tenant, 0, 4, 20);
  await traffic(tenant, 4, 25, 0);
  const alarm = alarmUnderTest(warehouse, path);
  await decidedUntil(-5);
  await alarm.tickAt(at(20));
  const events = await eventsOf(warehouse, tenant);
  // 14.4 × 0.1 % of an hour is 52 s, which is 18 failures: chance cannot be ruled out before the second minute. The page ends when five minutes are clean, the ticket after ten.
  assert.deepEqual(inShort(events, storyMs), [
    '1 withheld page slo-burn',
    '2 fired page slo-burn',
    '9 eased ticket slo-burn',
    '14 resolved ticket slo-burn',
  ]);
  const fired = events.find(({ kind }) => kind === 'fired');
  assert.equal(fired?.tier, '1h/5m');
  assert.equal(fired?.startedAt, new Date(storyMs).toISOString());
  assert.deepEqual(fired?.labels, {
    sli: 'success',
    function: 'api',
    rule: 'slo-burn',
    severity: 'page',
    tier: '1h/5m',
  });

  // Another process that knows nothing, and a clock that went back two hours.
  await alarmUnderTest(warehouse, path).tickAt(at(20));
  await alarmUnderTest(warehouse, path).tickAt(at(-40));
  await alarmUnderTest(warehouse, path).tickAt(at(20));
  const [incident] = foldIncidents(await eventsOf(warehouse, tenant));
  assert.equal(incident?.state, 'resolved');
  assert.deepEqual(await eventsOf(warehouse, tenant), events);
});

test('after a crash it goes on where it stopped, minute by minute', async () => {
  const { warehouse, path } = world();
  const tenant = 'crash';
  await putSlo(warehouse, tenant, slo);
  await traffic(tenant, -120, 130, 0);
  await traffic(tenant, 130, 134, 20);
  await traffic(tenant, 134, 200, 0);
  await decidedUntil(128);
  // Down for ten minutes: the fault came and went meanwhile.
  await alarmUnderTest(warehouse, path).tickAt(at(140));
  const story = inShort(await eventsOf(warehouse, tenant), storyMs);
  assert.deepEqual(story.slice(0, 2), ['131 withheld page slo-burn', '132 fired page slo-burn']);
  assert.equal(story.filter((line) => line.includes('fired')).length, 1);
});

test('two processes that decide the same minutes at once tell one story', async () => {
  const { warehouse, path } = world();
  const tenant = 'twins';
  await putSlo(warehouse, tenant, slo);
  await traffic(tenant, 100, 205, 0);
  await traffic(tenant, 205, 210, 20);
  await decidedUntil(200);
  const alarms = [alarmUnderTest(warehouse, path), alarmUnderTest(warehouse, path)];
  await Promise.all(alarms.map((alarm) => alarm.tickAt(at(209))));
  const incidents = foldIncidents(await eventsOf(warehouse, tenant));
  assert.deepEqual(
    incidents.map(({ state, severity }) => [state, severity]),
    [['open', 'page']],
  );
});

test('one failure of a quiet function is not told, but can be seen', async () => {
  const { warehouse, path } = world();
  const tenant = 'quiet';
  await putSlo(warehouse, tenant, slo);
  for (let minute = 150; minute < 215; minute += 6) await traffic(tenant, minute, minute + 1, 0, 1);
  await traffic(tenant, 216, 217, 1, 1);
  await decidedUntil(214);
  await alarmUnderTest(warehouse, path).tickAt(at(219));
  const [incident] = foldIncidents(await eventsOf(warehouse, tenant));
  assert.deepEqual(
    [incident?.state, incident?.reason, incident?.firedAt],
    ['withheld', 'too-few-events', null],
  );
});

test('lost telemetry is told once, and everything else stays as it is', async () => {
  const { warehouse, path } = world();
  const tenant = 'lost';
  await putSlo(warehouse, tenant, slo);
  await traffic(tenant, 100, 211, 0);
  await traffic(tenant, 211, 215, 20);
  const alarm = alarmUnderTest(warehouse, path);
  await decidedUntil(209);
  await alarm.tickAt(at(214));
  // Long enough for the window of the page to be empty.
  await alarm.tickAt(at(290));
  const story = inShort(await eventsOf(warehouse, tenant), storyMs);
  assert.deepEqual(story, [
    '212 withheld page slo-burn',
    '213 fired page slo-burn',
    '226 fired ticket telemetry-lost',
  ]);
});

test('what a person resolves stays resolved for a while though the fault goes on', async () => {
  const { warehouse, path } = world();
  const tenant = 'people';
  await putSlo(warehouse, tenant, slo);
  await traffic(tenant, 150, 215, 0);
  await traffic(tenant, 215, 235, 20);
  const alarm = alarmUnderTest(warehouse, path);
  await decidedUntil(213);
  await alarm.tickAt(at(218));
  const fired = (await eventsOf(warehouse, tenant)).find(({ kind }) => kind === 'fired');
  assert.ok(fired !== undefined);
  const byHand = { ...fired, sequence: 3, eventId: 'by-hand', kind: 'resolved', author: 'ann' } as const;
  await incidentLog(warehouse)([{ ...byHand, at: at(213).toISOString() }]);
  await alarm.tickAt(at(228));
  const told = await readEventsOf(warehouse.forTenant(Tenant.parse(tenant)), fired.incidentId);
  assert.deepEqual(
    told.map(({ kind }) => kind).filter((kind) => kind !== 'withheld'),
    ['fired', 'resolved'],
  );
});

test('two objectives on one function that fail together are one fault', async () => {
  const { warehouse, path } = world();
  const tenant = 'joined';
  await putSlo(warehouse, tenant, slo);
  await putSlo(warehouse, tenant, { ...slo, id: 'api-strict', title: 'API, strictly', objective: '99.99%' });
  await traffic(tenant, 100, 220, 0);
  await traffic(tenant, 220, 224, 20);
  await decidedUntil(218);
  await alarmUnderTest(warehouse, path).tickAt(at(223));
  const incidents = foldIncidents(await eventsOf(warehouse, tenant));
  const roots = incidents.filter(({ parentId }) => parentId === null);
  const parts = incidents.filter(({ parentId }) => parentId !== null);
  assert.deepEqual([roots.length, parts.length, parts[0]?.parentId], [1, 1, roots[0]?.id]);
});
