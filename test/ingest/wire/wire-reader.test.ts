import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ByteWriter } from '../../../ingest/wire/byte-writer.js';
import { WireError, type WireFault } from '../../../ingest/wire/wire-error.js';
import { WireReader } from '../../../ingest/wire/wire-reader.js';

function readerOf(bytes: readonly number[] | Uint8Array): WireReader {
  const reader = new WireReader();
  reader.reset(Uint8Array.from(bytes), 0, bytes.length);
  return reader;
}

test('WireReader: every 64-bit number survives writing and reading', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (value) => {
      const writer = new ByteWriter(1);
      writer.varint64(Number(value & 0xffffffffn), Number(value >> 32n));
      const reader = readerOf(writer.view());
      reader.varint();
      assert.equal((BigInt(reader.hi) << 32n) | BigInt(reader.lo), value);
      assert.equal(reader.position, writer.length);
    }),
  );
});

test('WireReader: a varint padded with zeros up to ten bytes is the same number', () => {
  for (let padding = 0; padding < 9; padding++) {
    const reader = readerOf([0x81, ...Array<number>(padding).fill(0x80), 0x00]);
    reader.varint();
    assert.deepEqual([reader.lo, reader.hi], [1, 0]);
  }
});

test('WireReader: -1 as protobuf writes it takes ten bytes and fills both halves', () => {
  const reader = readerOf([...Array<number>(9).fill(0xff), 0x01]);
  reader.varint();
  assert.deepEqual([reader.lo, reader.hi], [0xffffffff, 0xffffffff]);
});

const nestedGroups = (depth: number): number[] => [
  ...Array<number>(depth).fill(0x0b),
  ...Array<number>(depth).fill(0x0c),
];

const faults: { name: string; bytes: number[]; fault: WireFault }[] = [
  {
    name: 'a number of eleven bytes',
    bytes: [0x08, ...Array<number>(10).fill(0x80), 0],
    fault: 'varint-too-long',
  },
  { name: 'a number that stops', bytes: [0x08, 0x80], fault: 'truncated' },
  { name: 'a field without a value', bytes: [0x08], fault: 'truncated' },
  { name: 'a 64-bit value of seven bytes', bytes: [0x09, 1, 2, 3, 4, 5, 6, 7], fault: 'truncated' },
  { name: 'a 32-bit value of three bytes', bytes: [0x0d, 1, 2, 3], fault: 'truncated' },
  { name: 'a length that lies', bytes: [0x0a, 5, 1, 2], fault: 'length-past-end' },
  { name: 'a length of 2^63', bytes: [0x0a, ...Array<number>(9).fill(0x80), 1], fault: 'length-past-end' },
  { name: 'field number zero', bytes: [0x00, 0], fault: 'bad-field-number' },
  { name: 'wire type six', bytes: [0x0e, 0], fault: 'bad-wire-type' },
  { name: 'a group that ends first', bytes: [0x0c], fault: 'stray-group-end' },
  { name: 'a group closed by another number', bytes: [0x0b, 0x14], fault: 'stray-group-end' },
  { name: 'a group without an end', bytes: [0x0b, 0x10, 1], fault: 'truncated' },
  { name: 'groups nested 101 deep', bytes: nestedGroups(101), fault: 'nesting-too-deep' },
];

for (const { name, bytes, fault } of faults) {
  test(`WireReader: ${name} is refused with its place`, () => {
    const reader = readerOf(bytes);
    const readAll = () => {
      while (reader.next()) reader.skip();
    };
    assert.throws(readAll, (error) => {
      assert.ok(error instanceof WireError);
      assert.equal(error.fault, fault);
      assert.ok(error.offset >= 0 && error.offset <= bytes.length);
      return true;
    });
  });
}

test('WireReader: groups nested 100 deep are passed over', () => {
  const reader = readerOf([...nestedGroups(100), 0x10, 7]);
  assert.ok(reader.next());
  reader.skip();
  assert.ok(reader.next());
  assert.equal(reader.field, 2);
  assert.equal(reader.uint32(), 7);
});

test('WireReader: any bytes end in a value or a typed refusal, never beyond the end', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const reader = readerOf(bytes);
      try {
        while (reader.next()) reader.skip();
        assert.equal(reader.position, bytes.length);
      } catch (error) {
        assert.ok(error instanceof WireError);
      }
    }),
  );
});
