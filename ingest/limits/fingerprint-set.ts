const firstSlots = 64;
/** A set is grown when it is this full. */
const fullest = 0.6;

/** A set of fingerprints in at most 14 bytes each, without objects. Grows with what is in it. */
export class FingerprintSet {
  size = 0;
  /** 0 is an empty slot. */
  #slots = new Uint32Array(firstSlots);

  has(fingerprint: number): boolean {
    return this.#slots[this.#find(fingerprint)] === fingerprint;
  }

  /** All that is in it, in no order. */
  values(): Uint32Array {
    return this.#slots.filter((slot) => slot !== 0);
  }

  add(fingerprint: number): void {
    if (this.size + 1 > this.#slots.length * fullest) this.#grow();
    const at = this.#find(fingerprint);
    if (this.#slots[at] === fingerprint) return;
    this.#slots[at] = fingerprint;
    this.size++;
  }

  #find(fingerprint: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let at = fingerprint & mask;
    while (slots[at] !== 0 && slots[at] !== fingerprint) at = (at + 1) & mask;
    return at;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(old.length * 2);
    for (const fingerprint of old) if (fingerprint !== 0) this.#slots[this.#find(fingerprint)] = fingerprint;
  }
}
