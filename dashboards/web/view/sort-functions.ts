import type { FunctionSummary } from '../../../schemas/functions.js';

export const sortKeys = ['function', 'invocations', 'errors', 'p50', 'p95', 'p99', 'cold', 'seen'] as const;
export type SortKey = (typeof sortKeys)[number];
export type SortDirection = 'asc' | 'desc';

const sortValue: Record<SortKey, (summary: FunctionSummary) => number | string | null> = {
  function: (summary) => summary.function.toLowerCase(),
  invocations: (summary) => summary.invocations,
  errors: (summary) => summary.bad,
  p50: (summary) => summary.p50Ms,
  p95: (summary) => summary.p95Ms,
  p99: (summary) => summary.p99Ms,
  cold: (summary) => summary.coldStarts,
  seen: (summary) => summary.lastSeenAt,
};

/** The direction a column starts with: names from A, figures from the largest. */
export function firstDirection(key: SortKey): SortDirection {
  return key === 'function' ? 'asc' : 'desc';
}

/** A sorted copy. What is not known comes last either way; ties go to the busier, then by name, so rows hold still. */
export function sortFunctions(
  functions: readonly FunctionSummary[],
  key: SortKey,
  direction: SortDirection,
): FunctionSummary[] {
  const value = sortValue[key];
  const sign = direction === 'asc' ? 1 : -1;
  return [...functions].sort((one, other) => {
    const left = value(one);
    const right = value(other);
    if (left === null || right === null) {
      if (left !== right) return left === null ? 1 : -1;
    } else if (left !== right) return left < right ? -sign : sign;
    return other.invocations - one.invocations || compare(one, other);
  });
}

function compare(one: FunctionSummary, other: FunctionSummary): number {
  const left = [one.function, one.environment, one.team, one.provider, one.region];
  const right = [other.function, other.environment, other.team, other.provider, other.region];
  for (const [index, part] of left.entries()) {
    const against = right[index] ?? '';
    if (part !== against) return part < against ? -1 : 1;
  }
  return 0;
}
