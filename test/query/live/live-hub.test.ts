import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLiveHub, type LiveHubOptions } from '../../../query/live/live-hub.js';
import { Tenant } from '../../../schemas/access.js';
import { LiveEvent } from '../../../schemas/live-event.js';

const mine = Tenant.parse('mine');
const theirs = Tenant.parse('theirs');
const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second));

/** Time that stands until moved; due timers run in order. */
function handTimers() {
  let nowMs = 0;
  const timers = new Map<symbol, { dueMs: number; run: () => void }>();
  return {
    after: (delayMs: number, run: () => void) => {
      const id = Symbol('timer');
      timers.set(id, { dueMs: nowMs + delayMs, run });
      return () => void timers.delete(id);
    },
    advance: (ms: number) => {
      const untilMs = nowMs + ms;
      for (;;) {
        const [next] = [...timers].sort(([, one], [, other]) => one.dueMs - other.dueMs);
        if (next === undefined || next[1].dueMs > untilMs) break;
        timers.delete(next[0]);
        nowMs = next[1].dueMs;
        next[1].run();
      }
      nowMs = untilMs;
    },
    waiting: () => timers.size,
  };
}

function scene(options: Partial<LiveHubOptions> = {}) {
  const timers = handTimers();
  const hub = createLiveHub({ after: timers.after, ...options });
  const listen = (tenant: Tenant, unreadBytes = 0) => {
    const heard: string[] = [];
    const ends: ('end' | 'cut')[] = [];
    const subscription = hub.subscribe(tenant, {
      write: (chunk) => {
        heard.push(chunk);
        return unreadBytes;
      },
      end: () => ends.push('end'),
      cut: () => ends.push('cut'),
    });
    const events = () =>
      heard
        .filter((chunk) => chunk.startsWith('event: inserted\n'))
        .map((chunk) => LiveEvent.parse(JSON.parse(chunk.split('data: ')[1] ?? '')));
    return { heard, ends, subscription, events };
  };
  return { timers, hub, listen };
}

test('news reach the tenant they are about at once, and nobody else', () => {
  const { hub, listen } = scene();
  const one = listen(mine);
  const other = listen(theirs);
  hub.publish({ tenant: mine, kind: 'inserted', tables: ['invocations'], at: at(1) });
  assert.deepEqual(one.events(), [{ kind: 'inserted', tables: ['invocations'], at: at(1).toISOString() }]);
  assert.deepEqual(other.events(), []);
});

test('a storm of inserts becomes at most four messages a second, and none is forgotten', () => {
  const { hub, listen, timers } = scene();
  const client = listen(mine);
  for (let step = 0; step < 100; step += 1) {
    hub.publish({
      tenant: mine,
      kind: 'inserted',
      tables: [step % 2 === 0 ? 'invocations' : 'spans'],
      at: at(step),
    });
    timers.advance(10);
  }
  timers.advance(250);
  const events = client.events();
  assert.ok(events.length <= 6 && events.length >= 4, `${events.length} messages`);
  assert.equal(events.at(-1)?.at, at(99).toISOString());
  assert.deepEqual(new Set(events[1]?.tables), new Set(['invocations', 'spans']));
});

test('a quiet connection gets a comment now and then', () => {
  const { listen, timers } = scene({ heartbeatMs: 1000 });
  const client = listen(mine);
  timers.advance(3000);
  assert.equal(client.heard.filter((chunk) => chunk === ': still here\n\n').length, 3);
  assert.deepEqual(client.events(), []);
});

test('a client that does not read is cut off, counted, and leaves no timer behind', () => {
  const { hub, listen, timers } = scene({ maxUnreadBytes: 1000 });
  const slow = listen(mine, 1001);
  const quick = listen(mine, 1000);
  hub.publish({ tenant: mine, kind: 'inserted', tables: ['spans'], at: at(1) });
  assert.deepEqual(slow.ends, ['cut']);
  assert.deepEqual(quick.ends, []);
  assert.equal(quick.events().length, 1);
  assert.deepEqual(hub.stats(), { clients: 1, sent: 1, refusedFull: 0, droppedSlow: 1 });
  hub.close();
  assert.equal(timers.waiting(), 0);
});

test('one client too many is refused and counted; a place given back is free again', () => {
  const { hub, listen } = scene({ maxClients: 1 });
  const first = listen(mine);
  assert.equal(listen(theirs).subscription.kind, 'full');
  assert.equal(hub.stats().refusedFull, 1);
  assert.ok(first.subscription.kind === 'open');
  first.subscription.close();
  assert.equal(listen(theirs).subscription.kind, 'open');
});

test('closing ends every stream and takes no one new', () => {
  const { hub, listen, timers } = scene();
  const client = listen(mine);
  hub.close();
  assert.deepEqual(client.ends, ['end']);
  assert.equal(listen(mine).subscription.kind, 'closed');
  assert.equal(timers.waiting(), 0);
});
