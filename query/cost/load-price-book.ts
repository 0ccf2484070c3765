import { readdir, readFile } from 'node:fs/promises';
import type { CostSettings } from '../../schemas/config/cost.js';
import { PriceFile } from '../../schemas/cost/price-file.js';
import { ownRates } from './book/own-rates.js';
import { makePriceBook, type PriceBook } from './book/price-book.js';

/** Copied beside the compiled code by the build. */
const directory = new URL('../../schemas/prices/', import.meta.url);

/** What things cost: by the public lists, and as agreed with providers. */
export type PriceBooks = { list: PriceBook; own: PriceBook };

/** Reads every file of the price book, and lays the configured rates over it. */
export async function loadPriceBooks(settings: CostSettings): Promise<PriceBooks> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.json')).sort();
  const files = await Promise.all(
    names.map(async (name) => PriceFile.parse(JSON.parse(await readFile(new URL(name, directory), 'utf8')))),
  );
  const { list, negotiated } = ownRates(settings);
  const options = { staleAfterDays: settings.staleAfterDays, exchange: settings.exchange };
  const listed = makePriceBook([...files, list], options);
  const own = settings.rates.length === 0 ? listed : makePriceBook([...files, list, negotiated], options);
  return { list: listed, own };
}
