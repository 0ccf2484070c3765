import { ProblemError } from '../../schemas/problem.js';
import { scaled } from '../cost/exact/decimal-text.js';
import { readCostSteps } from '../cost/read-cost-steps.js';
import type { CostDimension } from '../cost/store/usage-sql.js';
import { type Dimension, tagOf } from './dimensions.js';
import type { Sli, SliQuestion } from './sli.js';

const inUsage = [
  'function',
  'environment',
  'version',
  'region',
  'team',
  'provider',
] as const satisfies readonly (Dimension & CostDimension)[];
const inRollups = ['alias', 'account', 'arch', 'trigger', 'outcome'] as const satisfies readonly (Dimension &
  CostDimension)[];
const ofRuns = ['product', 'feature', 'customer'] as const satisfies readonly (Dimension & CostDimension)[];
const others = [...inRollups, ...ofRuns] as const;
const all: readonly CostDimension[] = [...inUsage, ...others];

/** Money stays exact until the value of a step is printed. What a free grant or an agreement takes off is left aside. */
export const costPerMillion: Sli = {
  unit: 'usd',
  says: 'runs that ended ok, of all; the value is the list cost of a million runs in US dollars',
  dimensions: [...inUsage, ...inRollups],
  rowDimensions: ofRuns,
  kept: 'sums',
  takes: ['coldStarts'],
  adds: false,
  read: async (warehouse, question) => {
    const { from, to, stepMs, costs, now } = question;
    if (costs === null)
      throw new ProblemError('NO_PRICE', 'costPerMillion needs prices, and this process has none.');
    const { function: name, environment, version, region, team, provider } = question;
    const filter = { function: name, environment, version, region, team, provider };
    const tagKey = tagKeyOf(question);
    const groupBy = question.groupBy.map((group) => all.find((one) => one === group) ?? 'tag');
    const asked = { from, to, stepMs, filter, tagKey, groupBy, only: onlyOf(question) };
    const steps = await readCostSteps(warehouse, asked, costs, now);
    return steps.map(({ atMs, labels, invocations, good, costPerMillionUsd, missing }) => ({
      column: atMs,
      labels,
      good: Number(scaled(good, 0)),
      total: invocations,
      value: costPerMillionUsd === null ? null : Number(costPerMillionUsd),
      missing,
    }));
  },
};

function onlyOf(question: SliQuestion): { dimension: CostDimension; value: string }[] {
  const only: { dimension: CostDimension; value: string }[] = others.flatMap((dimension) => {
    const value = question[dimension];
    return value === null ? [] : [{ dimension, value }];
  });
  if (question.tagValue !== null) only.push({ dimension: 'tag', value: question.tagValue });
  if (question.cold !== null) only.push({ dimension: 'cold', value: String(question.cold) });
  return only;
}

/** Usage is read by one tag at a time. */
function tagKeyOf({ tagKey, groupBy }: SliQuestion): string {
  const keys = new Set([tagKey, ...groupBy.map(tagOf)].flatMap((key) => (key === null ? [] : [key])));
  if (keys.size > 1)
    throw new ProblemError(
      'BAD_REQUEST',
      `costPerMillion is known by one tag at a time, not by ${[...keys].join(' and ')} at once.`,
    );
  return [...keys][0] ?? '';
}
