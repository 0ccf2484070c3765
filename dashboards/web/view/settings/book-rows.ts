import type { BookAnswer } from '../../../../schemas/cost/book-answer.js';

export type BookRate = BookAnswer['rates'][number];

/** Providers of a price book, each with how many rates it has. */
export function providersOf(rates: readonly BookRate[]): { provider: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { provider } of rates) counts.set(provider, (counts.get(provider) ?? 0) + 1);
  return [...counts].map(([provider, count]) => ({ provider, count }));
}

/** Rates that have every word somewhere. */
export function matchingRates(rates: readonly BookRate[], text: string): BookRate[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return rates.filter((rate) => {
    const haystack = [
      rate.provider,
      rate.product,
      rate.dimension,
      rate.region,
      rate.arch,
      rate.unit,
      rate.price,
      rate.source?.title ?? '',
    ]
      .join(' ')
      .toLowerCase();
    return words.every((word) => haystack.includes(word));
  });
}

/** When a rate is in force: "from 2025-08-01", "2024-01-01 until 2025-08-01". */
export function inForceText({ from, to }: Pick<BookRate, 'from' | 'to'>): string {
  if (from === null && to === null) return '';
  if (to === null) return `from ${from}`;
  return from === null ? `until ${to}` : `${from} until ${to}`;
}
