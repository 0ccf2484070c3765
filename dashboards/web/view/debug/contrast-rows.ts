import type { z } from 'zod';
import type { SliAnswer } from '../../../../schemas/sli.js';

/** What runs can differ in; each is one question, asked only when the reader wants to know. */
export const contrastDimensions = [
  'version',
  'region',
  'trigger',
  'alias',
  'arch',
  'account',
  'errorType',
  'customer',
] as const;
export type ContrastDimension = (typeof contrastDimensions)[number];

export const contrastWords: Readonly<Record<ContrastDimension, string>> = {
  version: 'version',
  region: 'region',
  trigger: 'trigger',
  alias: 'alias',
  arch: 'architecture',
  account: 'account',
  errorType: 'error',
  customer: 'customer',
};

export type ContrastRow = {
  dimension: ContrastDimension;
  value: string;
  /** Shares of the bad runs inside, of the good ones inside, and of all runs of the time before; null of none. */
  badRatio: number | null;
  goodRatio: number | null;
  beforeRatio: number | null;
  runs: number;
  /** Runs have it now and none had it before. */
  isNew: boolean;
  /** How much it sets apart what is looked at, 0 to 1. */
  weight: number;
};

type Answer = Pick<z.infer<typeof SliAnswer>, 'series'>;

const leastWeight = 0.02;

/**
 * How the values of one dimension differ: between bad and good runs of the window, and between it and the time before.
 * A dimension with one value everywhere tells nothing and gives no rows.
 */
export function contrastRows(dimension: ContrastDimension, { series }: Answer): ContrastRow[] {
  const values = series.map(({ labels, summary, compared }) => ({
    value: labels[dimension] ?? '',
    good: summary.good,
    bad: Math.max(0, summary.total - summary.good),
    before: compared?.total ?? 0,
  }));
  const sum = (pick: (one: (typeof values)[number]) => number) =>
    values.reduce((all, one) => all + pick(one), 0);
  const [bad, good, before] = [sum((one) => one.bad), sum((one) => one.good), sum((one) => one.before)];
  const share = (part: number, all: number) => (all === 0 ? null : part / all);
  return (
    values
      .map((one): ContrastRow => {
        const badRatio = share(one.bad, bad);
        const goodRatio = share(one.good, good);
        const beforeRatio = share(one.before, before);
        const now = share(one.good + one.bad, good + bad);
        const apart = badRatio === null || goodRatio === null ? 0 : Math.abs(badRatio - goodRatio);
        const changed = now === null || beforeRatio === null ? 0 : Math.abs(now - beforeRatio);
        return {
          dimension,
          value: one.value,
          badRatio,
          goodRatio,
          beforeRatio,
          runs: one.good + one.bad,
          isNew: before > 0 && one.before === 0,
          weight: Math.max(apart, changed),
        };
      })
      // That good runs have no error sets nothing apart.
      .filter(
        ({ value, weight, runs }) =>
          weight >= leastWeight && runs > 0 && !(dimension === 'errorType' && value === ''),
      )
  );
}

/** Of all dimensions together, what sets the window apart most. */
export function strongest(rows: readonly ContrastRow[], most: number): ContrastRow[] {
  return [...rows]
    .sort(
      (one, other) =>
        other.weight - one.weight || other.runs - one.runs || (one.dimension < other.dimension ? -1 : 1),
    )
    .slice(0, most);
}
