import type { Fleet } from '../fleet/demo-function.js';
import { expectedPerMinute } from '../fleet/expected-rate.js';
import type { IncidentRun } from '../incidents/incident.js';

/** Everything that decides what happens: two equal worlds have equal histories. */
export type World = {
  fleet: Fleet;
  seed: number;
  /** Multiplies the rates of the table, for functions that scale. */
  scale: number;
  incidents: readonly IncidentRun[];
  /** Mean runs a minute by function name, for the size of instance pools. */
  expected: ReadonlyMap<string, number>;
};

export function createWorld(
  fleet: Fleet,
  { seed, scale, incidents }: { seed: number; scale: number; incidents: readonly IncidentRun[] },
): World {
  return { fleet, seed, scale, incidents, expected: expectedPerMinute(fleet, scale) };
}
