import {
  type Parentage,
  type SpanFacts,
  spanKinds,
  spanStatuses,
  type ThrownError,
} from '../classify/span-facts.js';
import type { RequestLimits } from '../limits/request-limits.js';
import { utf8 } from '../wire/utf8.js';
import { type WireReader, wireTypes } from '../wire/wire-reader.js';
import { AttributeList } from './attribute-list.js';
import { BatchIndex, idKey, isZero } from './batch-index.js';
import { SpanEvents } from './span-events.js';
import { SpanLinks } from './span-links.js';
import { durationNs } from './span-refusal.js';
import { Span, Status } from './trace-fields.js';

const field = Span.fields;
const statusField = Status.fields;
/** Span flags: bit 8 says that bit 9 is meaningful, bit 9 that the parent is remote. */
const hasRemoteInfo = 0x100;
const parentIsRemote = 0x200;

/** Start and end of a value inside the payload. */
class Slice {
  start = 0;
  end = 0;

  get length(): number {
    return this.end - this.start;
  }

  set(start: number, end: number): void {
    this.start = start;
    this.end = end;
  }
}

/** One span as offsets into its payload. A decoder has one and fills it again for each span. */
export class SpanRecord implements SpanFacts {
  bytes: Uint8Array = new Uint8Array(0);
  readonly traceId = new Slice();
  readonly spanId = new Slice();
  /** W3C trace state: what sampled upstream says in its `ot` entry. */
  readonly traceState = new Slice();
  readonly parentId = new Slice();
  readonly nameSlice = new Slice();
  readonly message = new Slice();
  kind = 0;
  status = 0;
  flags = 0;
  startLo = 0;
  startHi = 0;
  endLo = 0;
  endHi = 0;
  readonly attributes: AttributeList;
  readonly events: SpanEvents;
  readonly links = new SpanLinks();
  readonly batch = new BatchIndex();

  constructor(limits: RequestLimits) {
    this.attributes = new AttributeList(limits);
    this.events = new SpanEvents(limits);
  }

  /** Takes the Span the reader delimited last. */
  read(reader: WireReader): void {
    this.#clear(reader.bytes);
    const outerEnd = reader.enter();
    while (reader.next()) {
      if (reader.wireType === wireTypes.bytes) {
        reader.delimited();
        this.#take(reader);
      } else if (reader.wireType === wireTypes.fixed64) {
        reader.fixed64();
        if (reader.field === field.startTimeUnixNano.number) {
          this.startLo = reader.lo;
          this.startHi = reader.hi;
        } else if (reader.field === field.endTimeUnixNano.number) {
          this.endLo = reader.lo;
          this.endHi = reader.hi;
        }
      } else if (reader.wireType === wireTypes.varint && reader.field === field.kind.number) {
        const kind = reader.uint32();
        this.kind = kind <= spanKinds.consumer ? kind : spanKinds.unspecified;
      } else if (reader.wireType === wireTypes.fixed32 && reader.field === field.flags.number) {
        this.flags = reader.fixed32();
      } else reader.skip();
    }
    reader.leave(outerEnd);
  }

  get hasParent(): boolean {
    return this.parentId.length > 0 && !isZero(this.bytes, this.parentId.start, this.parentId.end);
  }

  get saysRemoteParent(): boolean {
    return (this.flags & hasRemoteInfo) !== 0 && (this.flags & parentIsRemote) !== 0;
  }

  parentage(): Parentage {
    if (!this.hasParent) return 'root';
    if ((this.flags & hasRemoteInfo) !== 0) return this.saysRemoteParent ? 'remote' : 'local';
    return this.batch.has(this.#key(this.traceId), this.#key(this.parentId)) ? 'local' : 'unsure';
  }

  isInsideInvocation(): boolean {
    if (!this.hasParent) return false;
    return this.batch.leadsToInvocation(this.#key(this.traceId), this.#key(this.parentId));
  }

  ownKey(): string {
    return this.#key(this.traceId) + this.#key(this.spanId);
  }

  parentKey(): string {
    return this.#key(this.traceId) + this.#key(this.parentId);
  }

  startMs(): number {
    return (this.startHi * 4294967296 + this.startLo) / 1e6;
  }

  durationNs(): number {
    return durationNs(this);
  }

  name(): string {
    return utf8(this.bytes, this.nameSlice.start, this.nameSlice.end);
  }

  statusMessage(): string {
    return utf8(this.bytes, this.message.start, this.message.end);
  }

  exception(): ThrownError | null {
    return this.events.exception();
  }

  #key(id: Slice): string {
    return idKey(this.bytes, id.start, id.end);
  }

  #take(reader: WireReader): void {
    switch (reader.field) {
      case field.traceId.number:
        this.traceId.set(reader.start, reader.stop);
        return;
      case field.spanId.number:
        this.spanId.set(reader.start, reader.stop);
        return;
      case field.traceState.number:
        this.traceState.set(reader.start, reader.stop);
        return;
      case field.parentSpanId.number:
        this.parentId.set(reader.start, reader.stop);
        return;
      case field.name.number:
        this.nameSlice.set(reader.start, reader.stop);
        return;
      case field.attributes.number:
        this.attributes.add(reader);
        return;
      case field.events.number:
        this.events.add(reader.start, reader.stop);
        return;
      case field.links.number:
        this.links.add(reader.start, reader.stop);
        return;
      case field.status.number:
        this.#takeStatus(reader);
        return;
      default:
    }
  }

  #takeStatus(reader: WireReader): void {
    const outerEnd = reader.enter();
    while (reader.next()) {
      if (reader.field === statusField.message.number && reader.wireType === wireTypes.bytes) {
        reader.delimited();
        this.message.set(reader.start, reader.stop);
      } else if (reader.field === statusField.code.number && reader.wireType === wireTypes.varint) {
        const code = reader.uint32();
        this.status = code <= spanStatuses.error ? code : spanStatuses.unset;
      } else reader.skip();
    }
    reader.leave(outerEnd);
  }

  #clear(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.traceId.set(0, 0);
    this.spanId.set(0, 0);
    this.traceState.set(0, 0);
    this.parentId.set(0, 0);
    this.nameSlice.set(0, 0);
    this.message.set(0, 0);
    this.kind = 0;
    this.status = 0;
    this.flags = 0;
    this.startLo = 0;
    this.startHi = 0;
    this.endLo = 0;
    this.endHi = 0;
    this.attributes.clear(bytes);
    this.events.clear(bytes);
    this.links.clear(bytes);
  }
}
