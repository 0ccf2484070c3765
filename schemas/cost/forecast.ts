import { z } from 'zod';

const usd = z.string();

const Backtest = z
  .object({
    forecasts: z.number().int().meta({ description: 'How many past days the same method was tried from' }),
    meanErrorRatio: z.number().meta({ description: 'Mean of |forecast / actual - 1|' }),
    horizonDays: z.number().int(),
  })
  .meta({ id: 'ForecastBacktest' });

/** The answer of GET /api/v1/cost/forecast. */
export const ForecastAnswer = z
  .object({
    cycle: z.object({ from: z.iso.datetime(), to: z.iso.datetime() }),
    at: z.iso.datetime(),
    spentUsd: usd.meta({ description: 'Since the cycle began' }),
    forecastUsd: usd
      .nullable()
      .meta({ description: 'At the end of the cycle; null without a whole day of history' }),
    lowUsd: usd
      .nullable()
      .meta({ description: 'Eight of ten past forecasts would have been at or above it' }),
    highUsd: usd.nullable(),
    method: z.string(),
    backtest: Backtest.nullable().meta({
      description: 'Null while the history is too short to try it on the past',
    }),
    days: z.array(z.object({ day: z.string(), costUsd: usd, isForecast: z.boolean() })),
    priceBook: z.string(),
  })
  .meta({ id: 'CostForecast' });
export type ForecastAnswer = z.infer<typeof ForecastAnswer>;

export const BudgetRow = z
  .object({
    name: z.string(),
    team: z.string().nullable(),
    environment: z.string().nullable(),
    function: z.string().nullable(),
    limitUsd: usd,
    spentUsd: usd,
    remainingUsd: usd,
    spentRatio: z.number(),
    paceRatio: z.number().nullable().meta({
      description:
        'Spent so far over what an even pace would have spent; above 1 the budget ends before the cycle',
    }),
    forecastUsd: usd.nullable(),
    lowUsd: usd.nullable(),
    highUsd: usd.nullable(),
    endsAt: z.iso
      .datetime()
      .nullable()
      .meta({ description: 'When it is spent at the forecast pace, within the cycle' }),
    status: z.enum(['ok', 'at risk', 'over']),
  })
  .meta({ id: 'CostBudget' });
export type BudgetRow = z.infer<typeof BudgetRow>;

/** The answer of GET /api/v1/cost/budgets. */
export const BudgetsAnswer = z
  .object({
    cycle: z.object({ from: z.iso.datetime(), to: z.iso.datetime() }),
    at: z.iso.datetime(),
    budgets: z.array(BudgetRow),
    priceBook: z.string(),
  })
  .meta({ id: 'CostBudgets' });
export type BudgetsAnswer = z.infer<typeof BudgetsAnswer>;
