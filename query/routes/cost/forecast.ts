import { z } from 'zod';
import { AnomaliesAnswer } from '../../../schemas/cost/anomalies.js';
import { BudgetsAnswer, ForecastAnswer } from '../../../schemas/cost/forecast.js';
import { Problem } from '../../../schemas/problem.js';
import type { ZodPlugin } from '../../../schemas/zod-http.js';
import { cycleOf } from '../../cost/analysis/cycle.js';
import { findAnomalies, usualRule } from '../../cost/analysis/find-anomalies.js';
import { decimalText } from '../../cost/exact/decimal-text.js';
import type { Rational } from '../../cost/exact/rational.js';
import { readBudgets } from '../../cost/read-budgets.js';
import { readForecast } from '../../cost/read-forecast.js';
import { readPricedCells } from '../../cost/read-priced-cells.js';
import { maxWindowMs } from '../../functions/window-of.js';
import { askedWindow, filterQuery, windowQuery } from '../asked-window.js';
import { askedFilter } from './asked-filter.js';
import type { CostRouteDeps } from './attribution.js';

const filters = {
  function: filterQuery('function'),
  environment: filterQuery('environment'),
  team: filterQuery('team'),
};
const Filters = z.object(filters);
const AnomalyQuery = z.object({ ...windowQuery, ...filters });

const dayMs = 86_400_000;
const usualWindowMs = 900_000;
const method = 'mean of the last seven days, times how each weekday differs from its week over four weeks';

const textOf = (amount: Rational | null) => (amount === null ? null : decimalText(amount));

/** What the cycle will cost, how budgets stand, and what costs far more than it did. */
export function forecastRoutes({ now, openTenant, ...deps }: CostRouteDeps): ZodPlugin {
  const priceBook = deps.books.list.version;
  return async (app) => {
    const config = (summary: string) => ({ needs: 'viewer', summary }) as const;
    app.get(
      '/api/v1/cost/forecast',
      {
        schema: { querystring: Filters, response: { 200: ForecastAnswer, 400: Problem, 422: Problem } },
        config: config('What the billing cycle will have cost, with an interval and its error on the past'),
      },
      async ({ query, access }) => {
        const at = now();
        const made = await readForecast(openTenant(access), askedFilter(query), deps, at);
        return {
          cycle: { from: made.cycle.from.toISOString(), to: made.cycle.to.toISOString() },
          at: at.toISOString(),
          spentUsd: decimalText(made.spent),
          forecastUsd: textOf(made.total),
          lowUsd: textOf(made.low),
          highUsd: textOf(made.high),
          method,
          backtest: made.backtest,
          days: made.days.map(({ day, cost, isForecast }) => ({
            day,
            costUsd: decimalText(cost),
            isForecast,
          })),
          priceBook,
        };
      },
    );
    app.get(
      '/api/v1/cost/budgets',
      {
        schema: { response: { 200: BudgetsAnswer, 422: Problem } },
        config: config('Configured budgets: spent, forecast and when they end'),
      },
      async ({ access }) => {
        const at = now();
        const { from, to } = cycleOf(at, deps.settings.cycleDay);
        const budgets = await readBudgets(openTenant(access), deps, at);
        return {
          cycle: { from: from.toISOString(), to: to.toISOString() },
          at: at.toISOString(),
          budgets,
          priceBook,
        };
      },
    );
    app.get(
      '/api/v1/cost/anomalies',
      {
        schema: { querystring: AnomalyQuery, response: { 200: AnomaliesAnswer, 400: Problem, 422: Problem } },
        config: config(
          'Functions that cost far more than the day before, with why; by default of the last quarter of an hour',
        ),
      },
      async ({ query, access }) => {
        const at = now();
        const asked =
          query.from === undefined && query.windowMs === undefined
            ? { ...query, windowMs: usualWindowMs }
            : query;
        const window = askedWindow(asked, at, maxWindowMs);
        const baseline = { from: new Date(window.from.getTime() - dayMs), to: window.from };
        const filter = askedFilter(query);
        const [read, before] = await Promise.all([
          readPricedCells(openTenant(access), { ...window, filter }, deps, at),
          readPricedCells(openTenant(access), { ...baseline, filter }, deps, at),
        ]);
        const lengths = { windowMs: window.to.getTime() - window.from.getTime(), baselineMs: dayMs };
        return {
          from: window.from.toISOString(),
          to: window.to.toISOString(),
          baseline: { from: baseline.from.toISOString(), to: baseline.to.toISOString() },
          anomalies: findAnomalies(read.priced, before.priced, lengths, usualRule),
          priceBook,
        };
      },
    );
  };
}
