import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { apportion } from '../../../../query/cost/exact/apportion.js';
import { decimalText, scaled, scaledText } from '../../../../query/cost/exact/decimal-text.js';
import {
  add,
  compare,
  decimal,
  divide,
  floor,
  fromNumber,
  multiply,
  parseDecimal,
  rational,
  subtract,
  sum,
  zero,
} from '../../../../query/cost/exact/rational.js';

const fraction = fc
  .tuple(fc.bigInt(-(10n ** 12n), 10n ** 12n), fc.bigInt(1n, 10n ** 9n))
  .map(([n, d]) => rational(n, d));

const texts = [
  { text: '0.0000166667', printed: '0.0000166667' },
  { text: '1e-7', printed: '0.0000001' },
  { text: '250.06', printed: '250.06' },
  { text: '-3.50', printed: '-3.5' },
  { text: '.5', printed: '0.5' },
  { text: '12E3', printed: '12000' },
];
for (const { text, printed } of texts) {
  test(`rational: ${text} is read exactly`, () => {
    assert.equal(decimalText(decimal(text), 24), printed);
  });
}
for (const text of ['', '.', '1.2.3', '0x10', 'Infinity', '1e9999', '1,5']) {
  test(`rational: "${text}" is no decimal`, () => {
    assert.equal(parseDecimal(text), null);
  });
}

test('rational: a number is the decimal it prints as', () => {
  assert.deepEqual(fromNumber(0.1), rational(1n, 10n));
  assert.deepEqual(fromNumber(250.06), rational(25006n, 100n));
});

test('rational: adding, subtracting, multiplying and dividing undo one another exactly', () => {
  fc.assert(
    fc.property(fraction, fraction, (a, b) => {
      assert.equal(compare(subtract(add(a, b), b), a), 0);
      if (b.n !== 0n) assert.equal(compare(multiply(divide(a, b), b), a), 0);
      assert.equal(floor(a) * a.d <= a.n, true);
    }),
  );
});

test('decimal text: rounds half away from zero, like the lines of bills', () => {
  assert.equal(decimalText(rational(5n, 1000n), 2), '0.01');
  assert.equal(decimalText(rational(-5n, 1000n), 2), '-0.01');
  assert.equal(decimalText(rational(1n, 3n), 4), '0.3333');
  assert.equal(scaledText(0n), '0');
});

test('apportion: printed parts add up to the printed whole, each within one unit of exact', () => {
  fc.assert(
    fc.property(fc.array(fraction, { minLength: 1, maxLength: 30 }), (amounts) => {
      const parts = apportion(amounts, undefined, 6);
      const whole = scaled(sum(amounts), 6);
      // Their own sum at twelve decimals is not at issue here: the caller chose six.
      assert.equal(
        apportion(amounts, whole, 6).reduce((so, part) => so + part, 0n),
        whole,
      );
      assert.equal(parts.length, amounts.length);
      for (const [index, part] of apportion(amounts, whole, 6).entries()) {
        const off = subtract(rational(part, 10n ** 6n), amounts[index] ?? zero);
        assert.ok(compare(off, rational(1n, 10n ** 6n)) <= 0 && compare(off, rational(-1n, 10n ** 6n)) >= 0);
      }
    }),
  );
});
