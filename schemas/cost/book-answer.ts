import { z } from 'zod';
import { PriceSourceAnswer } from './price.js';

/** The answer of GET /api/v1/cost/prices: the price book this installation prices with. */
export const BookAnswer = z
  .object({
    priceBook: z.string().meta({ description: 'Its version' }),
    rates: z.array(
      z.object({
        provider: z.string(),
        product: z.string(),
        dimension: z.string(),
        region: z.string(),
        arch: z.string().meta({ description: 'Empty: all cost the same' }),
        unit: z.string(),
        price: z.string().meta({ description: 'Decimal, of one unit' }),
        currency: z.string(),
        tier: z.string().nullable().meta({ description: "The month's units it is for, as from-to" }),
        from: z.string().nullable(),
        to: z.string().nullable(),
        source: PriceSourceAnswer.nullable(),
      }),
    ),
  })
  .meta({ id: 'PriceBook' });
export type BookAnswer = z.infer<typeof BookAnswer>;
