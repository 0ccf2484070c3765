import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseShare, percentText, ratioOf, rest } from '../../../schemas/slo/percent.js';

const cases: { given: string | number; text: string; left: number }[] = [
  { given: '99.9%', text: '99.9 %', left: 0.001 },
  { given: '99.95 %', text: '99.95 %', left: 0.0005 },
  { given: 0.999, text: '99.9 %', left: 0.001 },
  { given: '0.9999', text: '99.99 %', left: 0.0001 },
  { given: '90%', text: '90 %', left: 0.1 },
  { given: 1, text: '100 %', left: 0 },
  { given: '100%', text: '100 %', left: 0 },
  { given: '0%', text: '0 %', left: 1 },
  { given: '99.99999999%', text: '99.99999999 %', left: 1e-10 },
];
for (const { given, text, left } of cases) {
  test(`share: ${given} leaves exactly ${left}`, () => {
    const share = parseShare(given);
    assert.ok(share !== null);
    assert.equal(percentText(share), text);
    assert.equal(ratioOf(rest(share)), left);
  });
}

for (const given of ['', '99.9', 99.9, '-1%', '101%', 'all', '1e-3', Number.NaN, 1.5]) {
  test(`share: ${JSON.stringify(given)} is none`, () => {
    assert.equal(parseShare(given), null);
  });
}

test('share: what is printed reads back as the same', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000_000 }), (millionthsOfPercent) => {
      const share = parseShare(`${(millionthsOfPercent / 100_000).toFixed(5)}%`);
      assert.ok(share !== null);
      assert.deepEqual(parseShare(percentText(share)), share);
      assert.deepEqual(rest(rest(share)), share);
    }),
  );
});
