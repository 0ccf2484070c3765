import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  isKept,
  thresholdOf,
  traceIdRandomness,
  traceStateRandomness,
} from '../../../ingest/sampling/threshold.js';

const traceId = fc.uint8Array({ minLength: 16, maxLength: 16 });
const ratio = fc.double({ min: 0, max: 1, noNaN: true });

function keeps(id: Uint8Array, keptRatio: number): boolean {
  const randomness = { high: 0, low: 0 };
  traceIdRandomness(id, 0, randomness);
  return isKept(randomness, thresholdOf(keptRatio));
}

test('what a lower ratio keeps, a higher one keeps as well', () => {
  fc.assert(
    fc.property(traceId, ratio, ratio, (id, one, other) => {
      if (keeps(id, Math.min(one, other))) assert.ok(keeps(id, Math.max(one, other)));
    }),
  );
});

test('the decision is that of 56-bit arithmetic, and everything or nothing at the ends', () => {
  fc.assert(
    fc.property(traceId, fc.integer({ min: 0, max: 1024 }), (id, parts) => {
      const randomness = Buffer.from(id).readBigUInt64BE(8) & (2n ** 56n - 1n);
      const threshold = (2n ** 56n * BigInt(1024 - parts)) / 1024n;
      assert.equal(keeps(id, parts / 1024), randomness >= threshold);
      assert.equal(keeps(id, 1), true);
      assert.equal(keeps(id, 0), false);
    }),
  );
});

test('an explicit random value is read exactly, and nonsense is no value', () => {
  const randomness = { high: 0, low: 0 };
  const read = (state: string) => {
    const bytes = Buffer.from(state);
    return traceStateRandomness(bytes, 0, bytes.length, randomness);
  };
  assert.equal(read('a=b,ot=th:0;rv:6e6d1a75832a2f'), true);
  assert.deepEqual(randomness, { high: 0x6e6d1a, low: 0x75832a2f });
  for (const state of ['', 'ot=rv:6e6d', 'ot=rv:6E6D1A75832A2F', 'ot=th:8', 'rv:6e6d1a75832a2f']) {
    assert.equal(read(state), false, state);
  }
});
