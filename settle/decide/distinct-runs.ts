import { compare } from './distinct-reports.js';
import type { RunFact } from './facts.js';
import { compareBig } from './match-reports.js';

/** Each span once, however often it was sent, in the order in which they ran. */
export function distinctRuns(runs: readonly RunFact[]): RunFact[] {
  if (runs.length < 2) return [...runs];
  const known = new Map<string, RunFact>();
  for (const run of runs.toSorted(byStart)) {
    const id = `${run.spanId} ${run.startedNs} ${run.environment}`;
    if (!known.has(id)) known.set(id, run);
  }
  return [...known.values()];
}

/** By start; the rest only makes the order the same whoever came first. */
export function byStart(one: RunFact, other: RunFact): number {
  return compareBig(one.startedNs, other.startedNs) || compare(textOf(one), textOf(other));
}

function textOf({ spanId, environment, outcome, durationNs, key, run }: RunFact): string {
  return JSON.stringify([spanId, environment, outcome, durationNs, key, run]);
}
