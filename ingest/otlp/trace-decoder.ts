import type { RequestLimits } from '../limits/request-limits.js';
import { WireReader, wireTypes } from '../wire/wire-reader.js';
import { AttributeList } from './attribute-list.js';
import { Resource, Scope } from './common-fields.js';
import { SpanRecord } from './span-record.js';
import { ExportTraceServiceRequest, ResourceSpans, ScopeSpans } from './trace-fields.js';

/** Is told what a request holds, in its order. Records are reused: read them during the call. */
export interface TraceVisitor {
  resource(attributes: AttributeList): void;
  /** Where the scope's name is, start === end when it has none. */
  scope(bytes: Uint8Array, nameStart: number, nameEnd: number): void;
  span(span: SpanRecord): void;
}

/** Walks an ExportTraceServiceRequest without building it. One decoder serves all requests, one after another. */
export class TraceDecoder {
  readonly #reader = new WireReader();
  readonly #resource: AttributeList;
  readonly #span: SpanRecord;

  constructor(limits: RequestLimits) {
    this.#resource = new AttributeList(limits);
    this.#span = new SpanRecord(limits);
  }

  /** Throws a WireError when the bytes are no such message; the visitor has then seen a part of it. */
  decode(bytes: Uint8Array, visitor: TraceVisitor): void {
    const reader = this.#reader;
    reader.reset(bytes, 0, bytes.length);
    while (seek(reader, ExportTraceServiceRequest.fields.resourceSpans.number)) {
      const outerEnd = reader.enter();
      this.#resourceSpans(visitor);
      reader.leave(outerEnd);
    }
  }

  /** A sender may put the resource behind its spans, so it is looked for first. */
  #resourceSpans(visitor: TraceVisitor): void {
    const reader = this.#reader;
    const bodyStart = reader.position;
    this.#span.batch.reset(reader.bytes, bodyStart, reader.end);
    this.#resource.clear(reader.bytes);
    while (seek(reader, ResourceSpans.fields.resource.number)) {
      const outerEnd = reader.enter();
      while (seek(reader, Resource.fields.attributes.number)) this.#resource.add(reader);
      reader.leave(outerEnd);
    }
    visitor.resource(this.#resource);
    reader.position = bodyStart;
    while (seek(reader, ResourceSpans.fields.scopeSpans.number)) {
      const outerEnd = reader.enter();
      this.#scopeSpans(visitor);
      reader.leave(outerEnd);
    }
  }

  #scopeSpans(visitor: TraceVisitor): void {
    const reader = this.#reader;
    const bodyStart = reader.position;
    let nameStart = bodyStart;
    let nameEnd = bodyStart;
    while (seek(reader, ScopeSpans.fields.scope.number)) {
      const outerEnd = reader.enter();
      while (seek(reader, Scope.fields.name.number)) {
        nameStart = reader.start;
        nameEnd = reader.stop;
      }
      reader.leave(outerEnd);
    }
    visitor.scope(reader.bytes, nameStart, nameEnd);
    reader.position = bodyStart;
    while (seek(reader, ScopeSpans.fields.spans.number)) {
      this.#span.read(reader);
      visitor.span(this.#span);
    }
  }
}

/** Moves on to the next delimited value of a field, passing over all others; false at the end of the message. */
function seek(reader: WireReader, field: number): boolean {
  while (reader.next()) {
    if (reader.field === field && reader.wireType === wireTypes.bytes) {
      reader.delimited();
      return true;
    }
    reader.skip();
  }
  return false;
}
