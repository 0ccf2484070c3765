import type { Counted } from './sli.js';

/** Counts of the same step and labels added up, and their values put together. */
export function levels(
  parts: Iterable<Counted & { value: number }>,
  together: (one: number, other: number) => number,
): Counted[] {
  const steps = new Map<string, Counted & { value: number }>();
  for (const one of parts) {
    const key = JSON.stringify([one.column, one.labels]);
    const before = steps.get(key);
    if (before === undefined) steps.set(key, one);
    else
      steps.set(key, {
        ...before,
        good: before.good + one.good,
        total: before.total + one.total,
        value: together(before.value, one.value),
      });
  }
  return [...steps.values()];
}
