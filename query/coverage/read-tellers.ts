import { z } from 'zod';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import { grouped, type PlacedTeller, placeTellers } from './tellers.js';

// A day earlier too: the first difference of a running counter may reach into the window.
const TELLERS = `
  SELECT environment, function, region, account,
    groupUniqArrayIf((metric, source), minute >= {from: DateTime64(3, 'UTC')}) AS told,
    max(kind = 'running') AS runs_on
  FROM provider_counts
  WHERE tenant = {tenant: String} AND metric IN {metrics: Array(String)} AND alias = '' AND version = ''
    AND ({function: Nullable(String)} IS NULL OR function = {function: Nullable(String)})
    AND minute >= {from: DateTime64(3, 'UTC')} - toIntervalDay(1) AND minute < {to: DateTime64(3, 'UTC')}
  GROUP BY environment, function, region, account
  ORDER BY function` as const;

const Teller = z
  .object({
    environment: z.string(),
    function: z.string(),
    region: z.string(),
    account: z.string(),
    told: z.array(z.tuple([z.string(), z.string()])),
    runs_on: z.coerce.boolean(),
  })
  .transform(({ runs_on: runsOn, ...told }) => ({ ...told, runsOn }));

const PLACES = `
  SELECT DISTINCT function, environment, region, account FROM invocations_1m
  WHERE tenant = {tenant: String}
    AND minute >= {from: DateTime64(3, 'UTC')} AND minute < {to: DateTime64(3, 'UTC')}
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

export type Told = {
  /** Whether some counters run on, which is dearer to ask. */
  runsOn: boolean;
  /** Every function a provider counts, in as many parts as statements are needed. */
  parts: ToldOf[];
};

/** Which functions providers count; nothing where none does, which is most installations and quick to know. */
export async function readTellers(
  warehouse: TenantWarehouse,
  question: TellersQuestion,
  options?: StatementOptions,
): Promise<Told> {
  const { environment, ...asked } = question;
  const tellers = await warehouse.query(TELLERS, asked, Teller, options);
  const isPlaceless = tellers.some((teller) => teller.environment === '');
  const { metrics: _, ...seen } = asked;
  const places = isPlaceless ? await warehouse.query(PLACES, seen, Place, options) : [];
  const placed = placeTellers(tellers, places).filter(
    ({ place }) => environment === null || place === environment,
  );
  const names = [...new Set(tellers.map((teller) => teller.function))];
  return { runsOn: tellers.some((teller) => teller.runsOn), parts: partsOf(names, placed) };
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
