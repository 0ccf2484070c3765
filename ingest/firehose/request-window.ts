type Seen = { readonly atMs: number; readonly done: Promise<void> };

/** Remembers for a while which requests were stored, so that one whose answer got lost is not stored again. */
export class RequestWindow {
  readonly #maxRequests: number;
  readonly #keepMs: number;
  /** Oldest first. */
  readonly #seen = new Map<string, Seen>();

  constructor(maxRequests: number, keepMs: number) {
    this.#maxRequests = maxRequests;
    this.#keepMs = keepMs;
  }

  /** Runs `store` once for an id. Whoever brings the id again waits for it; when it failed, he is the next to try. */
  async once(id: string, nowMs: number, store: () => Promise<void>): Promise<'stored' | 'duplicate'> {
    this.#forget(nowMs);
    for (let seen = this.#seen.get(id); seen !== undefined; seen = this.#seen.get(id)) {
      const isStored = await seen.done.then(
        () => true,
        () => false,
      );
      if (isStored) return 'duplicate';
    }
    const done = store();
    this.#seen.set(id, { atMs: nowMs, done });
    try {
      await done;
      return 'stored';
    } catch (error) {
      this.#seen.delete(id);
      throw error;
    }
  }

  #forget(nowMs: number): void {
    for (const [id, { atMs }] of this.#seen) {
      if (this.#seen.size < this.#maxRequests && nowMs - atMs < this.#keepMs) return;
      this.#seen.delete(id);
    }
  }
}
