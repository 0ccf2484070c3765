import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { type LogQuestion, readNoticeLog } from '../../../alerting/outbox/read-notices.js';
import { silenceLog } from '../../../alerting/silences/silence-log.js';
import { type Tenant, Tenant as TenantName } from '../../../schemas/access.js';
import type { IncidentEvent } from '../../../schemas/alerting/incident-event.js';
import { Notice } from '../../../schemas/alerting/notice.js';
import { openMigrated } from '../../support/open-migrated.js';
import { type Recorded, type Reply, recordingServer } from '../../support/recording-server.js';
import { eventOf, startMs } from '../routing/support.js';
import { type World, worldOn } from './telling-harness.js';

const minuteMs = 60_000;
let opened: Awaited<ReturnType<typeof openMigrated>> | null = null;
before(async () => {
  opened = await openMigrated();
});
after(async () => await opened?.close());

/** Each test has a tenant of its own on the one engine. */
function setUp(): {
  world: World;
  tenant: Tenant;
  event: (
    id: string,
    sequence: number,
    kind: IncidentEvent['kind'],
    given?: Partial<IncidentEvent>,
  ) => IncidentEvent;
} {
  assert.ok(opened !== null);
  const world = worldOn(opened.warehouse, startMs);
  const tenant = TenantName.parse(`t${randomUUID().slice(0, 8)}`);
  const event: ReturnType<typeof setUp>['event'] = (id, sequence, kind, given = {}) =>
    eventOf({ ...given, tenant, incidentId: `${tenant}-${id}`, sequence, kind, atMs: world.nowMs });
  return { world, tenant, event };
}

const webhook = (url: string, given: object = {}) => ({
  waitMs: 0,
  to: ['hook'],
  routes: [],
  receivers: [{ name: 'hook', kind: 'webhook', url, ...given }],
});

/** Only what is about this test: the others' incidents are told as well. */
function keysOf(requests: readonly Recorded[], tenant: Tenant): string[] {
  return requests.flatMap(({ body }) => {
    const notice = Notice.parse(JSON.parse(body));
    return notice.tenant === tenant ? [`${notice.kind} ${notice.id}`] : [];
  });
}

async function logOf(tenant: Tenant) {
  assert.ok(opened !== null);
  const everything = {
    from: new Date(0),
    to: new Date(Date.UTC(2100, 0)),
    receiver: null,
    thread: null,
    incident: null,
    limit: 1000,
  };
  return await readNoticeLog(opened.warehouse.forTenant(tenant), everything);
}

test('what fires arrives once and is in the log and the inbox; its end follows', async () => {
  const { world, tenant, event } = setUp();
  const server = await recordingServer(() => ({ status: 202 }));
  try {
    const job = world.start({
      ...webhook(server.url),
      to: ['hook', 'inbox'],
      publicUrl: 'https://c.example',
    });
    await world.append(event('a', 1, 'fired'));
    await world.turn(job);
    await world.turn(job);
    world.nowMs += 24 * minuteMs;
    await world.append(event('a', 2, 'resolved'));
    await world.turn(job);
    const kinds = keysOf(server.requests, tenant).map((key) => key.split(' ')[0]);
    assert.deepEqual(kinds, ['firing', 'resolved']);
    const log = await logOf(tenant);
    assert.deepEqual(
      log.map(({ notice, state, says }) => `${notice.receiver} ${notice.kind} ${state} ${says}`).sort(),
      [
        'hook firing sent HTTP 202',
        'hook resolved sent HTTP 202',
        'inbox firing sent kept',
        'inbox resolved sent kept',
      ],
    );
    const last = log.find(({ notice }) => notice.kind === 'resolved');
    assert.equal(last?.notice.text, 'Over after 29 min.');
    assert.equal(last?.notice.viewUrl, `https://c.example/incidents/${tenant}-a`);
  } finally {
    await server.close();
  }
});

test('a receiver that is down for an hour gets everything afterwards, in order, each once', async () => {
  const { world, tenant, event } = setUp();
  let isDown = true;
  const server = await recordingServer(() => (isDown ? { status: 503 } : { status: 200 }));
  try {
    const job = world.start(webhook(server.url));
    await world.append(event('a', 1, 'fired'));
    for (let minute = 0; minute < 60; minute += 4) {
      if (minute === 20) await world.append(event('a', 2, 'acknowledged', { author: 'ann' }));
      if (minute === 40) await world.append(event('a', 3, 'resolved'));
      await world.turn(job);
      world.nowMs += 4 * minuteMs;
    }
    const during = server.requests.length;
    assert.ok(during <= 15, `it is left alone between attempts: ${during}`);
    isDown = false;
    for (let turn = 0; turn < 4; turn++) {
      await world.turn(job);
      world.nowMs += 5 * minuteMs;
    }
    const arrived = keysOf(server.requests.slice(during), tenant);
    assert.deepEqual(
      arrived.map((key) => key.split(' ')[0]),
      ['firing', 'update', 'resolved'],
    );
    assert.equal(new Set(arrived).size, 3);
  } finally {
    await server.close();
  }
});

const answers: readonly { says: string; reply: (count: number) => Reply | null; waitsMs: number }[] = [
  {
    says: '429 with Retry-After',
    reply: (count) => (count === 1 ? { status: 429, headers: { 'retry-after': '120' } } : { status: 200 }),
    waitsMs: 120_000,
  },
  { says: '500', reply: (count) => (count === 1 ? { status: 500 } : { status: 200 }), waitsMs: 0 },
  {
    says: 'nothing, until the time is over',
    reply: (count) => (count === 1 ? null : { status: 200 }),
    waitsMs: 0,
  },
  { says: '200 and garbage', reply: () => ({ status: 200, body: '\u0000<html>{{{' }), waitsMs: 0 },
  {
    says: '404, until somebody has mended it',
    reply: (count) => (count < 3 ? { status: 404 } : { status: 200 }),
    waitsMs: 300_000,
  },
];
for (const { says, reply, waitsMs } of answers)
  test(`a receiver that answers ${says} is told of the firing and the end, each delivered once`, async () => {
    const { world, tenant, event } = setUp();
    const accepted: string[] = [];
    let count = 0;
    const server = await recordingServer((request) => {
      if (Notice.parse(JSON.parse(request.body)).tenant !== tenant) return { status: 200 };
      count += 1;
      const answer = reply(count);
      if (answer !== null && answer.status < 300) accepted.push(...keysOf([request], tenant));
      return answer;
    });
    try {
      const job = world.start(webhook(server.url));
      await world.append(event('a', 1, 'fired'));
      await world.turn(job);
      world.nowMs += waitsMs - 1000;
      if (waitsMs > 0) {
        await world.turn(job);
        assert.equal(count, 1, 'it is left alone for as long as it asks');
      }
      await world.append(event('a', 2, 'resolved'));
      for (let turn = 0; turn < 5; turn++) {
        world.nowMs += 9 * minuteMs;
        await world.turn(job);
      }
      assert.deepEqual(
        accepted.map((key) => key.split(' ')[0]),
        ['firing', 'resolved'],
      );
      assert.ok((await logOf(tenant)).every(({ state }) => state === 'sent'));
    } finally {
      await server.close();
    }
  });

test('a process that ends at any point is followed by one that goes on: the same keys, nothing lost', async () => {
  const { world, tenant, event } = setUp();
  const server = await recordingServer(() => ({ status: 200 }));
  try {
    const settings = webhook(server.url);
    await world.append(
      event('a', 1, 'fired'),
      event('b', 1, 'fired', { labels: { environment: 'staging' } }),
    );
    // Planned, and gone before anything left.
    let isAllowed = 2;
    const first = world.start(settings, async () => {
      isAllowed -= 1;
      if (isAllowed < 0) throw new Error('the process is gone');
    });
    await first.tick(new AbortController().signal);
    await first.idle();
    assert.deepEqual(keysOf(server.requests, tenant), []);
    const planned = (await logOf(tenant)).map(({ notice, state }) => `${notice.id} ${state}`);
    assert.equal(planned.length, 2);
    const second = world.start(settings);
    await world.turn(second);
    await world.turn(second);
    assert.deepEqual(
      keysOf(server.requests, tenant).sort(),
      planned.map((line) => `firing ${line.split(' ')[0]}`).sort(),
    );
    // Another one takes over and knows what was told.
    await world.append(event('a', 2, 'resolved'), event('b', 2, 'resolved'));
    world.nowMs += minuteMs;
    const third = world.start(settings);
    await world.turn(third);
    await world.turn(world.start(settings));
    assert.equal(keysOf(server.requests, tenant).length, 4);
    assert.equal(new Set(keysOf(server.requests, tenant)).size, 4);
  } finally {
    await server.close();
  }
});

test('a notice nobody takes is given up after its time, and that is said', async () => {
  const { world, tenant, event } = setUp();
  const server = await recordingServer(() => ({ status: 400, body: 'no such channel' }));
  try {
    const job = world.start({ ...webhook(server.url), outgoing: { giveUpMs: '30m' } });
    await world.append(event('a', 1, 'fired'));
    for (let turn = 0; turn < 5; turn++) {
      await world.turn(job);
      world.nowMs += 9 * minuteMs;
    }
    const [logged] = await logOf(tenant);
    assert.deepEqual([logged?.state, logged?.says], ['given-up', 'HTTP 400: no such channel']);
    assert.ok(world.warnings.includes('a notice could not be delivered and is given up'));
  } finally {
    await server.close();
  }
});

test('a silence that is stored holds, and one that is ended does not', async () => {
  const { world, tenant, event } = setUp();
  assert.ok(opened !== null);
  const log = silenceLog(opened.warehouse, tenant);
  const said = { actor: 'key', author: 'ann', reason: 'load test' };
  await log.make({
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
  assert.deepEqual(await logOf(tenant), []);
  assert.deepEqual(
    job
      .stats()
      .held.filter((one) => one.tenant === tenant)
      .map(({ reason }) => reason),
    ['silence'],
  );
  world.nowMs += minuteMs;
  await log.end({ ...said, id: 's1', at: new Date(world.nowMs) });
  await world.turn(job);
  assert.deepEqual(
    (await logOf(tenant)).map(({ notice }) => notice.kind),
    ['firing'],
  );
});

test('a storm of 5,000 is told in grouped notices within the limit of the receiver, loses none, and all of it ends', async () => {
  const { world, tenant, event } = setUp();
  const server = await recordingServer(() => ({ status: 200 }));
  const perMinute = 30;
  try {
    const settings = { ...webhook(server.url, { perMinute }), groupBy: ['slo'] };
    const job = world.start(settings);
    const ids = Array.from({ length: 5000 }, (_, at) => `i${at}`);
    await world.append(...ids.map((id) => event(id, 1, 'fired', { sloId: `slo-${id}` })));
    await world.turn(job);
    const own = () =>
      server.requests
        .map(({ body }) => Notice.parse(JSON.parse(body)))
        .filter((one) => one.tenant === tenant);
    assert.deepEqual(
      own().map(({ firing, kind, items, more }) => ({ firing, kind, items: items.length, more })),
      [{ firing: 5000, kind: 'firing', items: 20, more: 4980 }],
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
        ['firing', 5000, 0],
        ['resolved', 0, 5000],
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
    receiver: null,
    thread: null,
    incident: null,
    limit: 10,
  };
  const about = async (given: Partial<LogQuestion>) => await readNoticeLog(door, { ...everything, ...given });
  assert.deepEqual(
    (await about({ incident: `${tenant}-a` })).map(({ notice }) => notice.items[0]?.incidentId),
    [`${tenant}-a`],
  );
  assert.equal((await about({})).length, 2);
  assert.equal((await about({ receiver: 'nobody' })).length, 0);
  assert.equal((await about({ to: new Date(startMs) })).length, 0);
});
