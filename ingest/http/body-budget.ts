/** The last eighth is kept for bodies of less than this, so that a few huge ones do not shut out all others. */
const smallBytes = 1024 * 1024;
const largeShare = 7 / 8;

/** Bounds the memory of all bodies that are being read at the same time. */
export class BodyBudget {
  readonly #maxBytes: number;
  #usedBytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** `heldBytes` is what the same body has taken before. */
  take(bytes: number, heldBytes = 0): boolean {
    const isSmall = heldBytes + bytes <= smallBytes;
    if (this.#usedBytes + bytes > (isSmall ? this.#maxBytes : this.#maxBytes * largeShare)) return false;
    this.#usedBytes += bytes;
    return true;
  }

  give(bytes: number): void {
    this.#usedBytes -= bytes;
  }
}

/** What one request took from the budget; returned whole, however the request ends. */
export class BodyShare {
  readonly #budget: BodyBudget;
  #bytes = 0;

  constructor(budget: BodyBudget) {
    this.#budget = budget;
  }

  take(bytes: number): boolean {
    if (!this.#budget.take(bytes, this.#bytes)) return false;
    this.#bytes += bytes;
    return true;
  }

  giveBack(): void {
    this.#budget.give(this.#bytes);
    this.#bytes = 0;
  }
}
