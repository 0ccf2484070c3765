/** More than anything may have: whoever has so many is refused for it, and 64 MiB of empty parts would take 500 MB here. */
const mostSlices = 250_000;

/** A reused list of [start, end) places in a payload. */
export class SliceList {
  count = 0;
  #places = new Int32Array(32);

  clear(): void {
    this.count = 0;
  }

  add(start: number, end: number): void {
    if (this.count === mostSlices) return;
    const at = this.count * 2;
    if (at === this.#places.length) {
      const grown = new Int32Array(at * 2);
      grown.set(this.#places);
      this.#places = grown;
    }
    this.#places[at] = start;
    this.#places[at + 1] = end;
    this.count++;
  }

  start(index: number): number {
    return this.#places[index * 2] ?? 0;
  }

  end(index: number): number {
    return this.#places[index * 2 + 1] ?? 0;
  }
}
