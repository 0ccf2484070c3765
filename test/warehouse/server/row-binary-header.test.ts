import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowBinaryHeader } from '../../../warehouse/server/row-binary-header.js';

test('rowBinaryHeader: count, names, types, each text with its length before it', () => {
  const long = `Enum8(${"'x' = 1, ".repeat(20)}'y' = 2)`;
  const columns = [
    { name: 'a', type: 'UInt8' },
    { name: 'é', type: long },
  ];
  const header = rowBinaryHeader({ table: 't', columns, path: '/x', token: 't' });
  const length = Buffer.byteLength(long);
  const expected = Buffer.concat([
    Buffer.from([2, 1, 0x61, 2]),
    Buffer.from('é'),
    Buffer.from([5]),
    Buffer.from('UInt8'),
    Buffer.from([(length & 0x7f) | 0x80, length >> 7]),
    Buffer.from(long),
  ]);
  assert.deepEqual(header, expected);
});
