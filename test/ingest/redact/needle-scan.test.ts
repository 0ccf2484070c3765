import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { NeedleScan } from '../../../ingest/redact/needle-scan.js';

test('law: the scan finds a text, whatever its case, exactly where a plain search does', () => {
  const letters = fc.constantFrom('a', 'b', 'B', '-', ' ');
  const textOf = (min: number, max: number) => fc.string({ unit: letters, minLength: min, maxLength: max });
  fc.assert(
    fc.property(fc.array(textOf(2, 6), { maxLength: 4 }), textOf(0, 60), (needles, text) => {
      const expected = needles.some((needle) => text.toLowerCase().includes(needle.toLowerCase()));
      assert.equal(new NeedleScan(needles, false).finds(Buffer.from(text)), expected);
    }),
    { numRuns: 500 },
  );
});

const card = '4111111111111111';
const places = [
  card,
  '4111 1111 1111 1111',
  '5500-0000-0000-0004',
  '378282246310005',
  `paid 12 times with ${card}, thanks`,
  `x${card}`,
];
for (const text of places) {
  test(`a card number is found in "${text}", whatever bytes are around it`, () => {
    const scan = new NeedleScan(['secret'], true);
    for (let byte = 0; byte < 256; byte++) {
      const bytes = Buffer.concat([Buffer.from([1, byte]), Buffer.from(text), Buffer.from([byte, 1])]);
      assert.ok(scan.finds(bytes), `between bytes ${byte}`);
    }
  });
}

for (const text of ['1700000000000000000', '4111111111111112', '411111111111', '9111111111111111']) {
  test(`${text} is no card number`, () => {
    assert.equal(new NeedleScan([], true).finds(Buffer.from(`at ${text} `)), false);
  });
}

test('a text of nothing but digits is looked at once, however long it is', () => {
  const digits = Buffer.alloc(16 * 1024 * 1024, '1234567 ');
  assert.equal(new NeedleScan(['secret'], true).finds(digits), false);
});

test('what lies across two parts that are looked at apart is found', () => {
  for (const found of ['secret', card]) {
    for (let at = 65_480; at < 65_560; at++) {
      const bytes = Buffer.alloc(70_000, 0x2e);
      bytes.write(found, at, 'latin1');
      assert.ok(new NeedleScan(['secret', 'token'], true).finds(bytes), `${found} at ${at}`);
    }
  }
});
