import type { Rate } from '../../../schemas/cost/price-file.js';
import { compare, decimal } from '../exact/rational.js';
import { isConfigured } from './own-rates.js';
import { type PriceBook, type RateSubject, rateKey } from './price-book.js';

export type RateQuestion = RateSubject & { region: string; arch: string; at: Date };

/** What a reader should know of a rate before trusting it. */
export type RateNote = { code: 'stale-rate' | 'unverified-rate' | 'assumed-arch'; message: string };

/** The tiers of one price, lowest first. */
export type FoundRates =
  | { kind: 'found'; tiers: readonly Rate[]; notes: readonly RateNote[] }
  | { kind: 'missing'; message: string };

const everywhere = ['all', 'global', 'default'];
const dayMs = 86_400_000;

/** What one unit costs there and then. A price that is not known is said to be missing, never taken from elsewhere. */
export function findRates(book: PriceBook, question: RateQuestion): FoundRates {
  const day = question.at.toISOString().slice(0, 10);
  const known = (book.rates.get(rateKey(question)) ?? []).filter(
    ({ from, to }) => (from === undefined || from <= day) && (to === undefined || day < to),
  );
  // What was agreed on holds wherever it fits, before any list price.
  const own = fitting(book, known.filter(isConfigured), question);
  const { rates, arch } = own.rates.length > 0 ? own : fitting(book, known, question);
  const tiers = newestTiers(rates);
  if (tiers.length === 0) return { kind: 'missing', message: missingMessage(question, day) };
  const notes = tiers.slice(0, 1).flatMap((rate) => notesOf(book, rate, question.at));
  if (arch !== question.arch)
    notes.push({ code: 'assumed-arch', message: 'The telemetry names no architecture; x86_64 is assumed.' });
  return { kind: 'found', tiers, notes };
}

function fitting(book: PriceBook, known: readonly Rate[], question: RateQuestion) {
  const placed = inRegion(book, known, question);
  const differs = placed.some((rate) => rate.arch !== undefined);
  const arch = question.arch === '' && differs ? 'x86_64' : question.arch;
  return { arch, rates: placed.filter((rate) => rate.arch === undefined || rate.arch === arch) };
}

/** The rates of the region itself, else of its tier, else those that hold everywhere. */
function inRegion(
  book: PriceBook,
  rates: readonly Rate[],
  { provider, product, region }: RateQuestion,
): Rate[] {
  const tier = book.regionTiers.find(
    (one) => one.provider === provider && one.product === product && one.regions.includes(region),
  )?.tier;
  for (const names of [[region], tier === undefined ? [] : [tier], everywhere]) {
    const found = rates.filter((rate) => names.includes(rate.region));
    if (found.length > 0) return found;
  }
  return [];
}

/** One rate for each tier: of several in force, the one that began last, then the one written last. */
function newestTiers(rates: readonly Rate[]): Rate[] {
  const byStart = new Map<string, Rate>();
  for (const rate of rates) {
    const start = rate.tier?.from ?? '0';
    const known = byStart.get(start);
    if (known === undefined || (rate.from ?? '') >= (known.from ?? '')) byStart.set(start, rate);
  }
  return [...byStart.values()].sort((a, b) =>
    compare(decimal(a.tier?.from ?? '0'), decimal(b.tier?.from ?? '0')),
  );
}

function notesOf(book: PriceBook, rate: Rate, at: Date): RateNote[] {
  const notes: RateNote[] = [];
  if (isConfigured(rate)) return notes;
  const what = `${rate.provider}/${rate.product} ${rate.dimension} in ${rate.region}`;
  if (rate.asOf === null)
    notes.push({ code: 'stale-rate', message: `When the rate of ${what} was read is not known.` });
  else {
    const days = Math.floor(Math.abs(at.getTime() - Date.parse(rate.asOf)) / dayMs);
    if (days > book.staleAfterDays)
      notes.push({
        code: 'stale-rate',
        message: `The rate of ${what} was read on ${rate.asOf}, more than ${book.staleAfterDays} days from the usage; check it.`,
      });
  }
  if (!rate.verified)
    notes.push({
      code: 'unverified-rate',
      message: `The rate of ${what} rests on one transcription only${rate.note === undefined ? '' : ` (${rate.note})`}.`,
    });
  return notes;
}

function missingMessage({ provider, product, dimension, region, arch }: RateQuestion, day: string): string {
  const where = region === '' ? 'without a region' : `in ${region}`;
  const what = arch === '' ? '' : ` on ${arch}`;
  return `No rate is known for ${provider}/${product} ${dimension}${what} ${where} on ${day}; set one under cost.rates.`;
}
