import type { SegmentFile } from '../warehouse.js';

/**
 * The head that turns RowBinary into RowBinaryWithNamesAndTypes: column count, names, types. With it the server
 * refuses a segment whose types are not its table's, where it would otherwise store misread bytes.
 */
export function rowBinaryHeader({ columns }: SegmentFile): Buffer {
  const parts = [varint(columns.length)];
  for (const { name } of columns) parts.push(text(name));
  for (const { type } of columns) parts.push(text(type));
  return Buffer.concat(parts);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value, 'utf8');
  return Buffer.concat([varint(bytes.length), bytes]);
}

/** Unsigned LEB128. */
function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  bytes.push(rest);
  return Buffer.from(bytes);
}
