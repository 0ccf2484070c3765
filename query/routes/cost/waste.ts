import { z } from 'zod';
import { RightsizingAnswer } from '../../../schemas/cost/rightsizing.js';
import { WasteAnswer } from '../../../schemas/cost/waste.js';
import { Problem } from '../../../schemas/problem.js';
import type { ZodPlugin } from '../../../schemas/zod-http.js';
import { byFunction } from '../../cost/analysis/by-function.js';
import { findWaste, type ProvisionedUse } from '../../cost/analysis/find-waste.js';
import { rightsize } from '../../cost/analysis/rightsize.js';
import { standingLines } from '../../cost/attribution/standing-lines.js';
import { add, compareDecimals, multiply, zero } from '../../cost/exact/rational.js';
import { cellPricing, readPricedCells } from '../../cost/read-priced-cells.js';
import { longWindowMs } from '../../functions/window-of.js';
import { askedWindow, filterQuery, windowQuery } from '../asked-window.js';
import { askedFilter } from './asked-filter.js';
import type { CostRouteDeps } from './attribution.js';

const Query = z.object({
  ...windowQuery,
  function: filterQuery('function'),
  environment: filterQuery('environment'),
  team: filterQuery('team'),
});

const monthMs = 30 * 86_400_000;

/** Money spent without use, and sizes that would cost less; over the last 30 days unless asked otherwise. */
export function wasteRoutes({ now, openTenant, ...deps }: CostRouteDeps): ZodPlugin {
  return async (app) => {
    const config = (summary: string) => ({ needs: 'viewer', summary }) as const;
    app.get(
      '/api/v1/cost/waste',
      {
        schema: { querystring: Query, response: { 200: WasteAnswer, 400: Problem, 422: Problem } },
        config: config('Money spent without use, by function'),
      },
      async ({ query, access }) => {
        const window = askedWindow(withMonth(query), now(), longWindowMs);
        const read = await readPricedCells(
          openTenant(access),
          { ...window, filter: askedFilter(query) },
          deps,
          now(),
        );
        const rows = [...byFunction(read.priced).values()].map(({ of, cells }) =>
          findWaste(of, cells, provisionedOf(of, read.parts)),
        );
        const found = rows.filter(({ items }) => items.length > 0);
        found.sort((a, b) => compareDecimals(b.items[0]?.costUsd ?? '0', a.items[0]?.costUsd ?? '0'));
        return { ...describe(read.parts), rows: found, notes: read.notes() };
      },
    );
    app.get(
      '/api/v1/cost/rightsizing',
      {
        schema: { querystring: Query, response: { 200: RightsizingAnswer, 400: Problem, 422: Problem } },
        config: config('Memory sizes that would cost less, judged only by sizes that really ran'),
      },
      async ({ query, access }) => {
        const window = askedWindow(withMonth(query), now(), longWindowMs);
        const read = await readPricedCells(
          openTenant(access),
          { ...window, filter: askedFilter(query) },
          deps,
          now(),
        );
        const sized = read.priced.filter(({ cell }) => cell.memory_mb > 0);
        const rows = [...byFunction(sized).values()].map(({ of, cells }) => rightsize(of, cells));
        rows.sort((a, b) => compareDecimals(b.savingUsd ?? '0', a.savingUsd ?? '0'));
        return { ...describe(read.parts), rows };
      },
    );
  };

  function describe({ from, to }: { from: Date; to: Date }) {
    return { from: from.toISOString(), to: to.toISOString(), priceBook: deps.books.list.version };
  }

  function provisionedOf(
    of: { function: string; environment: string },
    window: { from: Date; to: Date },
  ): ProvisionedUse | null {
    const { pricing } = cellPricing(deps, window.from);
    const lines = standingLines(
      deps.settings.provisioned,
      window,
      [],
      window.to.getTime() - window.from.getTime(),
      (entry) =>
        entry.function === of.function && (entry.environment === '' || entry.environment === of.environment),
    );
    if (lines.length === 0) return null;
    let use: ProvisionedUse = { cost: zero, gbS: zero };
    for (const { line, month, at } of lines) {
      const price = pricing.of(line, month, at);
      const cost = price === null ? zero : multiply(line.quantity, price.perUnit);
      use = { cost: add(use.cost, cost), gbS: add(use.gbS, line.quantity) };
    }
    return use;
  }
}

function withMonth<Query extends { from?: Date | undefined; windowMs?: number | undefined }>(
  query: Query,
): Query {
  return query.from === undefined && query.windowMs === undefined ? { ...query, windowMs: monthMs } : query;
}
