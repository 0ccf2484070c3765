/** Writes rows in the engine's binary row format, little endian, growing as needed. */
export class RowBytes {
  #bytes = Buffer.allocUnsafe(64 * 1024);
  #length = 0;

  u8(value: number): void {
    this.#room(1);
    this.#length = this.#bytes.writeUInt8(value, this.#length);
  }

  u16(value: number): void {
    this.#room(2);
    this.#length = this.#bytes.writeUInt16LE(value, this.#length);
  }

  u32(value: number): void {
    this.#room(4);
    this.#length = this.#bytes.writeUInt32LE(value, this.#length);
  }

  u64(value: number): void {
    this.i64(BigInt(Math.max(0, Math.round(value))));
  }

  i64(value: bigint): void {
    this.#room(8);
    this.#length = this.#bytes.writeBigInt64LE(value, this.#length);
  }

  flag(value: boolean): void {
    this.u8(value ? 1 : 0);
  }

  hex(value: string): void {
    this.#room(value.length / 2);
    this.#length += this.#bytes.write(value, this.#length, 'hex');
  }

  text(value: string): void {
    const bytes = Buffer.byteLength(value);
    this.#room(bytes + 5);
    let left = bytes;
    for (; left > 127; left >>>= 7) this.#length = this.#bytes.writeUInt8((left & 127) | 128, this.#length);
    this.#length = this.#bytes.writeUInt8(left, this.#length);
    this.#length += this.#bytes.write(value, this.#length);
  }

  done(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  #room(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length + bytes));
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }
}
