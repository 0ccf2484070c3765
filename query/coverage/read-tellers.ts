import { z } from 'zod';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import { grouped, type PlacedTeller, placeTellers } from './tellers.js';

// The bits of an hour's minutes that begin in [from, to); `from` is any SQL of an instant with milliseconds.
const bitsSince = (from: string) => `
  bitShiftLeft(toUInt64(1), ${minutesBefore("{to: DateTime64(3, 'UTC')}")}) - bitShiftLeft(toUInt64(1), ${minutesBefore(from)})`;
const minutesBefore = (at: string) => `toUInt64(greatest(0, least(60,
    intDiv(toUnixTimestamp64Milli(${at}) - toInt64(toUnixTimestamp(hour)) * 1000 + 59999, 60000))))`;
const IN_WINDOW = `bitAnd(minutes, ${bitsSince("{from: DateTime64(3, 'UTC')}")}) != 0`;

// A day earlier too: the first difference of a running counter may reach into the window.
const EARLIER = `{from: DateTime64(3, 'UTC')} - toIntervalDay(1)`;
const TELLERS = `
  SELECT environment, function, region, account, groupUniqArrayIf((metric, source), ${IN_WINDOW}) AS told,
    max(c.reaches_back) AS reaches_back
  FROM counted_1h AS c
  WHERE tenant = {tenant: String} AND metric IN {metrics: Array(String)}
    AND ({function: Nullable(String)} IS NULL OR function = {function: Nullable(String)})
    AND hour >= toStartOfHour(${EARLIER}) AND hour < {to: DateTime64(3, 'UTC')}
    AND bitAnd(minutes, ${bitsSince(EARLIER)}) != 0
  GROUP BY environment, function, region, account
  ORDER BY function` as const;

const Teller = z
  .object({
    environment: z.string(),
    function: z.string(),
    region: z.string(),
    account: z.string(),
    told: z.array(z.tuple([z.string(), z.string()])),
    reaches_back: z.coerce.boolean(),
  })
  .transform(({ reaches_back: reachesBack, ...told }) => ({ ...told, reachesBack }));

const PLACES = `
  SELECT DISTINCT function, environment, region, account FROM seen_1h
  WHERE tenant = {tenant: String}
    AND hour >= toStartOfHour({from: DateTime64(3, 'UTC')}) AND hour < {to: DateTime64(3, 'UTC')} AND ${IN_WINDOW}
    AND ({function: Nullable(String)} IS NULL OR function = {function: Nullable(String)})` as const;

const Place = z.object({
  function: z.string(),
  environment: z.string(),
  region: z.string(),
  account: z.string(),
});

/** Names given to one statement, which the engine bounds. */
const mostNames = 50_000;

export type TellersQuestion = {
  from: Date;
  to: Date;
  metrics: readonly string[];
  function: string | null;
  environment: string | null;
};

/** What one statement is asked of: some functions, and which counts of them belong where. */
export type ToldOf = {
  functions: string[];
  keys: string[];
  numbers: number[];
  places: string[];
  metricsOf: string[][];
};

/** Functions that are asked of in one statement. */
export type ToldPart = {
  of: ToldOf;
  /** Some of their counts cover more than the minute they stand in, as counters that run on do: dearer to ask. */
  reachesBack: boolean;
};

/**
 * Which functions providers count, in as many parts as statements are needed; nothing where none does, which is most
 * installations and quick to know.
 */
export async function readTellers(
  warehouse: TenantWarehouse,
  question: TellersQuestion,
  options?: StatementOptions,
): Promise<ToldPart[]> {
  const { environment, ...asked } = question;
  const tellers = await warehouse.query(TELLERS, asked, Teller, options);
  const isPlaceless = tellers.some((teller) => teller.environment === '');
  const { metrics: _, ...seen } = asked;
  const places = isPlaceless ? await warehouse.query(PLACES, seen, Place, options) : [];
  const placed = placeTellers(tellers, places).filter(
    ({ place }) => environment === null || place === environment,
  );
  const reaching = new Set(tellers.filter((one) => one.reachesBack).map((one) => one.function));
  const names = [...new Set(tellers.map((teller) => teller.function))];
  return [false, true].flatMap((reachesBack) => {
    const own = names.filter((name) => reaching.has(name) === reachesBack);
    return partsOf(own, placed).map((of) => ({ of, reachesBack }));
  });
}

function partsOf(names: readonly string[], placed: readonly PlacedTeller[]): ToldOf[] {
  const byFunction = grouped(placed, (one) => one.function);
  const parts: ToldOf[] = [];
  let length = mostNames;
  for (const name of names) {
    const own = byFunction.get(name) ?? [];
    const ownLength = own.reduce((sum, { key, place }) => sum + key.length + place.length + 60, name.length);
    if (length + ownLength > mostNames) {
      // No list may be empty; what has the number 0 counts nowhere.
      parts.push({ functions: [], keys: [''], numbers: [0], places: [''], metricsOf: [[]] });
      length = 0;
    }
    length += ownLength;
    const part = parts.at(-1);
    part?.functions.push(name);
    for (const { key, place, metrics } of own) {
      part?.keys.push(key);
      part?.numbers.push(part.keys.length);
      part?.places.push(place);
      part?.metricsOf.push(metrics);
    }
  }
  return parts;
}
