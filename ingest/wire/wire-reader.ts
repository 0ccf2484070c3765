import { WireError } from './wire-error.js';

export const wireTypes = { varint: 0, fixed64: 1, bytes: 2, groupStart: 3, groupEnd: 4, fixed32: 5 } as const;

/** Deeper nesting than any sender needs; protobuf implementations stop at 100 as well. */
export const maxDepth = 100;

/**
 * Walks protobuf wire format in place. Results are left in fields (`lo`/`hi`, `start`/`stop`) and not returned as
 * objects, because at a million spans a second every allocation counts. 64-bit values stay two unsigned halves, exact.
 */
export class WireReader {
  bytes: Uint8Array = new Uint8Array(0);
  position = 0;
  /** Where the current message ends; reading stops here. */
  end = 0;
  field = 0;
  wireType = 0;
  /** The last 64-bit value as two unsigned 32-bit halves. */
  lo = 0;
  hi = 0;
  /** The last length-delimited value: [start, stop). */
  start = 0;
  stop = 0;

  reset(bytes: Uint8Array, start: number, end: number): void {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
  }

  /** Reads the next tag; false at the end of the message. */
  next(): boolean {
    if (this.position >= this.end) return false;
    const at = this.position;
    const first = this.bytes[at] ?? 0;
    let tag = first;
    if (first < 0x80) this.position = at + 1;
    else {
      this.varint();
      if (this.hi !== 0) throw new WireError('bad-field-number', at, 'A field number is out of range');
      tag = this.lo;
    }
    this.field = tag >>> 3;
    this.wireType = tag & 7;
    if (this.field === 0) throw new WireError('bad-field-number', at, 'A field number is zero');
    return true;
  }

  /** Reads up to ten bytes into lo/hi; bits beyond the 64th are dropped, as protobuf asks. */
  varint(): void {
    const { bytes, end } = this;
    const from = this.position;
    let position = from;
    let lo = 0;
    let hi = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      if (position >= end) throw new WireError('truncated', from, 'A number is cut off');
      const byte = bytes[position++] ?? 0;
      const low7 = byte & 0x7f;
      if (shift < 28) lo |= low7 << shift;
      else if (shift === 28) {
        lo |= low7 << 28;
        hi = low7 >>> 4;
      } else if (shift < 63) hi |= low7 << (shift - 32);
      else hi |= low7 << 31;
      if (byte < 0x80) {
        this.position = position;
        this.lo = lo >>> 0;
        this.hi = hi >>> 0;
        return;
      }
    }
    throw new WireError('varint-too-long', from, 'A number has more than ten bytes');
  }

  /** A varint of which only the low 32 bits matter: enums, flags, booleans. */
  uint32(): number {
    this.varint();
    return this.lo;
  }

  fixed64(): void {
    const at = this.position;
    if (at + 8 > this.end) throw new WireError('truncated', at, 'A 64-bit value is cut off');
    const { bytes } = this;
    this.lo = littleEndian(bytes, at);
    this.hi = littleEndian(bytes, at + 4);
    this.position = at + 8;
  }

  fixed32(): number {
    const at = this.position;
    if (at + 4 > this.end) throw new WireError('truncated', at, 'A 32-bit value is cut off');
    this.position = at + 4;
    return littleEndian(this.bytes, at);
  }

  /** Reads a length and leaves [start, stop); the position moves behind the value. */
  delimited(): void {
    const at = this.position;
    const first = this.bytes[at] ?? 0;
    let length = first;
    if (at < this.end && first < 0x80) this.position = at + 1;
    else {
      this.varint();
      length = this.hi * 4294967296 + this.lo;
    }
    this.start = this.position;
    this.stop = this.position + length;
    if (this.stop > this.end) {
      throw new WireError('length-past-end', at, `A length of ${length} reaches past the end of its message`);
    }
    this.position = this.stop;
  }

  /** Reads the body of the value delimited last as a message of its own; hand the answer to `leave`. */
  enter(): number {
    const outerEnd = this.end;
    this.position = this.start;
    this.end = this.stop;
    return outerEnd;
  }

  leave(outerEnd: number): void {
    this.position = this.end;
    this.end = outerEnd;
  }

  /** Passes over a field nobody asked for. */
  skip(depth = 0): void {
    const at = this.position;
    switch (this.wireType) {
      case wireTypes.varint:
        this.varint();
        return;
      case wireTypes.fixed64:
        this.fixed64();
        return;
      case wireTypes.bytes:
        this.delimited();
        return;
      case wireTypes.fixed32:
        this.fixed32();
        return;
      case wireTypes.groupStart:
        this.#skipGroup(depth);
        return;
      case wireTypes.groupEnd:
        throw new WireError('stray-group-end', at, 'A group ends that never began');
      default:
        throw new WireError('bad-wire-type', at, `Wire type ${this.wireType} does not exist`);
    }
  }

  #skipGroup(depth: number): void {
    const group = this.field;
    if (depth >= maxDepth) throw new WireError('nesting-too-deep', this.position, 'Groups nest too deeply');
    while (this.next()) {
      if (this.wireType === wireTypes.groupEnd) {
        if (this.field === group) return;
        throw new WireError('stray-group-end', this.position, 'A group ends that never began');
      }
      this.skip(depth + 1);
    }
    throw new WireError('truncated', this.position, 'A group is cut off');
  }
}

function littleEndian(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] ?? 0) |
      ((bytes[at + 1] ?? 0) << 8) |
      ((bytes[at + 2] ?? 0) << 16) |
      ((bytes[at + 3] ?? 0) << 24)) >>>
    0
  );
}
