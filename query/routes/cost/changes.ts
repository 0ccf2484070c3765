import { z } from 'zod';
import { ChangesAnswer } from '../../../schemas/cost/changes.js';
import { Instant } from '../../../schemas/instant.js';
import { Problem, ProblemError } from '../../../schemas/problem.js';
import type { ZodPlugin } from '../../../schemas/zod-http.js';
import { type PricedCell, priceCells } from '../../cost/analysis/priced-cell.js';
import { printChanges } from '../../cost/analysis/print-changes.js';
import { splitChange } from '../../cost/analysis/split-change.js';
import { cellPricing, readPricedCells } from '../../cost/read-priced-cells.js';
import { longWindowMs } from '../../functions/window-of.js';
import { askedWindow, filterQuery, windowQuery } from '../asked-window.js';
import { askedFilter } from './asked-filter.js';
import type { CostRouteDeps } from './attribution.js';

const dimensions = [
  'function',
  'environment',
  'team',
  'version',
  'alias',
  'provider',
  'region',
  'arch',
] as const;

const Query = z.object({
  ...windowQuery,
  beforeFrom: Instant.optional(),
  beforeTo: Instant.optional(),
  groupBy: z
    .string()
    .transform((text) => (text === '' ? [] : text.split(',')))
    .pipe(z.array(z.enum(dimensions)).max(4))
    .default(['function'])
    .meta({ description: `Up to four of ${dimensions.join(', ')}` }),
  function: filterQuery('function'),
  environment: filterQuery('environment'),
  version: filterQuery('version'),
  team: filterQuery('team'),
  provider: filterQuery('provider'),
  region: filterQuery('region'),
});

/** Why cost changed between two windows; by default the one asked for and as long a one before it. */
export function changesRoutes({ now, openTenant, ...deps }: CostRouteDeps): ZodPlugin {
  return async (app) => {
    const schema = { querystring: Query, response: { 200: ChangesAnswer, 400: Problem, 422: Problem } };
    const config = {
      needs: 'viewer',
      summary: 'Why cost changed between two windows, split by cause',
    } as const;
    app.get('/api/v1/cost/changes', { schema, config }, async ({ query, access }) => {
      const at = now();
      const window = askedWindow(query, at, longWindowMs);
      const lengthMs = window.to.getTime() - window.from.getTime();
      const beforeTo = query.beforeTo ?? window.from;
      const beforeFrom = query.beforeFrom ?? new Date(Math.max(0, beforeTo.getTime() - lengthMs));
      if (beforeFrom >= beforeTo) throw new ProblemError('BAD_REQUEST', 'beforeFrom must be before beforeTo');
      const filter = askedFilter(query);
      const warehouse = openTenant(access);
      const [before, after] = await Promise.all([
        readPricedCells(warehouse, { from: beforeFrom, to: beforeTo, filter }, deps, at),
        readPricedCells(warehouse, { ...window, filter }, deps, at),
      ]);
      const atOldRates = priceCells(after.cells, cellPricing(deps, before.parts.from));
      const { groupBy } = query;
      const groups = [before.priced, after.priced, atOldRates].map((cells) => grouped(cells, groupBy));
      const keys = new Set(groups.flatMap((group) => [...group.keys()]));
      const changes = [...keys].map((key) => {
        const [old, fresh, repriced] = groups.map((group) => group.get(key) ?? []);
        const first = fresh?.[0] ?? old?.[0];
        return {
          labels: Object.fromEntries(groupBy.map((name) => [name, first?.cell[name] ?? ''])),
          change: splitChange(old ?? [], fresh ?? [], repriced ?? []),
        };
      });
      return {
        before: { from: before.parts.from.toISOString(), to: before.parts.to.toISOString() },
        after: { from: after.parts.from.toISOString(), to: after.parts.to.toISOString() },
        groupBy,
        priceBook: deps.books.list.version,
        ...printChanges(changes),
        notes: after.notes(),
      };
    });
  };
}

function grouped(
  cells: readonly PricedCell[],
  groupBy: readonly (typeof dimensions)[number][],
): Map<string, PricedCell[]> {
  const groups = new Map<string, PricedCell[]>();
  for (const one of cells) {
    const key = JSON.stringify(groupBy.map((name) => one.cell[name]));
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [one]);
    else known.push(one);
  }
  return groups;
}
