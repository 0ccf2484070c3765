import { cut } from '../errors/fold-text.js';
import type { Occurrence } from '../errors/request-errors.js';
import { bothEnds } from '../errors/stack/read-stack.js';
import type { ByteWriter } from '../wire/byte-writer.js';

const longestMessage = 2048;
/** The numbers of the `source` column. */
const sources = { span: 0, log: 1 } as const;

/** Writes one row of `span_errors` in RowBinary; the order is that of `spanErrorsColumns`. */
export function writeErrorRow(
  writer: ByteWriter,
  tenant: string,
  occurrence: Occurrence,
  receivedAtMs: number,
): void {
  const { error, group } = occurrence;
  writer.string(tenant);
  writer.string(occurrence.environment);
  writer.string(occurrence.function);
  writer.u64(occurrence.atLo, occurrence.atHi);
  writer.u64(group.hashLo, group.hashHi);
  writer.string(group.type);
  writer.string(group.title);
  writer.string(group.culprit);
  writer.string(cut(error.message, longestMessage));
  writer.string(bothEnds(error.stack));
  writer.string(occurrence.version);
  writer.u8(occurrence.escaped ? 1 : 0);
  writer.u8(sources[occurrence.source]);
  writeBytes(writer, occurrence.traceId, 16);
  writeBytes(writer, occurrence.spanId, 8);
  writer.u64Number(receivedAtMs);
}

/** An id of another length is as good as none. */
function writeBytes(writer: ByteWriter, bytes: Uint8Array, length: number): void {
  if (bytes.length === length) writer.copy(bytes, 0, length);
  else writer.zeros(length);
}
