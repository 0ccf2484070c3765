import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { incidentLog } from '../../../alerting/incidents/append-events.js';
import { foldIncidents } from '../../../alerting/incidents/fold-events.js';
import { writeDecidedUntil } from '../../../alerting/tick/alert-log.js';
import { insertInvocations } from '../../support/insert-invocations.js';
import { insertMetricPoints } from '../../support/insert-metric-points.js';
import { openMigrated } from '../../support/open-migrated.js';
import { tempDir } from '../../support/temp-dir.js';
import { putSlo } from '../ledger/ledger-harness.js';
import { alarmUnderTest, eventsOf, inShort, ledgerUpToDate } from './alert-harness.js';

let opened: Awaited<ReturnType<typeof openMigrated>> | null = null;
let directory: Awaited<ReturnType<typeof tempDir>> | null = null;

function world() {
  assert.ok(opened !== null && directory !== null);
  return { warehouse: opened.warehouse, path: directory.path };
}

const minuteMs = 60_000;
const storyMs = Math.floor(Date.now() / minuteMs) * minuteMs - 4 * 3_600_000;
const at = (minute: number) => new Date(storyMs + minute * minuteMs);

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

/** Minutes [from, to) of a tenant with so many runs each, of which so many fail. */
type Stretch = { tenant: string; from: number; to: number; perMinute: number; bad: number };
const calmThenFault = (tenant: string, over: number): Stretch[] => [
  { tenant, from: -60, to: 0, perMinute: 20, bad: 0 },
  { tenant, from: 0, to: over, perMinute: 20, bad: 20 },
];
const stretches: Stretch[] = [
  ...calmThenFault('story', 4),
  { tenant: 'story', from: 4, to: 20, perMinute: 20, bad: 0 },
  ...calmThenFault('joined', 4),
  ...calmThenFault('people', 20),
  ...calmThenFault('unseen', 20),
  // Nothing comes any more in the middle of a fault.
  ...calmThenFault('lost', 4),
  ...Array.from({ length: 10 }, (_, index): Stretch => {
    return { tenant: 'quiet', from: -60 + index * 6, to: -59 + index * 6, perMinute: 1, bad: 0 };
  }),
  { tenant: 'quiet', from: 2, to: 3, perMinute: 1, bad: 1 },
];

/** Two processes decide the same minutes at once; each time they start anew, as after a crash. */
async function decideAt(minute: number): Promise<void> {
  const { warehouse } = world();
  await Promise.all([1, 2].map(() => alarmUnderTest(warehouse).tickAt(at(minute))));
}

before(async () => {
  opened = await openMigrated();
  directory = await tempDir();
  const { warehouse, path } = world();
  for (const tenant of new Set(stretches.map((one) => one.tenant))) await putSlo(warehouse, tenant, slo);
  await putSlo(warehouse, 'joined', {
    ...slo,
    id: 'api-strict',
    title: 'API, strictly',
    objective: '99.99%',
  });
  await insertInvocations(
    warehouse,
    stretches.flatMap(({ tenant, from, to, perMinute, bad }) =>
      Array.from({ length: (to - from) * perMinute }, (_, index) => ({
        tenant,
        function: 'api',
        startedAt: new Date(
          storyMs + (from + Math.floor(index / perMinute)) * minuteMs + (index % perMinute),
        ),
        outcome: index % perMinute < bad ? ('error' as const) : ('ok' as const),
      })),
    ),
  );
  // The cloud counted five times as many runs of this one as were seen.
  await insertMetricPoints(
    warehouse,
    Array.from({ length: 60 }, (_, index) => {
      const at = new Date(storyMs + (index - 40) * minuteMs);
      const counted = { count: 100, sum: 100, max: 1, startedAt: new Date(at.getTime() - minuteMs) };
      const metric = 'amazonaws.com/AWS/Lambda/Invocations';
      return {
        tenant: 'unseen',
        metric,
        kind: 'summary',
        dimensions: { FunctionName: 'api' },
        at,
        ...counted,
      };
    }),
  );
  await ledgerUpToDate(warehouse, path);
  await writeDecidedUntil(warehouse, new Date(storyMs - minuteMs));
  await decideAt(3);
  const [fired] = (await eventsOf(warehouse, 'people')).filter(({ kind }) => kind === 'fired');
  assert.ok(fired !== undefined);
  const resolved = { ...fired, sequence: 3, eventId: 'by-hand', kind: 'resolved', author: 'ann' } as const;
  await incidentLog(warehouse)([{ ...resolved, at: new Date(storyMs + 3 * minuteMs).toISOString() }]);
  await decideAt(15);
});
after(async () => {
  await opened?.close();
  await directory?.remove();
});

/** What two processes wrote is there twice with one id. */
async function story(tenant: string) {
  const events = await eventsOf(world().warehouse, tenant);
  return [...new Map(events.map((event) => [event.eventId, event])).values()];
}

test('a fault pages once, hands over and ends, whoever decides and however often they crash', async () => {
  const events = await story('story');
  // 14.4 × 0.1 % of an hour is 18 failures; chance cannot be ruled out before the second minute. The page ends when five
  // minutes are clean, the ticket after ten.
  assert.deepEqual(inShort(events, storyMs), [
    '1 withheld page slo-burn',
    '2 fired page slo-burn',
    '9 eased ticket slo-burn',
    '14 resolved ticket slo-burn',
  ]);
  const fired = events.find(({ kind }) => kind === 'fired');
  assert.equal(fired?.startedAt, new Date(storyMs).toISOString());
  assert.deepEqual(fired?.labels, {
    sli: 'success',
    function: 'api',
    rule: 'slo-burn',
    severity: 'page',
    tier: '1h/5m',
  });
});

test('one failure of a quiet function is not told, but can be seen', async () => {
  const [incident] = foldIncidents(await story('quiet'));
  assert.deepEqual([incident?.last.reason, incident?.firedAt], ['too-few-events', null]);
});

test('lost telemetry is told once, and everything else stays as it is', async () => {
  assert.deepEqual(inShort(await story('lost'), storyMs), [
    '1 withheld page slo-burn',
    '2 fired page slo-burn',
    '15 fired ticket telemetry-lost',
  ]);
});

test('what is seen of a function that is mostly unseen says nothing of it', async () => {
  assert.deepEqual(await story('unseen'), []);
});

test('what a person resolves stays resolved for a while though the fault goes on', async () => {
  const kinds = (await story('people')).map(({ kind }) => kind);
  assert.deepEqual(kinds, ['withheld', 'fired', 'resolved']);
});

test('two objectives on one function that fail together are one fault', async () => {
  const incidents = foldIncidents(await story('joined')).filter(({ rule }) => rule === 'slo-burn');
  const roots = incidents.filter(({ parentId }) => parentId === null);
  const parts = incidents.filter(({ parentId }) => parentId !== null);
  assert.deepEqual([roots.length, parts.length, parts[0]?.parentId], [1, 1, roots[0]?.id]);
});

test('a clock that goes back and comes again changes nothing', async () => {
  const before = await story('story');
  await decideAt(9);
  await decideAt(12);
  assert.deepEqual(await story('story'), before);
});
