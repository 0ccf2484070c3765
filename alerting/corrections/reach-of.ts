import { matchesGlob } from '../../schemas/slo/selector.js';
import type { SloDefinition } from '../../schemas/slo/slo-definition.js';
import type { Correction } from './correction.js';

/**
 * Whether a correction is about an objective and scope. `partly` is one that names some of the functions (or
 * environments) an objective adds up: its ledger holds their sum, so nothing can be taken out of it.
 */
export type Reach = 'whole' | 'partly' | 'none';

const dimensions = ['function', 'environment'] as const;

export function reachOf(
  correction: Pick<Correction, 'slo' | 'function' | 'environment'>,
  { id, per, where }: Pick<SloDefinition, 'id' | 'per' | 'where'>,
  /** Null asks for any: whether there may be a scope it is about. */
  scope: string | null,
): Reach {
  if (correction.slo !== null && !correction.slo.some((glob) => matchesGlob(id, glob))) return 'none';
  const reaches = dimensions.map((dimension): Reach => {
    const globs = correction[dimension];
    if (globs === null) return 'whole';
    if (per === dimension && scope === null) return 'whole';
    if (per === dimension) return globs.some((glob) => matchesGlob(scope ?? '', glob)) ? 'whole' : 'none';
    return covers(globs, where[dimension] ?? ['*']);
  });
  if (reaches.includes('none')) return 'none';
  return reaches.includes('partly') ? 'partly' : 'whole';
}

/** How much of what some globs select others do. */
function covers(globs: readonly string[], selected: readonly string[]): Reach {
  const each = selected.map((one): Reach => {
    if (globs.some((glob) => contains(glob, one))) return 'whole';
    return globs.some((glob) => mayMeet(glob, one)) ? 'partly' : 'none';
  });
  if (each.every((one) => one === 'whole')) return 'whole';
  return each.every((one) => one === 'none') ? 'none' : 'partly';
}

/** Whether everything one glob matches is matched by another. Of a `?` it is only known when both are the same. */
function contains(glob: string, other: string): boolean {
  if (glob === other) return true;
  return /[*?]/.test(other) && glob.includes('?') ? false : matchesGlob(other, glob);
}

/** Whether two globs may match the same text: their beginnings, up to the first wildcard, must agree. */
function mayMeet(glob: string, other: string): boolean {
  if (!/[*?]/.test(other)) return matchesGlob(other, glob);
  const [one, two] = [glob, other].map((text) => text.split(/[*?]/)[0] ?? '');
  return one !== undefined && two !== undefined && (one.startsWith(two) || two.startsWith(one));
}
