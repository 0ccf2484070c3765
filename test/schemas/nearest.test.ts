import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { editDistance, nearest } from '../../schemas/nearest.js';

const distances = [
  { from: 'http', to: 'http', expected: 0 },
  { from: 'htpp', to: 'http', expected: 1 },
  { from: 'qurey', to: 'query', expected: 1 },
  { from: 'inges', to: 'ingest', expected: 1 },
  { from: 'kitten', to: 'sitting', expected: 3 },
  { from: '', to: 'abc', expected: 3 },
  { from: 'abc', to: '', expected: 3 },
];
for (const { from, to, expected } of distances) {
  test(`editDistance: "${from}" to "${to}" takes ${expected}`, () =>
    assert.equal(editDistance(from, to), expected));
}

test('editDistance: is 0 only for equal words, symmetric, and at most the longer length', () => {
  const word = fc.string({ maxLength: 12 });
  fc.assert(
    fc.property(word, word, (one, other) => {
      const distance = editDistance(one, other);
      assert.equal(distance === 0, one === other);
      assert.equal(distance, editDistance(other, one));
      assert.ok(distance <= Math.max(one.length, other.length));
    }),
  );
});

test('nearest: one edit away is found among words that differ more', () => {
  assert.equal(nearest('databse', ['url', 'user', 'password', 'database', 'cluster']), 'database');
  assert.equal(nearest('HTTP', ['listen', 'http']), 'http');
});

test('nearest: nothing known has no nearest, and a huge word is answered', () => {
  assert.equal(nearest('x', []), null);
  assert.equal(nearest('x'.repeat(1_000_000), ['url', 'user']), 'url');
});
