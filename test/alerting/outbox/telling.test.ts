import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type LogQuestion, readNoticeLog } from '../../../alerting/outbox/read-notices.js';
import { silenceLog } from '../../../alerting/silences/silence-log.js';
import { defaultTenant } from '../../../schemas/access.js';
import { Notice } from '../../../schemas/alerting/notice.js';
import { openMigrated } from '../../support/open-migrated.js';
import { recordingServer } from '../../support/recording-server.js';
import { putSlo } from '../ledger/ledger-harness.js';
import { startMs } from '../routing/support.js';
import { tenantOn, webhook } from './telling-tenant.js';

const minuteMs = 60_000;
let opened: Awaited<ReturnType<typeof openMigrated>> | null = null;
before(async () => {
  opened = await openMigrated();
});
after(async () => await opened?.close());

function setUp() {
  assert.ok(opened !== null);
  return tenantOn(opened.warehouse);
}

test('a notice nobody takes is given up after its time, and that is said', async () => {
  const { world, event, log } = setUp();
  const server = await recordingServer(() => ({ status: 400, body: 'no such channel' }));
  try {
    const job = world.start({ ...webhook(server.url), outgoing: { giveUpMs: '30m' } });
    await world.append(event('a', 1, 'fired'));
    for (let turn = 0; turn < 5; turn++) {
      await world.turn(job);
      world.nowMs += 9 * minuteMs;
    }
    const [logged] = await log();
    assert.deepEqual([logged?.state, logged?.says], ['given-up', 'HTTP 400: no such channel']);
    assert.ok(world.warnings.includes('a notice could not be delivered and is given up'));
  } finally {
    await server.close();
  }
});

test('a silence that is stored holds, and one that is ended does not', async () => {
  const { world, tenant, event, log } = setUp();
  assert.ok(opened !== null);
  const silences = silenceLog(opened.warehouse, tenant);
  const said = { actor: 'key', author: 'ann', reason: 'load test' };
  await silences.make({
    ...said,
    id: 's1',
    at: new Date(startMs),
    match: { team: ['payments'] },
    from: new Date(startMs),
    until: new Date(startMs + 60 * minuteMs),
    recurrence: null,
  });
  const job = world.start({ waitMs: 0 });
  await world.append(event('a', 1, 'fired'));
  await world.turn(job);
  assert.deepEqual(await log(), []);
  assert.deepEqual(
    job
      .stats()
      .held.filter((one) => one.tenant === tenant)
      .map(({ reason }) => reason),
    ['silence'],
  );
  world.nowMs += minuteMs;
  await silences.end({ ...said, id: 's1', at: new Date(world.nowMs) });
  await world.turn(job);
  assert.deepEqual(
    (await log()).map(({ notice }) => notice.kind),
    ['firing'],
  );
});

test('a storm of 1,500 is told in grouped notices within the limit of the receiver, loses none, and all of it ends', async () => {
  const { world, tenant, event } = setUp();
  const server = await recordingServer(() => ({ status: 200 }));
  const perMinute = 30;
  try {
    const settings = { ...webhook(server.url, { perMinute }), groupBy: ['slo'] };
    const job = world.start(settings);
    const ids = Array.from({ length: 1500 }, (_, at) => `i${at}`);
    await world.append(...ids.map((id) => event(id, 1, 'fired', { sloId: `slo-${id}` })));
    await world.turn(job);
    const own = () =>
      server.requests
        .map(({ body }) => Notice.parse(JSON.parse(body)))
        .filter((one) => one.tenant === tenant);
    assert.deepEqual(
      own().map(({ firing, kind, items, more }) => ({ firing, kind, items: items.length, more })),
      [{ firing: 1500, kind: 'firing', items: 20, more: 1480 }],
    );
    assert.ok((server.requests[0]?.body.length ?? 0) < 100_000);
    // A process that starts now knows all of them.
    const next = world.start(settings);
    world.nowMs += minuteMs;
    await world.append(...ids.map((id) => event(id, 2, 'resolved')));
    await world.turn(next);
    assert.deepEqual(
      own().map(({ kind, firing, resolved }) => [kind, firing, resolved]),
      [
        ['firing', 1500, 0],
        ['resolved', 0, 1500],
      ],
    );
  } finally {
    await server.close();
  }
});

test('notices are read by incident, receiver and time', async () => {
  const { world, tenant, event } = setUp();
  assert.ok(opened !== null);
  const job = world.start({ waitMs: 0, groupBy: ['slo'] });
  await world.append(event('a', 1, 'fired'), event('b', 1, 'fired'));
  await world.turn(job);
  const door = opened.warehouse.forTenant(tenant);
  const everything: LogQuestion = {
    from: new Date(0),
    to: new Date(Date.UTC(2100, 0)),
    receivers: [],
    thread: null,
    kind: null,
    incident: null,
    limit: 10,
  };
  const about = async (given: Partial<LogQuestion>) => await readNoticeLog(door, { ...everything, ...given });
  assert.deepEqual(
    (await about({ incident: `${tenant}-a` })).map(({ notice }) => notice.items[0]?.incidentId),
    [`${tenant}-a`],
  );
  assert.equal((await about({})).length, 2);
  assert.equal((await about({ receivers: ['nobody'] })).length, 0);
  assert.equal((await about({ to: new Date(startMs) })).length, 0);
});

test('the review of a week goes out once, is caught up after a standstill, and goes on', async () => {
  const { world } = setUp();
  assert.ok(opened !== null);
  const door = opened.warehouse.forTenant(defaultTenant);
  await putSlo(opened.warehouse, 'default', {
    id: 'checkout',
    title: 'Checkout answers',
    sli: { kind: 'success' },
    objective: '99%',
  });
  const everything = {
    from: new Date(0),
    to: new Date(Date.UTC(2100, 0)),
    receivers: [],
    thread: null,
    incident: null,
    limit: 100,
  };
  const reports = async () =>
    (await readNoticeLog(door, { ...everything, kind: 'report' }))
      .map(({ notice, state }) => `${state} ${notice.title}`)
      .sort();
  const settings = {
    reports: [{ name: 'weekly', content: 'slo-review', every: 'week', hour: 8, to: ['inbox'] }],
  };
  // A Monday, two hours after it is due.
  await world.turn(world.start(settings));
  await world.turn(world.start(settings));
  const first = 'sent Objectives from 2026-02-23 to 2026-03-01';
  assert.deepEqual(await reports(), [first]);
  world.nowMs += 16 * 24 * 60 * minuteMs;
  await world.turn(world.start(settings));
  assert.deepEqual(await reports(), [
    first,
    'sent Objectives from 2026-03-02 to 2026-03-08',
    'sent Objectives from 2026-03-09 to 2026-03-15',
  ]);
});
