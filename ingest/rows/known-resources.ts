/** Instances of functions that send on one day; beyond that the longest known are written again, which is harmless. */
const maxKnown = 50_000;

/** Which resources have a row on disk for a day, so that each is written about once and not with every request. */
export class KnownResources {
  readonly #keys = new Set<string>();

  has(key: string): boolean {
    return this.#keys.has(key);
  }

  /** Only for rows that are on disk: what is known is never written again that day. */
  add(key: string): void {
    if (this.#keys.size >= maxKnown) {
      const [oldest] = this.#keys;
      if (oldest !== undefined) this.#keys.delete(oldest);
    }
    this.#keys.add(key);
  }
}
