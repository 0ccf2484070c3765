import type { RequestLimits } from '../limits/request-limits.js';
import type { SpanRecord } from '../otlp/span-record.js';
import { durationNs } from '../otlp/span-refusal.js';
import type { ByteWriter } from '../wire/byte-writer.js';
import type { ResourceRow } from './resource-row.js';
import type { SpanPrelude } from './span-prelude.js';

/** Writes one row of `spans` in RowBinary up to `callColumns`; the order is that of `spansColumns`. */
export function writeSpanRow(
  writer: ByteWriter,
  prelude: SpanPrelude,
  resource: ResourceRow,
  span: SpanRecord,
  receivedAtMs: number,
  limits: RequestLimits,
): void {
  const { bytes } = span;
  prelude.writeOwner(writer);
  limits.writeSpanName(writer, bytes, span.nameSlice.start, span.nameSlice.end);
  writer.u8(span.kind);
  writer.u64(span.startLo, span.startHi);
  writer.u64Number(durationNs(span));
  writer.u8(span.status);
  limits.writeText(writer, 'valueBytes', bytes, span.message.start, span.message.end);
  writer.copy(bytes, span.traceId.start, span.traceId.end);
  writer.copy(bytes, span.spanId.start, span.spanId.end);
  writeParentId(writer, span);
  prelude.writeScope(writer);
  writer.u64(resource.hashLo, resource.hashHi);
  span.attributes.writeKeys(writer);
  span.attributes.writeValues(writer);
  span.events.writeArray(writer);
  span.links.writeArray(writer);
  writer.u64Number(receivedAtMs);
}

/** No parent is eight zero bytes, in both tables. */
export function writeParentId(writer: ByteWriter, span: SpanRecord): void {
  if (span.parentId.length === 0) writer.zeros(8);
  else writer.copy(span.bytes, span.parentId.start, span.parentId.end);
}
