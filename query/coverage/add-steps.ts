import { byKeyAndTime } from './by-key-and-time.js';
import type { CountedStep } from './counted-step.js';

const byName = byKeyAndTime<CountedStep>(
  (step) => [step.function, step.environment],
  ({ at }) => at,
);

/** Brings together what was read of the same step in parts, ordered by function, environment and time. */
export function addSteps(parts: readonly CountedStep[]): CountedStep[] {
  const steps = new Map<string, CountedStep>();
  for (const part of parts) {
    const key = JSON.stringify([part.function, part.environment, part.at]);
    const before = steps.get(key);
    steps.set(key, before === undefined ? part : added(before, part));
  }
  return [...steps.values()].sort(byName);
}

function added(one: CountedStep, other: CountedStep): CountedStep {
  return {
    function: one.function,
    environment: one.environment,
    at: one.at,
    counted_runs: one.counted_runs + other.counted_runs,
    counted_ok: one.counted_ok + other.counted_ok,
    counted_answered: one.counted_answered + other.counted_answered,
    other_runs: one.other_runs + other.other_runs,
    other_ok: one.other_ok + other.other_ok,
    other_answered: one.other_answered + other.other_answered,
    invocations: one.invocations + other.invocations,
    errors: one.errors + other.errors,
    throttles: one.throttles + other.throttles,
    counts_invocations: one.counts_invocations || other.counts_invocations,
    counts_errors: one.counts_errors || other.counts_errors,
    counts_throttles: one.counts_throttles || other.counts_throttles,
    errors_hold_answers: one.errors_hold_answers || other.errors_hold_answers,
  };
}
