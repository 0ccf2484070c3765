import type { AttributeReader } from '../classify/known-keys.js';
import { AnyValueReader } from '../otlp/any-value.js';
import { writeAnyValueText } from '../otlp/any-value-row.js';
import type { LogRecord } from '../otlp/log-record.js';
import { writeId } from '../otlp/point-exemplars.js';
import type { UnixNano } from '../otlp/unix-nano.js';
import { ByteWriter } from '../wire/byte-writer.js';
import type { SpanPrelude } from './span-prelude.js';

/** Writes the columns of `logs` behind `function`; the order is that of `logsColumns`. */
export class LogRowWriter {
  readonly #value = new AnyValueReader();
  readonly #scratch = new ByteWriter();

  write(writer: ByteWriter, prelude: SpanPrelude, record: LogRecord, receivedAtMs: number): void {
    const { bytes, at, observedAt, body } = record;
    // A record without times came now, as far as anyone knows.
    writeTime(writer, at.isSet ? at : observedAt, receivedAtMs);
    writeTime(writer, observedAt.isSet ? observedAt : at, receivedAtMs);
    writer.u8(record.severity);
    writer.text(bytes, record.severityText.start, record.severityText.end);
    writer.text(bytes, record.eventName.start, record.eventName.end);
    writeAnyValueText(writer, this.#value, this.#scratch, bytes, body.start, body.end);
    // The fields of AnyValue are numbered like the values of body_kind.
    this.#value.locate(bytes, body.start, body.end);
    writer.u8(this.#value.kind);
    writer.string(invocationId(record.attributes));
    writeId(writer, bytes, record.traceId, 16);
    writeId(writer, bytes, record.spanId, 8);
    writer.u32(record.flags);
    prelude.writeOrigin(writer);
    record.attributes.writeMap(writer);
    writer.u32(record.droppedAttributes);
    writer.u64Number(receivedAtMs);
  }
}

function invocationId(attributes: AttributeReader): string {
  return (
    attributes.text('faas.invocation_id') ??
    attributes.text('faas.execution') ??
    attributes.text('aws.request_id') ??
    ''
  );
}

function writeTime(writer: ByteWriter, time: UnixNano, receivedAtMs: number): void {
  if (time.isSet) {
    time.write(writer);
    return;
  }
  const ns = BigInt(receivedAtMs) * 1_000_000n;
  writer.u64(Number(ns & 0xffffffffn), Number(ns >> 32n));
}
