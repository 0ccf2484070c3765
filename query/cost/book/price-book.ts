import type { Grant, PriceFile, PriceSource, Rate, RegionTier } from '../../../schemas/cost/price-file.js';

/** Rates by what they are for, with where each was read. Made once; every priced amount names its version. */
export type PriceBook = {
  version: string;
  /** By `rateKey`. */
  rates: ReadonlyMap<string, readonly Rate[]>;
  grants: readonly Grant[];
  regionTiers: readonly RegionTier[];
  sources: ReadonlyMap<string, PriceSource>;
  /** Dollars for one unit of other currencies, from a day on. */
  exchange: readonly ExchangeRate[];
  /** A rate read this many days before or after the usage is called stale. */
  staleAfterDays: number;
};

export type ExchangeRate = { currency: string; usd: string; from?: string | undefined };

export type RateSubject = { provider: string; product: string; dimension: string };

export function rateKey({ provider, product, dimension }: RateSubject): string {
  return `${provider}/${product}/${dimension}`;
}

/** Later files win where they price the same thing at the same time. */
export function makePriceBook(
  files: readonly PriceFile[],
  { staleAfterDays, exchange }: Pick<PriceBook, 'staleAfterDays' | 'exchange'>,
): PriceBook {
  const rates = new Map<string, Rate[]>();
  const sources = new Map<string, PriceSource>();
  for (const file of files) {
    for (const [name, source] of Object.entries(file.sources)) sources.set(name, source);
    for (const rate of file.rates) {
      const key = rateKey(rate);
      const known = rates.get(key);
      if (known === undefined) rates.set(key, [rate]);
      else known.push(rate);
    }
  }
  return {
    version: versionOf(files),
    rates,
    grants: files.flatMap(({ grants }) => grants),
    regionTiers: files.flatMap(({ regionTiers }) => regionTiers),
    sources,
    exchange,
    staleAfterDays,
  };
}

/** The newest day any rate was read, and a fingerprint of all of them: the same prices have the same version. */
function versionOf(files: readonly PriceFile[]): string {
  const all = files.flatMap((file) => file.rates);
  const newest = all.reduce((day, { asOf }) => (asOf !== null && asOf > day ? asOf : day), '0000-00-00');
  return `${newest}.${fingerprint(JSON.stringify([all, files.map(({ grants }) => grants)]))}`;
}

/** FNV-1a of 32 bits: tells books apart, no more. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}
