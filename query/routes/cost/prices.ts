import { BookAnswer } from '../../../schemas/cost/book-answer.js';
import type { ZodPlugin } from '../../../schemas/zod-http.js';
import type { PriceBook } from '../../cost/book/price-book.js';

/** The price book with rates of one's own, as amounts are made of it; asks nothing of the warehouse. */
export function pricesRoutes({ book }: { book: PriceBook }): ZodPlugin {
  const answer = answerOf(book);
  return async (app) => {
    const config = {
      needs: 'viewer',
      summary: 'Every rate of the price book, and where it was read',
    } as const;
    app.get('/api/v1/cost/prices', { schema: { response: { 200: BookAnswer } }, config }, async () => answer);
  };
}

function answerOf({ version, rates, sources }: PriceBook): BookAnswer {
  return {
    priceBook: version,
    rates: [...rates.values()].flat().map((rate) => {
      const source = sources.get(rate.sources[0] ?? '');
      return {
        provider: rate.provider,
        product: rate.product,
        dimension: rate.dimension,
        region: rate.region,
        arch: rate.arch ?? '',
        unit: rate.unit,
        price: rate.price,
        currency: rate.currency,
        tier: rate.tier === undefined ? null : `${rate.tier.from}-${rate.tier.to ?? ''}`,
        from: rate.from ?? null,
        to: rate.to ?? null,
        source:
          source === undefined
            ? null
            : { title: source.title, url: source.url, asOf: rate.asOf, verified: rate.verified },
      };
    }),
  };
}
