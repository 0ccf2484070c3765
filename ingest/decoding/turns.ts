import { FairQueue } from './fair-queue.js';

/** As long as reading one usual request of an SDK: shorter would change nothing, since one is never interrupted. */
const turnMs = 4;

export type TurnsDeps = {
  nowMs: () => number;
  /** Calls when the event loop has been to the disk and the sockets once more, as `setImmediate` does. */
  afterIo: (work: () => void) => void;
};

/**
 * Reads requests a few milliseconds at a time. Else bodies that come together are read in one go, and those that were
 * read before wait for it at each step of their way to the disk: four of 512 spans made the slowest commits take 60 ms.
 */
export class Turns {
  readonly #deps: TurnsDeps;
  readonly #waiting = new FairQueue<() => void>();
  /** Null when no turn has begun since the loop was last round. */
  #endsMs: number | null = null;

  constructor(deps: TurnsDeps) {
    this.#deps = deps;
  }

  /** On the spot while the turn lasts, else when it is the owner's; who waits is served in turns of owners. */
  run<Result>(owner: string, work: () => Result): Result | Promise<Result> {
    if (this.#waiting.isEmpty && this.#hasTime()) return work();
    return new Promise((resolve, reject) => {
      this.#waiting.push(owner, () => {
        try {
          resolve(work());
        } catch (error) {
          reject(error);
        }
      });
    });
  }

  /** Begins a turn when there is none. */
  #hasTime(): boolean {
    if (this.#endsMs !== null) return this.#deps.nowMs() < this.#endsMs;
    this.#endsMs = this.#deps.nowMs() + turnMs;
    this.#deps.afterIo(() => this.#next());
    return true;
  }

  #next(): void {
    this.#endsMs = null;
    while (!this.#waiting.isEmpty && this.#hasTime()) this.#waiting.shift()?.();
  }
}
