import { PriceAnswer, PriceRequest } from '../../../schemas/cost/price.js';
import { Problem, ProblemError } from '../../../schemas/problem.js';
import type { ZodPlugin } from '../../../schemas/zod-http.js';
import type { PriceBook } from '../../cost/book/price-book.js';
import { priceRequest } from '../../cost/pricing/price-request.js';

export type PriceRouteDeps = { now: () => Date; book: PriceBook };

/** Prices described usage; asks nothing of the warehouse. */
export function priceRoutes({ now, book }: PriceRouteDeps): ZodPlugin {
  return async (app) => {
    const schema = { body: PriceRequest, response: { 200: PriceAnswer, 400: Problem } };
    const config = { needs: 'viewer', summary: 'What usage or like runs would cost, line by line' } as const;
    app.post('/api/v1/cost/price', { schema, config }, async ({ body }) => {
      const verdict = priceRequest(book, body, now());
      if (verdict.kind === 'refused') throw new ProblemError('BAD_REQUEST', verdict.reason);
      return verdict.answer;
    });
  };
}
