import { cutText } from '../limits/cut-text.js';
import { ByteWriter } from '../wire/byte-writer.js';
import type { AnyValueReader } from './any-value.js';
import { writeAnyValueText } from './any-value-row.js';

/** The beginning of a value whose text is longer than `maxBytes`, marked as cut; null when it is not longer. */
export function cutAnyValue(
  value: AnyValueReader,
  scratch: ByteWriter,
  bytes: Uint8Array,
  start: number,
  end: number,
  maxBytes: number,
): string | null {
  const row = new ByteWriter(end - start + 16);
  writeAnyValueText(row, value, scratch, bytes, start, end);
  const text = row.view();
  // Behind its length, a varint.
  let textStart = 1;
  while ((text[textStart - 1] ?? 0) >= 0x80) textStart++;
  return text.length - textStart <= maxBytes ? null : cutText(text, textStart, text.length, maxBytes);
}
