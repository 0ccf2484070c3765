import type { PriceBook } from './price-book.js';

/** Days within [from, to) on which a rate begins or ends: usage before and after must be priced apart. */
export function priceCuts(book: PriceBook, { from, to }: { from: Date; to: Date }): string[] {
  const [first, last] = [from.toISOString().slice(0, 10), to.toISOString().slice(0, 10)];
  const days = new Set<string>();
  for (const rates of book.rates.values())
    for (const rate of rates)
      for (const day of [rate.from, rate.to])
        if (day !== undefined && day > first && day <= last) days.add(day);
  for (const { from: day } of book.exchange)
    if (day !== undefined && day > first && day <= last) days.add(day);
  return [...days].sort();
}
