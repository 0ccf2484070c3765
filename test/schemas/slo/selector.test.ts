import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { matchesGlob } from '../../../schemas/slo/selector.js';

const cases: [text: string, glob: string, matches: boolean][] = [
  ['checkout-pay', 'checkout-*', true],
  ['checkout', 'checkout-*', false],
  ['pay', '*', true],
  ['', '*', true],
  ['', '', true],
  ['a', '', false],
  ['orders', 'order?', true],
  ['order', 'order?', false],
  ['a*b', 'a*b', true],
  ['a.b', 'a?b', true],
  ['axxbxxb', 'a*b', true],
  ['[prod]', '[prod]', true],
];
for (const [text, glob, matches] of cases) {
  test(`glob: "${glob}" ${matches ? 'matches' : 'does not match'} "${text}"`, () => {
    assert.equal(matchesGlob(text, glob), matches);
  });
}

test('glob: is what a regular expression of the same meaning says', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '.'), maxLength: 12 });
  fc.assert(
    fc.property(letters, letters, (text, glob) => {
      const parts = [...glob].map((char) =>
        char === '*' ? '[\\s\\S]*' : char === '?' ? '[\\s\\S]' : char.replace('.', '\\.'),
      );
      assert.equal(matchesGlob(text, glob), new RegExp(`^${parts.join('')}$`).test(text));
    }),
    { numRuns: 2000 },
  );
});
