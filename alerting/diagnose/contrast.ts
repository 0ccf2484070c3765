import type { Contrast } from '../../schemas/alerting/diagnosis.js';

/** Runs that have one value of one dimension. */
export type ValueCounts = { dimension: string; value: string; bad: number; total: number; isNew: boolean };

/** A value must be common among the failures, and rarer among what went well, to explain anything. */
const leastBadShare = 0.5;
const leastDifference = 0.2;
const fewestBad = 2;
const mostContrasts = 6;

/** What failed runs have in common that good ones have not, the strongest first. */
export function contrastsOf(counts: readonly ValueCounts[], all: { bad: number; total: number }): Contrast[] {
  const good = all.total - all.bad;
  return counts
    .map(({ dimension, value, bad, total, isNew }): Contrast => {
      const share = (part: number, whole: number) =>
        whole <= 0 ? 0 : Math.min(1, Math.max(0, part / whole));
      return {
        dimension,
        value,
        badShareRatio: share(bad, all.bad),
        goodShareRatio: share(total - bad, good),
        bad: Math.max(0, Math.round(bad)),
        total: Math.max(0, Math.round(total)),
        isNew,
      };
    })
    .filter(
      ({ bad, badShareRatio, goodShareRatio }) =>
        bad >= fewestBad &&
        badShareRatio >= leastBadShare &&
        badShareRatio - goodShareRatio >= leastDifference,
    )
    .sort((one, other) => strength(other) - strength(one) || (one.dimension < other.dimension ? -1 : 1))
    .slice(0, mostContrasts);
}

/** The difference of shares; what was not there before weighs more, since it can be the change itself. */
function strength({ badShareRatio, goodShareRatio, isNew }: Contrast): number {
  return badShareRatio - goodShareRatio + (isNew ? 0.5 : 0);
}

const words: Readonly<Record<string, string>> = {
  version: 'version',
  region: 'region',
  trigger: 'trigger',
  error: 'error',
  dependency: 'calls to',
  cold: 'start',
  function: 'function',
  environment: 'environment',
};

/** The explanation in one line. */
export function sentenceOf(
  contrasts: readonly Contrast[],
  brokeFirst: { kind: 'dependency' | 'function'; name: string } | null,
): string {
  const percent = (ratio: number) => `${Math.round(ratio * 100)} %`;
  const dependency = brokeFirst?.kind === 'dependency' ? `${brokeFirst.name} broke first. ` : '';
  const [first, ...others] = contrasts.filter(({ dimension }) => dimension !== 'error');
  const error = contrasts.find(({ dimension }) => dimension === 'error');
  const of = error === undefined ? '' : ` with ${error.value}`;
  if (first === undefined)
    return error === undefined
      ? `${dependency}No dimension sets the failures apart from what goes well.`
      : `${dependency}${percent(error.badShareRatio)} of the failures are ${error.value}.`;
  const named = ({ dimension, value, isNew }: Contrast) =>
    `${words[dimension] ?? dimension} ${value}${isNew ? ' (new)' : ''}`;
  const second =
    others[0] === undefined ? '' : `, and ${percent(others[0].badShareRatio)} ${named(others[0])}`;
  return `${dependency}${percent(first.badShareRatio)} of the failures${of} have ${named(first)}${second}; of good runs ${percent(first.goodShareRatio)} do.`;
}
