import type { PanelState } from '../panel-state.js';
import type { Held } from './use-answer.js';

/** What a panel draws of an answer. `nothing` says why there is nothing to draw, or null when there is something. */
export function panelStateOf<Data>(
  held: Held<Data>,
  nothing: (data: Data) => string | null,
): PanelState<Data, string> {
  switch (held.kind) {
    case 'held': {
      const why = nothing(held.data);
      return why === null ? { kind: 'ready', data: held.data } : { kind: 'no-data', nothing: why };
    }
    case 'failed':
      return { kind: 'failed', failure: held.failure };
    case 'loading':
    case 'signed-out':
      return { kind: 'loading' };
  }
}

/** One answer made of two: the later state of both, so that a panel never mixes an answer with a gap. */
export function bothHeld<One, Other>(one: Held<One>, other: Held<Other>): Held<[One, Other]> {
  if (one.kind !== 'held') return one;
  if (other.kind !== 'held') return other;
  return {
    kind: 'held',
    data: [one.data, other.data],
    receivedAt: Math.min(one.receivedAt, other.receivedAt),
    failure: one.failure ?? other.failure,
  };
}
