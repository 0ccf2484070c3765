/** One set of dimensions a provider counts under, and what it counts there: pairs of metric and source. */
export type Teller = {
  environment: string;
  function: string;
  region: string;
  account: string;
  /** Told in the window; empty when only the day before it was told of. */
  told: readonly (readonly [metric: string, source: string])[];
  /** Some of it covers more than the minute it stands in. */
  reachesBack: boolean;
};

/** Where a function was seen. Empty region or account: not told. */
export type Place = { function: string; environment: string; region: string; account: string };

/** What of one source counts for which environment of a function. */
export type PlacedTeller = { function: string; key: string; place: string; metrics: string[] };

/**
 * Gives counts their environment. A provider does not know environments, so its counts belong where that function was seen in
 * the same region and account; when it was seen in several, they belong nowhere. Where the provider counts, counters that
 * the function's own telemetry keeps are left out.
 */
export function placeTellers(tellers: readonly Teller[], places: readonly Place[]): PlacedTeller[] {
  const seenAt = grouped(places, (place) => place.function);
  const found = tellers.flatMap((teller) => {
    const place = placeOf(teller, seenAt.get(teller.function) ?? []);
    return place === null ? [] : [{ teller, place }];
  });
  const counted = (of: Teller, place: string, metric: string) => JSON.stringify([of.function, place, metric]);
  const byProvider = new Set(
    found.flatMap(({ teller, place }) =>
      teller.told.filter(([, source]) => source !== 'faas').map(([metric]) => counted(teller, place, metric)),
    ),
  );
  return found.flatMap(({ teller, place }) => {
    const bySource = grouped(teller.told, ([, source]) => source);
    return [...bySource].flatMap(([source, told]) => {
      const metrics = told
        .map(([metric]) => metric)
        .filter((metric) => source !== 'faas' || !byProvider.has(counted(teller, place, metric)));
      const { environment, function: name, region, account } = teller;
      const key = [environment, name, region, account, source].join('\n');
      return metrics.length === 0 ? [] : [{ function: name, key, place, metrics }];
    });
  });
}

/** Null: nobody can say. */
function placeOf({ environment, region, account }: Teller, seen: readonly Place[]): string | null {
  if (environment !== '') return environment;
  const alike = (one: string, other: string) => one === '' || other === '' || one === other;
  const here = seen.filter((place) => alike(region, place.region) && alike(account, place.account));
  const [first, ...others] = new Set(here.map((place) => place.environment));
  return others.length > 0 ? null : (first ?? '');
}

export function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
