import type { Rate } from '../../../schemas/cost/price-file.js';
import { compare, decimal } from '../exact/rational.js';
import { isConfigured } from './own-rates.js';
import type { PriceBook } from './price-book.js';

export type BookFinding = {
  /** `wrong` is a mistake in the book; the others are things to know. */
  kind: 'wrong' | 'stale' | 'unverified';
  message: string;
};

const dayMs = 86_400_000;

/** What somebody who relies on the price book should know of it today. */
export function checkBook(book: PriceBook, now: Date): BookFinding[] {
  return [...book.rates.values()].flatMap((rates) => [
    ...rates.flatMap((rate) => findingsOf(book, rate, now)),
    ...gaps(rates),
  ]);
}

function findingsOf(book: PriceBook, rate: Rate, now: Date): BookFinding[] {
  const what = nameOf(rate);
  const found: BookFinding[] = [];
  for (const source of rate.sources)
    if (!book.sources.has(source))
      found.push({ kind: 'wrong', message: `${what}: source "${source}" is not described` });
  if (rate.to !== undefined && (rate.from ?? '') >= rate.to)
    found.push({ kind: 'wrong', message: `${what}: ends (${rate.to}) before it begins` });
  if (isConfigured(rate)) return found;
  if (!rate.verified) found.push({ kind: 'unverified', message: `${what}: one transcription only` });
  const days = rate.asOf === null ? null : Math.floor((now.getTime() - Date.parse(rate.asOf)) / dayMs);
  if (days === null) found.push({ kind: 'stale', message: `${what}: when it was read is not known` });
  else if (days > book.staleAfterDays)
    found.push({ kind: 'stale', message: `${what}: read on ${rate.asOf}, ${days} days ago` });
  return found;
}

/** Tiers of one price must follow on one another. */
function gaps(rates: readonly Rate[]): BookFinding[] {
  const groups = new Map<string, Rate[]>();
  for (const rate of rates) {
    const key = `${rate.region} ${rate.arch ?? ''} ${rate.sources.join()}`;
    groups.set(key, [...(groups.get(key) ?? []), rate]);
  }
  return [...groups.values()].flatMap((group) => {
    const tiers = group.filter(({ tier }) => tier !== undefined);
    tiers.sort((a, b) => compare(decimal(a.tier?.from ?? '0'), decimal(b.tier?.from ?? '0')));
    return tiers.flatMap((rate, index): BookFinding[] => {
      const next = tiers[index + 1];
      if (next === undefined || rate.tier?.to === next.tier?.from) return [];
      return [
        { kind: 'wrong', message: `${nameOf(next)}: its tier does not begin where the one before ends` },
      ];
    });
  });
}

function nameOf({ provider, product, dimension, region, arch }: Rate): string {
  return `${provider}/${product} ${dimension} ${region}${arch === undefined ? '' : ` ${arch}`}`;
}
