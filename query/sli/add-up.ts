import type { Counted } from './sli.js';

/** Adds up counts of the same step and labels. */
export function addUp(parts: Iterable<Counted>): Counted[] {
  const steps = new Map<string, Counted>();
  for (const one of parts) {
    const key = JSON.stringify([one.column, one.labels]);
    const before = steps.get(key);
    steps.set(
      key,
      before === undefined
        ? one
        : { ...before, good: before.good + one.good, total: before.total + one.total },
    );
  }
  return [...steps.values()];
}
