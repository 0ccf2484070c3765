import { type WireReader, wireTypes } from '../wire/wire-reader.js';
import { Fixed64List } from './fixed64-list.js';
import { Buckets } from './metric-fields.js';

const field = Buckets.fields;

/** One side of an exponential histogram. Reused. */
export class ExponentialBuckets {
  offset = 0;
  readonly counts = new Fixed64List();

  clear(): void {
    this.offset = 0;
    this.counts.clear();
  }

  /** Takes the Buckets the reader delimited last. */
  read(reader: WireReader): void {
    const outerEnd = reader.enter();
    while (reader.next()) {
      if (reader.field === field.offset.number && reader.wireType === wireTypes.varint) {
        this.offset = sint32(reader);
      } else if (reader.field !== field.bucketCounts.number || !this.counts.takeVarint(reader)) reader.skip();
    }
    reader.leave(outerEnd);
  }
}

/** Reads a zigzag number. */
export function sint32(reader: WireReader): number {
  const bits = reader.uint32();
  return (bits >>> 1) ^ -(bits & 1);
}
