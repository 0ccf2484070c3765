import type { CoverageReading } from '../../query/coverage/reconcile.js';
import { matchesGlob } from '../../schemas/slo/selector.js';
import type { SloDefinition } from '../../schemas/slo/slo-definition.js';

/** What providers counted of a function, and how much of it was seen. */
export type Covered = { function: string; environment: string; reading: CoverageReading };

/** Below this share of what the provider counted, an indicator tells of too few runs to be believed. */
const leastSeen = 0.5;

const kept = ['function', 'environment'] as const;

/**
 * Whether less than half of what providers counted of an objective's functions was seen. Counts are kept by function and
 * environment only, so of objectives that choose by anything else it says nothing.
 */
export function isMostlyUnseen(
  covered: readonly Covered[],
  { per, where }: Pick<SloDefinition, 'per' | 'where'>,
  scope: string,
): boolean {
  const chosen = Object.keys(where);
  if (chosen.some((name) => !kept.some((one) => one === name))) return false;
  if (per !== undefined && per !== 'function' && per !== 'environment') return false;
  let counted = 0;
  let seen = 0;
  for (const one of covered) {
    const { reading } = one;
    if (reading.kind === 'no-data' || reading.coverageRatio === null) continue;
    const selects = kept.every((name) => where[name]?.some((glob) => matchesGlob(one[name], glob)) ?? true);
    if (!selects || (per !== undefined && one[per] !== scope)) continue;
    counted += reading.total;
    seen += reading.total * reading.coverageRatio;
  }
  return counted > 0 && seen < counted * leastSeen;
}
