import type { Fleet } from '../fleet/demo-function.js';
import { scaleFor } from '../fleet/expected-rate.js';
import type { IncidentRun } from '../incidents/incident.js';
import { createWorld, type World } from '../simulate/world.js';

/** A minute of a world is made at once: at this rate some 60,000 runs are in memory together. */
export const mostAtOncePerSecond = 1_000;

type Rate = { fleet: Fleet; seed: number; ratePerSecond: number };

/** Into how many parts a minute is cut, so that each fits into memory. */
export function partsOf({ ratePerSecond }: Pick<Rate, 'ratePerSecond'>): number {
  return Math.ceil(ratePerSecond / mostAtOncePerSecond);
}

/**
 * The world with these incidents, in as many parts as it takes: together they have the load of the whole, each with a seed of its
 * own. What does not scale (timers, rare functions) begins in the first part only.
 */
export function worldsAt(plan: Rate, incidents: readonly IncidentRun[]): World[] {
  const parts = partsOf(plan);
  const scale = scaleFor(plan.fleet, plan.ratePerSecond) / parts;
  const others: Fleet = {
    ...plan.fleet,
    functions: plan.fleet.functions.map((one) =>
      one.scales ? one : { ...one, perMinute: 0, everyMinutes: null },
    ),
  };
  return Array.from({ length: parts }, (_, part) =>
    createWorld(part === 0 ? plan.fleet : others, {
      // Beside it, and beside other seeds somebody may choose.
      seed: plan.seed + part * 1_000_003,
      scale,
      incidents,
    }),
  );
}
