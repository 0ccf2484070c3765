import type { MarkKind, RequestMark } from './request-mark.js';
import { RequestWindow, type WindowLimits } from './request-window.js';

export type KnownLimits = Readonly<Record<MarkKind, WindowLimits>>;

export type Once<Result> = { kind: 'stored'; result: Result } | { kind: 'duplicate' };

/** Sees to it that a request which comes again is stored once, also while its first try is on its way to the disk. */
export class KnownRequests {
  readonly #windows: Readonly<Record<MarkKind, RequestWindow>>;
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(limits: KnownLimits) {
    this.#windows = {
      body: new RequestWindow(limits.body),
      delivery: new RequestWindow(limits.delivery),
    };
  }

  /** Forgotten before their time, because too many came. */
  get evicted(): number {
    return this.#windows.body.evicted + this.#windows.delivery.evicted;
  }

  /** Takes back what the spool remembers of former runs. */
  restore(marks: readonly RequestMark[], nowMs: number): void {
    for (const { kind, key, atMs } of marks) this.#windows[kind].add(key, atMs, nowMs);
  }

  /**
   * Runs `store` for the first who brings a mark; whoever brings it again waits for him. When that fails, or `isKept` says
   * that nothing was stored, the next one tries.
   */
  async once<Result>(
    { kind, key, atMs }: RequestMark,
    store: () => Promise<Result>,
    isKept: (result: Result) => boolean,
  ): Promise<Once<Result>> {
    const id = `${kind}${key.toString('latin1')}`;
    const window = this.#windows[kind];
    for (let other = this.#underWay.get(id); other !== undefined; other = this.#underWay.get(id)) await other;
    if (window.has(key, atMs)) return { kind: 'duplicate' };
    let settle: () => void = () => undefined;
    this.#underWay.set(
      id,
      new Promise((resolve) => {
        settle = resolve;
      }),
    );
    try {
      const result = await store();
      if (isKept(result)) window.add(key, atMs, atMs);
      return { kind: 'stored', result };
    } finally {
      this.#underWay.delete(id);
      settle();
    }
  }
}
