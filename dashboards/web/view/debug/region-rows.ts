import type { z } from 'zod';
import type { SliAnswer } from '../../../../schemas/sli.js';
import type { ContrastDimension, ContrastRow } from './contrast-rows.js';
import type { DebugState } from './debug-state.js';

/** Runs of a part of the heat map: when they began and how long they took. */
export type Region = { fromMs: number; toMs: number; minMs: number; maxMs: number };

/** The region the list is kept to, if it is one. */
export function regionOf({ listed, minMs, maxMs }: DebugState): Region | null {
  if (listed === null || minMs === null || maxMs === null || minMs >= maxMs) return null;
  return { ...listed, minMs, maxMs };
}

type Answer = Pick<z.infer<typeof SliAnswer>, 'series'>;

const leastWeight = 0.02;

/**
 * How the values of one dimension differ between the runs of a region and all others of the time shown. `all` counts every
 * run; of the time of the region, `below` counts what took less than its shortest and `within` less than its longest.
 */
export function regionRows(
  dimension: ContrastDimension,
  all: Answer,
  within: Answer,
  below: Answer | null,
): ContrastRow[] {
  const counts = (answer: Answer | null, pick: 'good' | 'total') =>
    new Map(answer?.series.map(({ labels, summary }) => [labels[dimension] ?? '', summary[pick]]));
  const [everything, shorter, tooShort] = [
    counts(all, 'total'),
    counts(within, 'good'),
    counts(below, 'good'),
  ];
  const values = [...everything].map(([value, total]) => {
    const inside = Math.max(0, (shorter.get(value) ?? 0) - (tooShort.get(value) ?? 0));
    return { value, inside, outside: Math.max(0, total - inside) };
  });
  const sum = (pick: 'inside' | 'outside') => values.reduce((so, one) => so + one[pick], 0);
  const [inside, outside] = [sum('inside'), sum('outside')];
  return values
    .map((one): ContrastRow => {
      const badRatio = inside === 0 ? null : one.inside / inside;
      const goodRatio = outside === 0 ? null : one.outside / outside;
      return {
        dimension,
        value: one.value,
        badRatio,
        goodRatio,
        beforeRatio: null,
        runs: one.inside,
        isNew: false,
        weight: badRatio === null || goodRatio === null ? 0 : Math.abs(badRatio - goodRatio),
      };
    })
    .filter(({ weight }) => weight >= leastWeight);
}
