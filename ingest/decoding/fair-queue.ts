/** Things that wait, of each owner in their order; owners take turns, so that none waits for all of another's. */
export class FairQueue<Item> {
  /** Nobody without something that waits; whose turn it is comes first. */
  readonly #waiting = new Map<string, Item[]>();

  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  push(owner: string, item: Item): void {
    const own = this.#waiting.get(owner);
    if (own === undefined) this.#waiting.set(owner, [item]);
    else own.push(item);
  }

  /** The next one; undefined when nothing waits. */
  shift(): Item | undefined {
    const [first] = this.#waiting;
    if (first === undefined) return undefined;
    const [owner, items] = first;
    const item = items.shift();
    this.#waiting.delete(owner);
    if (items.length > 0) this.#waiting.set(owner, items);
    return item;
  }
}
