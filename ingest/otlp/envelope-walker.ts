import type { RequestLimits } from '../limits/request-limits.js';
import { WireReader, wireTypes } from '../wire/wire-reader.js';
import { AttributeList } from './attribute-list.js';
import { Resource, Scope } from './common-fields.js';

/** Metrics and logs are wrapped alike: request → items of one resource → items of one scope → item. */
const envelope = { resourceGroup: 1, resource: 1, scopeGroup: 2, scope: 1, item: 2 } as const;

/** Is told what a request holds, in its order. */
export interface EnvelopeVisitor {
  resource(attributes: AttributeList): void;
  /** Where the scope's name is, start === end when it has none. */
  scope(bytes: Uint8Array, nameStart: number, nameEnd: number): void;
  /** The reader has delimited the item. */
  item(reader: WireReader): void;
}

/** Walks the wrapping of a request without building it. One serves all requests, one after another. */
export class EnvelopeWalker {
  readonly #reader = new WireReader();
  readonly #resource: AttributeList;

  constructor(limits: RequestLimits) {
    this.#resource = new AttributeList(limits);
  }

  /** Throws a WireError when the bytes are no such message; the visitor has then seen a part of it. */
  walk(bytes: Uint8Array, visitor: EnvelopeVisitor): void {
    const reader = this.#reader;
    reader.reset(bytes, 0, bytes.length);
    while (seek(reader, envelope.resourceGroup)) {
      const outerEnd = reader.enter();
      this.#resourceGroup(visitor);
      reader.leave(outerEnd);
    }
  }

  /** A sender may put the resource behind its items, so it is looked for first. */
  #resourceGroup(visitor: EnvelopeVisitor): void {
    const reader = this.#reader;
    const bodyStart = reader.position;
    this.#resource.clear(reader.bytes);
    while (seek(reader, envelope.resource)) {
      const outerEnd = reader.enter();
      while (seek(reader, Resource.fields.attributes.number)) this.#resource.add(reader);
      reader.leave(outerEnd);
    }
    visitor.resource(this.#resource);
    reader.position = bodyStart;
    while (seek(reader, envelope.scopeGroup)) {
      const outerEnd = reader.enter();
      this.#scopeGroup(visitor);
      reader.leave(outerEnd);
    }
  }

  #scopeGroup(visitor: EnvelopeVisitor): void {
    const reader = this.#reader;
    const bodyStart = reader.position;
    let nameStart = bodyStart;
    let nameEnd = bodyStart;
    while (seek(reader, envelope.scope)) {
      const outerEnd = reader.enter();
      while (seek(reader, Scope.fields.name.number)) {
        nameStart = reader.start;
        nameEnd = reader.stop;
      }
      reader.leave(outerEnd);
    }
    visitor.scope(reader.bytes, nameStart, nameEnd);
    reader.position = bodyStart;
    while (seek(reader, envelope.item)) {
      const outerEnd = reader.end;
      const { stop } = reader;
      visitor.item(reader);
      reader.end = outerEnd;
      reader.position = stop;
    }
  }
}

/** Moves on to the next delimited value of a field, passing over all others; false at the end of the message. */
export function seek(reader: WireReader, field: number): boolean {
  while (reader.next()) {
    if (reader.field === field && reader.wireType === wireTypes.bytes) {
      reader.delimited();
      return true;
    }
    reader.skip();
  }
  return false;
}
