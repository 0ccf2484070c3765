import { invocationIdKeys } from '../classify/invocation-id-keys.js';
import type { RequestLimits } from '../limits/request-limits.js';
import { AnyValueReader } from '../otlp/any-value.js';
import { cutAnyValue } from '../otlp/any-value-cut.js';
import { writeAnyValueText } from '../otlp/any-value-row.js';
import type { AttributeList } from '../otlp/attribute-list.js';
import type { LogRecord } from '../otlp/log-record.js';
import { writeId } from '../otlp/point-exemplars.js';
import type { UnixNano } from '../otlp/unix-nano.js';
import { ByteWriter } from '../wire/byte-writer.js';
import type { SpanPrelude } from './span-prelude.js';

/** Writes the columns of `logs` behind `function`; the order is that of `logsColumns`. */
export class LogRowWriter {
  readonly #value = new AnyValueReader();
  readonly #scratch = new ByteWriter();
  readonly #limits: RequestLimits;

  constructor(limits: RequestLimits) {
    this.#limits = limits;
  }

  write(writer: ByteWriter, prelude: SpanPrelude, record: LogRecord, receivedAtMs: number): void {
    const { bytes, at, observedAt, body, severityText, eventName } = record;
    const limits = this.#limits;
    // A record without times came now, as far as anyone knows.
    writeTime(writer, at.isSet ? at : observedAt, receivedAtMs);
    writeTime(writer, observedAt.isSet ? observedAt : at, receivedAtMs);
    writer.u8(record.severity);
    limits.writeColumn(writer, 'severity_text', bytes, severityText.start, severityText.end);
    limits.writeColumn(writer, 'event_name', bytes, eventName.start, eventName.end);
    this.#writeBody(writer, bytes, body.start, body.end);
    // The fields of AnyValue are numbered like the values of body_kind.
    this.#value.locate(bytes, body.start, body.end);
    writer.u8(this.#value.kind);
    writeInvocationId(writer, record.attributes);
    writeId(writer, bytes, record.traceId, 16);
    writeId(writer, bytes, record.spanId, 8);
    writer.u32(record.flags);
    prelude.writeOrigin(writer);
    record.attributes.writeMap(writer);
    writer.u32(record.droppedAttributes + record.attributes.dropped);
    writer.u64Number(receivedAtMs);
  }

  #writeBody(writer: ByteWriter, bytes: Uint8Array, start: number, end: number): void {
    const { bodyBytes } = this.#limits.settings;
    const cut =
      end - start <= bodyBytes ? null : cutAnyValue(this.#value, this.#scratch, bytes, start, end, bodyBytes);
    if (cut === null) writeAnyValueText(writer, this.#value, this.#scratch, bytes, start, end);
    else {
      this.#limits.count('bodyBytes');
      writer.string(cut);
    }
  }
}

function writeInvocationId(writer: ByteWriter, attributes: AttributeList): void {
  for (const key of invocationIdKeys) if (attributes.writeText(key, writer)) return;
  writer.u8(0);
}

function writeTime(writer: ByteWriter, time: UnixNano, receivedAtMs: number): void {
  if (time.isSet) {
    time.write(writer);
    return;
  }
  const ns = BigInt(receivedAtMs) * 1_000_000n;
  writer.u64(Number(ns & 0xffffffffn), Number(ns >> 32n));
}
