import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createLane } from '../../warehouse/lanes.js';

const patient = new AbortController().signal;

test('lane: never more inside than it is wide, and first come is first served', async () => {
  const arrivals = fc.array(fc.nat(3), { minLength: 1, maxLength: 40 });
  const law = fc.asyncProperty(fc.integer({ min: 1, max: 4 }), arrivals, async (width, pauses) => {
    const lane = createLane('test', { width, queueLength: 100 });
    const order: number[] = [];
    let widest = 0;
    const visit = async (turns: number, index: number) => {
      const leave = await lane.enter(patient);
      order.push(index);
      widest = Math.max(widest, lane.running());
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      leave();
    };
    await Promise.all(pauses.map(visit));
    assert.ok(widest <= width);
    assert.deepEqual(order, [...pauses.keys()]);
    assert.deepEqual([lane.running(), lane.waiting()], [0, 0]);
  });
  await fc.assert(law);
});

test('lane: a full queue refuses with what is going on', async () => {
  const lane = createLane('queries', { width: 1, queueLength: 1 });
  const leave = await lane.enter(patient);
  const second = lane.enter(patient);
  await assert.rejects(lane.enter(patient), {
    kind: 'overloaded',
    message: /1 queries are running and 1 wait/,
  });
  leave();
  (await second)();
});

test('lane: who gives up leaves the queue to those behind', async () => {
  const lane = createLane('test', { width: 1, queueLength: 5 });
  const leave = await lane.enter(patient);
  const caller = new AbortController();
  const impatient = assert.rejects(lane.enter(caller.signal), { kind: 'cancelled' });
  const behind = lane.enter(patient);
  caller.abort();
  await impatient;
  assert.equal(lane.waiting(), 1);
  leave();
  (await behind)();
  assert.equal(lane.running(), 0);
});

test('lane: leaving twice frees one place', async () => {
  const lane = createLane('test', { width: 2, queueLength: 0 });
  const leave = await lane.enter(patient);
  await lane.enter(patient);
  leave();
  leave();
  assert.equal(lane.running(), 1);
});

test('lane: closing refuses the waiting and the coming, and settles when the last has left', async () => {
  const lane = createLane('test', { width: 1, queueLength: 5 });
  const leave = await lane.enter(patient);
  const waiting = assert.rejects(lane.enter(patient), { kind: 'unavailable' });
  let settled = false;
  const closed = lane.close().then(() => {
    settled = true;
  });
  await waiting;
  await assert.rejects(lane.enter(patient), { kind: 'unavailable' });
  assert.equal(settled, false);
  leave();
  await closed;
  assert.equal(settled, true);
});
