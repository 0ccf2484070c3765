import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { test } from 'node:test';
import fc from 'fast-check';
import { cutEnd } from '../../../ingest/limits/cut-text.js';
import { DailyNames } from '../../../ingest/limits/daily-names.js';
import { FingerprintSet } from '../../../ingest/limits/fingerprint-set.js';

test('whatever comes on whatever day, a set holds at most twice the limit', () => {
  const events = fc.array(
    fc.record({ days: fc.integer({ min: 0, max: 2 }), name: fc.string({ maxLength: 3 }) }),
  );
  fc.assert(
    fc.property(events, fc.integer({ min: 1, max: 5 }), (sent, limit) => {
      const names = new DailyNames(limit);
      let day = 0;
      for (const { days, name } of sent) {
        day += days;
        names.turnTo(day);
        const admitted = names.admitsText(name);
        assert.equal(names.admitsText(name), admitted, 'asked again, the answer is the same');
        assert.ok(names.size <= limit * 2);
      }
    }),
  );
});

test('what was not seen for a whole day is forgotten', () => {
  const names = new DailyNames(1);
  assert.equal(names.admitsText('old'), true);
  names.turnTo(2);
  assert.equal(names.admitsText('new'), true);
  assert.equal(names.admitsText('old'), false);
});

test('a set of fingerprints knows what was added and nothing else', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 0xffffffff })), (numbers) => {
      const added = numbers.filter((_, index) => index % 2 === 0);
      const set = new FingerprintSet();
      for (const number of added) set.add(number);
      assert.deepEqual(
        numbers.map((number) => set.has(number)),
        numbers.map((number) => added.includes(number)),
      );
      assert.equal(set.size, added.length);
    }),
  );
});

test('a text is never cut inside a character, and at most one character early', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat({ max: 40 }), (text, maxBytes) => {
      const bytes = Buffer.from(text);
      const end = cutEnd(bytes, 0, bytes.length, maxBytes);
      assert.ok(end <= Math.max(maxBytes, 0) || end === bytes.length);
      assert.ok(end > Math.min(maxBytes, bytes.length) - 4);
      assert.ok(text.startsWith(bytes.subarray(0, end).toString()));
    }),
  );
});
