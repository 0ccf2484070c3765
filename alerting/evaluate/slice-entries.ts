import type { SliDefinition } from '../../schemas/slo/slo-definition.js';
import type { Cell } from './evaluate.js';

type TimeSlice = Extract<SliDefinition, { kind: 'time-slice' }>;
type Minute = Cell & { minuteMs: number };

/** Slices that were good, each at the minute it begins; one without runs counts as neither. */
export function sliceEntries(minutes: readonly Minute[], { slice, atLeast }: TimeSlice): Minute[] {
  const slices = new Map<number, Cell>();
  for (const { minuteMs, good, total } of minutes) {
    const startMs = Math.floor(minuteMs / slice) * slice;
    const cell = slices.get(startMs) ?? { good: 0, total: 0 };
    slices.set(startMs, { good: cell.good + good, total: cell.total + total });
  }
  return [...slices].map(([minuteMs, { good, total }]) => {
    if (total === 0) return { minuteMs, good: 0, total: 0 };
    const isGood = BigInt(good) * atLeast.of >= BigInt(total) * atLeast.parts;
    return { minuteMs, good: isGood ? 1 : 0, total: 1 };
  });
}

const minuteMs = 60_000;

/** The minutes to sum so that those given can be worked out: with time slices, all of each slice. */
export function minutesOfSlices(minutes: Iterable<number>, slis: readonly SliDefinition[]): number[] {
  const slices = new Set(slis.flatMap((sli) => (sli.kind === 'time-slice' ? [sli.slice] : [])));
  const all = new Set(minutes);
  for (const given of [...all])
    for (const sliceMs of slices) {
      const startMs = Math.floor(given / sliceMs) * sliceMs;
      for (let at = startMs; at < startMs + sliceMs; at += minuteMs) all.add(at);
    }
  return [...all].sort((one, other) => one - other);
}
