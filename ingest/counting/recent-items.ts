import type { SignalName } from '../signal.js';

export const recentStepMs = 10_000;
const recentSteps = 90;

/** Items accepted in [atMs, atMs + recentStepMs). */
export type RecentStep = { atMs: number } & Record<SignalName, number>;

/** How many items came lately: a ring of steps. */
export class RecentItems {
  readonly #steps: RecentStep[] = [];

  add(signal: SignalName, items: number, nowMs: number): void {
    const atMs = Math.floor(nowMs / recentStepMs) * recentStepMs;
    let step = this.#steps.at(-1);
    if (step === undefined || step.atMs < atMs) {
      step = { atMs, traces: 0, metrics: 0, logs: 0 };
      this.#steps.push(step);
      if (this.#steps.length > recentSteps) this.#steps.shift();
    }
    step[signal] += items;
  }

  /** Every step of the last quarter of an hour up to the one that is still going on; those without items as well. */
  steps(nowMs: number): RecentStep[] {
    const known = new Map(this.#steps.map((step) => [step.atMs, step]));
    const lastMs = Math.floor(nowMs / recentStepMs) * recentStepMs;
    return Array.from({ length: recentSteps }, (_, index) => {
      const atMs = lastMs - (recentSteps - index) * recentStepMs;
      return { ...(known.get(atMs) ?? { traces: 0, metrics: 0, logs: 0 }), atMs };
    });
  }
}
