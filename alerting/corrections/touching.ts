import type { SloDefinition } from '../../schemas/slo/slo-definition.js';
import { windowsWithin } from '../recurrence/windows.js';
import type { Correction } from './correction.js';
import { reachOf } from './reach-of.js';

export type TouchingCorrection = { id: string; reason: string; author: string; applied: boolean };

/** The corrections with time in [from, to) that are about an objective and scope (null: any), or about a part of it. */
export function touching(
  corrections: readonly Correction[],
  definition: SloDefinition,
  scope: string | null,
  { from, to }: { from: Date; to: Date },
): TouchingCorrection[] {
  return corrections.flatMap((correction): TouchingCorrection[] => {
    const reach = reachOf(correction, definition, scope);
    if (reach === 'none') return [];
    if (windowsWithin(correction.windows, from, to).length === 0) return [];
    const { id, reason, author } = correction;
    return [{ id, reason, author, applied: reach === 'whole' }];
  });
}
