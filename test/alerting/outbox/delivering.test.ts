import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Notice } from '../../../schemas/alerting/notice.js';
import { openMigrated } from '../../support/open-migrated.js';
import { type Reply, recordingServer } from '../../support/recording-server.js';
import { keysOf, tenantOn, webhook } from './telling-tenant.js';

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

test('what fires arrives once and is in the log and the inbox; its end follows', async () => {
  const { world, tenant, event, log } = setUp();
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
    const logged = await log();
    assert.deepEqual(
      logged.map(({ notice, state, says }) => `${notice.receiver} ${notice.kind} ${state} ${says}`).sort(),
      [
        'hook firing sent HTTP 202',
        'hook resolved sent HTTP 202',
        'inbox firing sent kept',
        'inbox resolved sent kept',
      ],
    );
    const last = logged.find(({ notice }) => notice.kind === 'resolved');
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
    const { world, tenant, event, log } = setUp();
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
      assert.ok((await log()).every(({ state }) => state === 'sent'));
    } finally {
      await server.close();
    }
  });

test('a process that ends at any point is followed by one that goes on: the same keys, nothing lost', async () => {
  const { world, tenant, event, log } = setUp();
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
    const planned = (await log()).map(({ notice, state }) => `${notice.id} ${state}`);
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
