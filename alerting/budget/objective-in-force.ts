import { ratioOf, type Share } from '../../schemas/slo/percent.js';
import type { SloVersion } from '../definitions/fold-versions.js';
import { readDefinition } from '../definitions/fold-versions.js';

export type InForce = {
  objective: Share;
  /** False when it was made after the period. */
  wasInForce: boolean;
  /** Other objectives put within the period. */
  changes: { at: Date; objective: number }[];
};

/** The objective in force when a period ended, by the history of an SLO, in order; null when none was ever readable. */
export function objectiveInForce(versions: readonly SloVersion[], from: Date, to: Date): InForce | null {
  const known = versions.flatMap(({ event, definition, at }) => {
    const read = event === 'put' ? readDefinition(definition) : null;
    return read === null ? [] : [{ at, objective: read.objective }];
  });
  const before = known.filter(({ at }) => at < to);
  const last = before.at(-1);
  const objective = last?.objective ?? known[0]?.objective;
  if (objective === undefined) return null;
  const changes = before.filter((one, index) => {
    const previous = before[index - 1];
    return one.at >= from && previous !== undefined && ratioOf(previous.objective) !== ratioOf(one.objective);
  });
  return {
    objective,
    wasInForce: last !== undefined,
    changes: changes.map((one) => ({ at: one.at, objective: ratioOf(one.objective) })),
  };
}
