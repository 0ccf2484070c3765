/** Digits taken at once: 2^32 times a power of ten this large is still exact in a double. */
const chunkDigits = 6;
const half = 4294967296;
const zero = 0x30;

/** A whole number that is not negative, as two unsigned halves. Reused, and no BigInt: times are read for every span. */
export class JsonDecimal {
  lo = 0;
  hi = 0;

  /** Reads [start, stop); false when it is anything but digits, or is beyond 64 bits. */
  read(bytes: Uint8Array, start: number, stop: number): boolean {
    let lo = 0;
    let hi = 0;
    let at = start;
    if (start === stop) return false;
    while (at < stop) {
      const end = Math.min(at + chunkDigits, stop);
      let scale = 1;
      let chunk = 0;
      for (; at < end; at++) {
        const digit = (bytes[at] ?? 0) - zero;
        if (digit < 0 || digit > 9) return false;
        chunk = chunk * 10 + digit;
        scale *= 10;
      }
      const low = lo * scale + chunk;
      const carry = Math.floor(low / half);
      lo = low - carry * half;
      hi = hi * scale + carry;
      if (hi >= half) return false;
    }
    this.lo = lo;
    this.hi = hi;
    return true;
  }
}
