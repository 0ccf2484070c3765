import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { test } from 'node:test';
import fc from 'fast-check';
import { JsonDecimal } from '../../../ingest/otlp/json-decimal.js';

const decimal = new JsonDecimal();
const read = (text: string): bigint | null => {
  const bytes = Buffer.from(`"${text}"`);
  if (!decimal.read(bytes, 1, bytes.length - 1)) return null;
  return (BigInt(decimal.hi) << 32n) | BigInt(decimal.lo);
};

test('a decimal: every number of 64 bits is read exactly, with leading zeros or without', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 2n ** 64n - 1n), fc.integer({ min: 0, max: 9 }), (value, zeros) => {
      assert.equal(read('0'.repeat(zeros) + value), value);
    }),
  );
});

test('a decimal: what is at the edges of a half, of a chunk and of 64 bits', () => {
  for (const text of ['0', '9', '999999', '1000000', '4294967295', '4294967296', '18446744073709551615']) {
    assert.equal(read(text), BigInt(text));
  }
});

test('a decimal: what is beyond 64 bits, or not only digits, is left to others', () => {
  const others = [
    '',
    '-1',
    '+1',
    '1.0',
    '1e3',
    ' 1',
    '1 ',
    '0x10',
    '١',
    '18446744073709551616',
    '9'.repeat(40),
  ];
  for (const text of others) assert.equal(read(text), null, text);
});
