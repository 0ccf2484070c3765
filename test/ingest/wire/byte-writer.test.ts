import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { test } from 'node:test';
import fc from 'fast-check';
import { ByteWriter } from '../../../ingest/wire/byte-writer.js';
import { RowReader } from '../support/read-rows.js';

test('ByteWriter: any text of any length comes back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (value) => {
      const writer = new ByteWriter(1);
      writer.string(value);
      const bytes = Buffer.from(value);
      writer.text(bytes, 0, bytes.length);
      const reader = new RowReader(writer.view());
      const expected = bytes.toString();
      assert.deepEqual([reader.text(), reader.text()], [expected, expected]);
      assert.ok(reader.isDone);
    }),
  );
});

test('ByteWriter: any bytes taken as a JSON text read back as their text', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 80 }), fc.string({ unit: 'binary' })), (value) => {
      const bytes = Buffer.from(value);
      const writer = new ByteWriter(1);
      writer.u8(0x5b);
      writer.jsonText(bytes, 0, bytes.length);
      writer.u8(0x5d);
      assert.deepEqual(JSON.parse(writer.view().toString()), [bytes.toString()]);
    }),
  );
});

test('ByteWriter: any bytes taken as text become valid UTF-8, bad ones U+FFFD', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const writer = new ByteWriter(1);
      writer.text(bytes, 0, bytes.length);
      assert.equal(new RowReader(writer.view()).text(), Buffer.from(bytes).toString('utf8'));
    }),
  );
});

test('ByteWriter: the digits of any signed 64-bit number', () => {
  const edges = [0n, -1n, 2n ** 53n, -(2n ** 53n), 2n ** 63n - 1n, -(2n ** 63n)];
  const any = fc.oneof(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.constantFrom(...edges));
  fc.assert(
    fc.property(any, (value) => {
      const bits = BigInt.asUintN(64, value);
      const writer = new ByteWriter(1);
      writer.int64Digits(Number(bits & 0xffffffffn), Number(bits >> 32n));
      assert.equal(writer.view().toString(), value.toString());
    }),
  );
});

test('ByteWriter: clearing after a huge batch gives the memory back', () => {
  const writer = new ByteWriter(16);
  writer.zeros(100_000);
  writer.clear(1000);
  assert.equal(writer.length, 0);
  assert.equal(writer.capacity, 1000);
});
