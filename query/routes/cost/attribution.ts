import { z } from 'zod';
import { CostAnswer, CostBasis } from '../../../schemas/cost/attribution.js';
import { Problem } from '../../../schemas/problem.js';
import type { ZodPlugin } from '../../../schemas/zod-http.js';
import type { CostDeps } from '../../cost/cost-deps.js';
import { type CostQuestion, readCost } from '../../cost/read-cost.js';
import { type CostDimension, costDimensions } from '../../cost/store/usage-sql.js';
import { longWindowMs } from '../../functions/window-of.js';
import { askedWindow, filterQuery, windowQuery } from '../asked-window.js';
import type { ReadDeps } from '../read-deps.js';
import { askedFilter } from './asked-filter.js';

const tagPrefix = 'tag:';

/** `tag:KEY` groups by a configured tag; of those one can be asked for at a time. */
const GroupBy = z
  .string()
  .max(300)
  .transform((text) => (text === '' ? [] : text.split(',').map((name) => name.trim())))
  .transform((names, context) => {
    const tagKeys = names
      .filter((name) => name.startsWith(tagPrefix))
      .map((name) => name.slice(tagPrefix.length));
    const known = names.map((name) => (name.startsWith(tagPrefix) ? 'tag' : name));
    const dimensions = known.filter((name): name is CostDimension =>
      costDimensions.some((one) => one === name),
    );
    const wrong = known.find((name) => !costDimensions.some((one) => one === name));
    if (wrong === undefined && new Set(known).size === known.length && known.length <= 4)
      return { dimensions, tagKey: tagKeys[0] ?? '' };
    const message =
      wrong === undefined
        ? 'at most four different dimensions, and one tag'
        : `"${wrong.slice(0, 40)}" is none of ${costDimensions.join(', ')}; a tag is asked for as tag:KEY`;
    context.issues.push({ code: 'custom', message, input: names });
    return z.NEVER;
  });

const costQuery = {
  ...windowQuery,
  groupBy: GroupBy.default({ dimensions: ['function'], tagKey: '' }).meta({
    description: `Up to four of ${costDimensions.join(', ')}, separated by commas; tag:KEY for a configured tag`,
  }),
  basis: CostBasis.default('list').meta({
    description:
      'list: price page, first tier; average: tiers, free grant and agreed rates spread over all the payer used in the month; marginal: what the next unit costs',
  }),
  function: filterQuery('function'),
  environment: filterQuery('environment'),
  version: filterQuery('version'),
  team: filterQuery('team'),
  provider: filterQuery('provider'),
  region: filterQuery('region'),
};

const Query = z.object(costQuery);
export type CostRouteDeps = ReadDeps & CostDeps;

/** A request as a question, in a window of up to 800 days. */
function costQuestion(query: z.output<typeof Query>, now: Date): CostQuestion {
  return {
    ...askedWindow(query, now, longWindowMs),
    groupBy: query.groupBy.dimensions,
    tagKey: query.groupBy.tagKey,
    basis: query.basis,
    filter: askedFilter(query),
  };
}

/** Cost by whatever it is asked by; the rows add up to the total exactly. */
export function attributionRoutes({ now, openTenant, ...deps }: CostRouteDeps): ZodPlugin {
  return async (app) => {
    const schema = { querystring: Query, response: { 200: CostAnswer, 400: Problem, 422: Problem } };
    const config = {
      needs: 'viewer',
      summary: 'What usage cost, split by labels and opened into lines',
    } as const;
    app.get('/api/v1/cost', { schema, config }, async ({ query, access }) =>
      readCost(openTenant(access), costQuestion(query, now()), deps, now()),
    );
  };
}
