import { maxWindowMs } from '../functions/window-of.js';
import { addUp } from './add-up.js';
import { invocationDimensions, rowDimensions } from './dimensions.js';
import { readCovered } from './read-covered.js';
import { readSums } from './read-sums.js';
import type { Counted, Sli, SliQuestion } from './sli.js';

/** The provider's count where it tells one: a throttled call reaches no code that could tell of it. */
export const throttle: Sli = {
  unit: 'ratio',
  says: 'not throttled, of all calls; by the provider’s own count of a function where it tells one',
  dimensions: invocationDimensions,
  rowDimensions,
  kept: 'sums',
  takes: ['coldStarts'],
  // In steps shorter than a minute only what was seen is known.
  adds: false,
  read: async (warehouse, question) => {
    const [sums, covered] = await Promise.all([
      readSums(warehouse, question),
      isOfFunctions(question) ? readCovered(warehouse, question) : [],
    ]);
    const counted = addUp(
      covered.flatMap(({ column, labels, reading, throttles }): Counted[] => {
        if (throttles === null || reading.kind === 'no-data') return [];
        return [{ column, labels, good: reading.total, total: reading.total + throttles }];
      }),
    );
    const known = new Set(counted.map(({ column, labels }) => JSON.stringify([column, labels])));
    const seen = sums
      .filter(({ column, labels }) => !known.has(JSON.stringify([column, labels])))
      .map(({ column, labels, n, throttles }) => ({ column, labels, good: n - throttles, total: n }));
    return [...counted, ...seen];
  },
};

/** A provider counts one function as a whole: of several at once, some may not be counted at all. */
function isOfFunctions(question: SliQuestion): boolean {
  const { from, to, function: name, environment, groupBy, cold, fromRows } = question;
  const { version, region, team, provider, alias, platform, account, arch, trigger } = question;
  const others = [version, region, team, provider, alias, platform, account, arch, trigger, cold];
  return (
    !fromRows &&
    others.every((one) => one === null) &&
    groupBy.every((group) => group === 'function' || group === 'environment') &&
    (name !== null || groupBy.includes('function')) &&
    (environment !== null || groupBy.includes('environment') || name !== null) &&
    to.getTime() - from.getTime() <= maxWindowMs &&
    question.stepMs % 60_000 === 0
  );
}
