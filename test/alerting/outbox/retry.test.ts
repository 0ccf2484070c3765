import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  delayAfter,
  healthAfter,
  healthy,
  mayReceive,
  nextFor,
  type Pending,
} from '../../../alerting/outbox/retry.js';
import type { Outcome } from '../../../alerting/receivers/receiver.js';

const failed = (given: Partial<Outcome & { kind: 'failed' }> = {}) =>
  ({ kind: 'failed', says: 'HTTP 500', isLasting: false, waitMs: null, ...given }) as const;
const delivered = { kind: 'delivered', reference: null, says: 'HTTP 200' } as const;

test('delays lie below a bound that doubles up to five minutes, and never before what was asked for', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      fc.option(fc.integer({ min: 0, max: 3_600_000 })),
      (attempts, drawn, waitMs) => {
        const delayMs = delayAfter(attempts, failed({ waitMs }), () => drawn);
        const boundMs = Math.min(300_000, 1000 * 2 ** Math.min(attempts, 20));
        assert.ok(delayMs <= Math.max(boundMs, waitMs ?? 0));
        assert.ok(delayMs >= (waitMs ?? 0));
      },
    ),
  );
  assert.deepEqual(
    [0, 0.5, 0.999].map((drawn) => delayAfter(3, failed(), () => drawn)),
    [0, 4000, 7992],
  );
  assert.ok(
    delayAfter(1, failed({ isLasting: true }), () => 0) >= 300_000,
    'what is refused is asked rarely',
  );
});

test('five failures in a row open the circuit, each further one for longer, and one success closes it', () => {
  let health = healthy;
  const opened: number[] = [];
  for (let at = 1; at <= 12; at++) {
    health = healthAfter(health, failed(), at * 1000, () => 0.5);
    opened.push(Math.max(0, health.openUntilMs - at * 1000));
  }
  assert.deepEqual(opened.slice(0, 5), [0, 0, 0, 0, 7500]);
  assert.deepEqual(opened.slice(5), [15_000, 30_000, 60_000, 120_000, 225_000, 225_000, 225_000]);
  assert.equal(mayReceive(health, 60, health.openUntilMs - 1), false);
  assert.equal(mayReceive(health, 60, health.openUntilMs), true);
  assert.equal(healthAfter(health, delivered, 0, () => 0).openUntilMs, 0);
});

test('a refused notice says nothing about the next one, and Retry-After holds for the whole receiver', () => {
  let health = healthy;
  for (let at = 0; at < 20; at++) health = healthAfter(health, failed({ isLasting: true }), at, () => 0);
  assert.equal(mayReceive(health, 60, 20), true);
  const asked = healthAfter(healthy, failed({ waitMs: 30_000 }), 1000, () => 0);
  assert.deepEqual([mayReceive(asked, 60, 30_999), mayReceive(asked, 60, 31_000)], [false, true]);
});

test('no more leave within any minute than the receiver takes', () => {
  let health = healthy;
  const sentAt: number[] = [];
  for (let ms = 0; ms < 300_000; ms += 250)
    if (mayReceive(health, 10, ms)) {
      sentAt.push(ms);
      health = healthAfter(health, delivered, ms, () => 0);
    }
  assert.equal(sentAt.length, 50);
  for (const ms of sentAt)
    assert.ok(sentAt.filter((other) => other > ms - 60_000 && other <= ms).length <= 10);
});

test('what is next is due, the oldest, and never before an earlier one of its thread', () => {
  const pending = fc.array(
    fc.record({
      threadId: fc.constantFrom('a', 'b', 'c'),
      sequence: fc.integer({ min: 1, max: 5 }),
      plannedAtMs: fc.nat({ max: 100 }),
      dueAtMs: fc.nat({ max: 100 }),
    }),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(pending, fc.nat({ max: 100 }), (drawn, nowMs) => {
      const all = drawn.map((one, at): Pending => ({ ...one, id: `n${at}`, receiver: 'r', attempts: 0 }));
      const next = nextFor(all, nowMs);
      const isFree = (one: Pending) =>
        one.dueAtMs <= nowMs &&
        !all.some((other) => other.threadId === one.threadId && other.sequence < one.sequence);
      if (next === null)
        return assert.ok(
          !all.some(
            (one) =>
              isFree(one) &&
              all.filter((o) => o.threadId === one.threadId && o.sequence === one.sequence).length === 1,
          ),
        );
      assert.ok(isFree(next));
    }),
  );
});
