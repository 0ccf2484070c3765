import type { RequestLimits } from '../limits/request-limits.js';
import { type WireReader, wireTypes } from '../wire/wire-reader.js';
import { AttributeList } from './attribute-list.js';
import { LogRecordFields } from './log-fields.js';
import { Slice } from './slice.js';
import { UnixNano } from './unix-nano.js';

const field = LogRecordFields.fields;
const maxSeverity = 24;

/** One log record as offsets into its payload. A decoder has one and fills it again for each record. */
export class LogRecord {
  bytes: Uint8Array = new Uint8Array(0);
  readonly at = new UnixNano();
  readonly observedAt = new UnixNano();
  severity = 0;
  readonly severityText = new Slice();
  readonly eventName = new Slice();
  readonly body = new Slice();
  readonly traceId = new Slice();
  readonly spanId = new Slice();
  flags = 0;
  droppedAttributes = 0;
  readonly attributes: AttributeList;

  constructor(limits: RequestLimits) {
    this.attributes = new AttributeList(limits);
  }

  /** Takes the LogRecord the reader delimited last. */
  read(reader: WireReader): void {
    this.#clear(reader.bytes);
    const outerEnd = reader.enter();
    while (reader.next()) {
      if (reader.wireType === wireTypes.bytes) {
        reader.delimited();
        this.#take(reader);
      } else if (reader.wireType === wireTypes.fixed64) {
        reader.fixed64();
        if (reader.field === field.timeUnixNano.number) this.at.take(reader);
        else if (reader.field === field.observedTimeUnixNano.number) this.observedAt.take(reader);
      } else if (reader.wireType === wireTypes.varint && reader.field === field.severityNumber.number) {
        const severity = reader.uint32();
        this.severity = severity <= maxSeverity ? severity : 0;
      } else if (
        reader.wireType === wireTypes.varint &&
        reader.field === field.droppedAttributesCount.number
      ) {
        this.droppedAttributes = reader.uint32();
      } else if (reader.wireType === wireTypes.fixed32 && reader.field === field.flags.number) {
        this.flags = reader.fixed32();
      } else reader.skip();
    }
    reader.leave(outerEnd);
  }

  #take(reader: WireReader): void {
    if (reader.field === field.attributes.number) this.attributes.add(reader);
    else if (reader.field === field.body.number) this.body.set(reader.start, reader.stop);
    else if (reader.field === field.severityText.number) this.severityText.set(reader.start, reader.stop);
    else if (reader.field === field.eventName.number) this.eventName.set(reader.start, reader.stop);
    else if (reader.field === field.traceId.number) this.traceId.set(reader.start, reader.stop);
    else if (reader.field === field.spanId.number) this.spanId.set(reader.start, reader.stop);
  }

  #clear(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.at.clear();
    this.observedAt.clear();
    this.severity = 0;
    this.flags = 0;
    this.droppedAttributes = 0;
    for (const slice of [this.severityText, this.eventName, this.body, this.traceId, this.spanId]) {
      slice.set(0, 0);
    }
    this.attributes.clear(bytes);
  }
}
