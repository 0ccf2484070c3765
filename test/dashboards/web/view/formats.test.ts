import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { unitSpace, unknown } from '../../../../dashboards/web/view/figure.js';
import { formatAgo } from '../../../../dashboards/web/view/format-ago.js';
import { exactCount, formatCount } from '../../../../dashboards/web/view/format-count.js';
import { formatDuration } from '../../../../dashboards/web/view/format-duration.js';
import { formatRate } from '../../../../dashboards/web/view/format-rate.js';
import { formatRatio } from '../../../../dashboards/web/view/format-ratio.js';

const plain = (text: string): string => text.replaceAll(unitSpace, ' ');

const counts: [number, string][] = [
  [0, '0'],
  [999, '999'],
  [9876, '9,876'],
  [9999, '9,999'],
  [10_000, '10.0 k'],
  [12_345, '12.3 k'],
  [999_499, '999 k'],
  [999_500, '1.00 M'],
  [4_560_000, '4.56 M'],
  [2_000_000_000, '2.00 G'],
];
for (const [count, expected] of counts)
  test(`formatCount: ${count} reads ${expected}`, () => assert.equal(plain(formatCount(count)), expected));

test('exactCount groups every digit', () => assert.equal(exactCount(1234567), '1,234,567'));

const ratios: [number | null, string][] = [
  [null, unknown],
  [1, '100 %'],
  [0, '0 %'],
  [0.9995, '99.95 %'],
  [0.999999, '>99.99 %'],
  [0.0000001, '<0.01 %'],
  [0.5, '50.00 %'],
];
for (const [ratio, expected] of ratios)
  test(`formatRatio: ${ratio} reads ${expected}`, () => assert.equal(plain(formatRatio(ratio)), expected));

test('formatRatio says 100 % only when nothing failed, and 0 % only when everything did', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 1, max: 1e9 }), (good, bad) => {
      const text = plain(formatRatio(good / (good + bad)));
      assert.ok(text !== '100 %' && text !== '0 %', text);
    }),
  );
});

const durations: [number | null, string][] = [
  [null, unknown],
  [0, '0 ms'],
  [0.42, '0.42 ms'],
  [0.001, '<0.01 ms'],
  [9.999, '10.0 ms'],
  [84.06, '84.1 ms'],
  [999.4, '999 ms'],
  [999.6, '1.00 s'],
  [1240, '1.24 s'],
  [59_940, '59.9 s'],
  [59_960, '1 min 00 s'],
  [125_000, '2 min 05 s'],
  [4_320_000, '1 h 12 min'],
];
for (const [durationMs, expected] of durations)
  test(`formatDuration: ${durationMs} ms reads ${expected}`, () =>
    assert.equal(plain(formatDuration(durationMs)), expected));

test('no figure ever shows more than three significant decimals', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), (value) => {
      for (const text of [formatCount(value), formatDuration(value)])
        assert.match(plain(text), /^[<>]?\d{1,3}(,\d{3})*(\.\d{1,2})?( \w+)?( \d\d \w+)?$/);
    }),
  );
});

const ages: [number, string][] = [
  [-5000, 'now'],
  [1999, 'now'],
  [2000, '2 s ago'],
  [59_999, '59 s ago'],
  [60_000, '1 min ago'],
  [7_200_000, '2 h ago'],
  [200_000_000, '2 d ago'],
];
for (const [ageMs, expected] of ages)
  test(`formatAgo: ${ageMs} ms reads ${expected}`, () => assert.equal(formatAgo(ageMs), expected));

const rates: [number, string][] = [
  [0, '0.00 per day'],
  [1, '1.00 per hour'],
  [60, '1.00 per minute'],
  [5292, '1.47 per second'],
];
for (const [count, expected] of rates)
  test(`formatRate: ${count} in an hour is ${expected}`, () =>
    assert.equal(plain(formatRate(count, 3_600_000)), expected));
