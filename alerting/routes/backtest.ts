import type { Access } from '../../schemas/access.js';
import { BacktestAnswer, BacktestQuestion } from '../../schemas/alerting/backtest.js';
import { Problem } from '../../schemas/problem.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import { answerBacktest } from '../backtest/answer-question.js';

export type BacktestRouteDeps = { openTenant: (access: Access) => TenantWarehouse };

/** What would have been told, and when. */
export function backtestRoutes({ openTenant }: BacktestRouteDeps): ZodPlugin {
  return async (app) => {
    app.post(
      '/api/v1/slos/backtest',
      {
        config: { needs: 'viewer', summary: 'What an objective would have told over stored history' },
        schema: {
          body: BacktestQuestion,
          response: { 200: BacktestAnswer, 400: Problem, 404: Problem, 422: Problem },
        },
      },
      async ({ body, access }) => await answerBacktest(openTenant(access), body),
    );
  };
}
