import type { FunctionSummary } from '../../../../schemas/functions.js';
import type { FunctionImpact } from '../../../../schemas/impact.js';

export type ImpactRow = FunctionImpact & {
  key: string;
  /** Of all its invocations, attempts that were tried again included; null when the list of functions has none. */
  successRatio: number | null;
};

/** Functions by what their failures cost, as they are answered: whoever mends the first row mends the most. */
export function impactRows(
  impact: readonly FunctionImpact[],
  functions: readonly FunctionSummary[],
  most: number,
): ImpactRow[] {
  const keyOf = (one: { function: string; environment: string; team: string }) =>
    JSON.stringify([one.function, one.environment, one.team]);
  const counts = sumsBy(functions, keyOf);
  return impact.slice(0, most).map((one) => {
    const key = keyOf(one);
    const sums = counts.get(key);
    return {
      ...one,
      key,
      successRatio: sums === undefined || sums.invocations === 0 ? null : 1 - sums.bad / sums.invocations,
    };
  });
}

type Sums = { invocations: number; bad: number; unserved: number };

function sumsBy(
  functions: readonly FunctionSummary[],
  keyOf: (one: FunctionSummary) => string,
): Map<string, Sums> {
  const sums = new Map<string, Sums>();
  for (const one of functions) {
    const { timeout, oom, throttled } = one.outcomes;
    const before = sums.get(keyOf(one)) ?? { invocations: 0, bad: 0, unserved: 0 };
    sums.set(keyOf(one), {
      invocations: before.invocations + one.invocations,
      bad: before.bad + one.bad,
      unserved: before.unserved + timeout + oom + throttled,
    });
  }
  return sums;
}

export type CriticalFigures = {
  count: number;
  successRatio: number | null;
  availabilityRatio: number | null;
};

/**
 * Of the functions the business cannot do without: how many runs went well, and how many were served at all. A run that
 * answered an error was served; one that was throttled, timed out or ran out of memory was not.
 */
export function criticalFigures(functions: readonly FunctionSummary[]): CriticalFigures {
  const critical = functions.filter(({ isCritical }) => isCritical);
  const all = sumsBy(critical, () => '').get('');
  const names = new Set(critical.map((one) => JSON.stringify([one.function, one.environment])));
  if (all === undefined || all.invocations === 0)
    return { count: names.size, successRatio: null, availabilityRatio: null };
  return {
    count: names.size,
    successRatio: 1 - all.bad / all.invocations,
    availabilityRatio: 1 - all.unserved / all.invocations,
  };
}

export type TeamRow = { team: string; invocations: number; bad: number; successRatio: number };

/** The same by team, the least reliable first. */
export function teamRows(functions: readonly FunctionSummary[]): TeamRow[] {
  return [...sumsBy(functions, ({ team }) => team)]
    .filter(([, { invocations }]) => invocations > 0)
    .map(([team, { invocations, bad }]) => ({
      team,
      invocations,
      bad,
      successRatio: (invocations - bad) / invocations,
    }))
    .sort((one, other) => one.successRatio - other.successRatio || (one.team < other.team ? -1 : 1));
}

/** Change of a share, in points of a hundred: "up 0.12 points"; null when one of them is not known. */
export function pointsText(now: number | null, before: number | null): string | null {
  if (now === null || before === null) return null;
  const points = (now - before) * 100;
  if (Math.abs(points) < 0.005) return 'as in the time before';
  return `${points < 0 ? 'down' : 'up'} ${Math.abs(points).toFixed(2)} points`;
}

/** Change of a count in percent of what it was: "up 12 %". */
export function growthText(now: number, before: number | null): string | null {
  if (before === null || before === 0) return null;
  const percent = (now / before - 1) * 100;
  if (Math.abs(percent) < 0.5) return 'as in the time before';
  return `${percent < 0 ? 'down' : 'up'} ${Math.abs(percent).toFixed(0)} %`;
}
