import type { Rate } from '../../../schemas/cost/price-file.js';
import { decimalText } from '../exact/decimal-text.js';
import { decimal, multiply } from '../exact/rational.js';
import type { PriceBook } from './price-book.js';

export type InUsd = { kind: 'usd'; tiers: readonly Rate[] } | { kind: 'missing'; message: string };

/** Rates in dollars, by the exchange rate configured for that day. Without one nothing is made up. */
export function inUsd(book: PriceBook, tiers: readonly Rate[], at: Date): InUsd {
  const foreign = tiers.find(({ currency }) => currency !== 'USD')?.currency;
  if (foreign === undefined) return { kind: 'usd', tiers };
  const day = at.toISOString().slice(0, 10);
  const exchange = book.exchange
    .filter(({ currency, from }) => currency === foreign && (from === undefined || from <= day))
    .sort((a, b) => ((a.from ?? '') < (b.from ?? '') ? 1 : -1))
    .at(0);
  if (exchange === undefined)
    return {
      kind: 'missing',
      message: `No exchange rate of ${foreign} is set for ${day}; set one under cost.exchange.`,
    };
  const usd = decimal(exchange.usd);
  return {
    kind: 'usd',
    tiers: tiers.map((rate) =>
      rate.currency === 'USD'
        ? rate
        : { ...rate, currency: 'USD', price: decimalText(multiply(decimal(rate.price), usd), 24) },
    ),
  };
}
