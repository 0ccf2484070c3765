import type { FunctionSummary } from '../../../../schemas/functions.js';

export type PressureRow = {
  key: string;
  function: string;
  environment: string;
  team: string;
  concurrencyMax: number | null;
  throttles: number | null;
  throttleRatio: number | null;
};

/** Functions nearest to their limits: those that were throttled most, then those with most runs at one instant. */
export function pressureRows(functions: readonly FunctionSummary[], most: number): PressureRow[] {
  const rows = new Map<string, PressureRow>();
  for (const one of functions) {
    const { function: name, environment, team, concurrencyMax, throttles, throttleRatio } = one;
    // All three are of the function in its environment as a whole, and the same on each of its rows.
    const key = JSON.stringify([name, environment]);
    if (rows.has(key) || (concurrencyMax === null && throttles === null)) continue;
    rows.set(key, { key, function: name, environment, team, concurrencyMax, throttles, throttleRatio });
  }
  return [...rows.values()]
    .sort(
      (one, other) =>
        (other.throttles ?? 0) - (one.throttles ?? 0) ||
        (other.concurrencyMax ?? 0) - (one.concurrencyMax ?? 0) ||
        (one.key < other.key ? -1 : 1),
    )
    .slice(0, most);
}
