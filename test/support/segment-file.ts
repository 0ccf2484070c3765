import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SegmentFile } from '../../warehouse/warehouse.js';

export type Reading = { id: number; label: string };

/** Writes readings as RowBinary (UInt32 little endian, then a string under 128 bytes with its length before it). */
export async function writeSegment(
  directory: string,
  table: string,
  token: string,
  rows: readonly Reading[],
): Promise<SegmentFile> {
  const path = join(directory, `${token}.segment`);
  await writeFile(path, Buffer.concat(rows.map(encode)));
  return {
    table,
    token,
    path,
    columns: [
      { name: 'id', type: 'UInt32' },
      { name: 'label', type: 'String' },
    ],
  };
}

function encode({ id, label }: Reading): Buffer {
  const text = Buffer.from(label, 'utf8');
  if (text.length > 127) throw new RangeError('a test label is under 128 bytes');
  const head = Buffer.alloc(5);
  head.writeUInt32LE(id, 0);
  head.writeUInt8(text.length, 4);
  return Buffer.concat([head, text]);
}
