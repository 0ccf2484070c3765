import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createFailedAttempts } from '../../access/failed-attempts.js';

const policy = { burst: 3, refillMs: 1000, maxAddresses: 100 };

test('failed attempts: after the burst the address waits until one more is due', () => {
  const attempts = createFailedAttempts(policy);
  for (let i = 0; i < 3; i += 1) {
    assert.equal(attempts.waitMs('a', 0), 0);
    attempts.fail('a', 0);
  }
  assert.equal(attempts.waitMs('a', 0), 1000);
  assert.equal(attempts.waitMs('a', 999), 1);
  assert.equal(attempts.waitMs('a', 1000), 0);
});

test('failed attempts: other addresses are not held up', () => {
  const attempts = createFailedAttempts(policy);
  for (let i = 0; i < 3; i += 1) attempts.fail('a', 0);
  assert.equal(attempts.waitMs('b', 0), 0);
});

test('failed attempts: a clock set back neither frees nor locks for ever', () => {
  const attempts = createFailedAttempts(policy);
  for (let i = 0; i < 3; i += 1) attempts.fail('a', 10_000);
  assert.equal(attempts.waitMs('a', 0), 1000);
});

test('failed attempts: memory stays bounded, and the longest silent address is forgotten first', () => {
  const attempts = createFailedAttempts({ ...policy, maxAddresses: 2 });
  for (const address of ['a', 'b', 'c']) for (let i = 0; i < 3; i += 1) attempts.fail(address, 0);
  assert.equal(attempts.waitMs('a', 0), 0);
  assert.equal(attempts.waitMs('c', 0), 1000);
});

test('failed attempts: a key is welcome only where it worked before', () => {
  const attempts = createFailedAttempts(policy);
  attempts.welcome('a', 'k1');
  assert.equal(attempts.isWelcome('a', 'k1'), true);
  assert.equal(attempts.isWelcome('b', 'k1'), false);
  assert.equal(attempts.isWelcome('a', 'k2'), false);
});

test('failed attempts: however tries are timed, never more get through than the burst and the refill allow', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(700), { maxLength: 60 }), (gaps) => {
      const attempts = createFailedAttempts(policy);
      let nowMs = 0;
      let admitted = 0;
      for (const gap of gaps) {
        nowMs += gap;
        if (attempts.waitMs('a', nowMs) > 0) continue;
        attempts.fail('a', nowMs);
        admitted += 1;
      }
      assert.ok(admitted <= policy.burst + nowMs / policy.refillMs + 1e-6);
    }),
  );
});
