import { scaleFor } from '../../../cli/demo/fleet/expected-rate.js';
import { shop } from '../../../cli/demo/fleet/shop.js';
import { findIncident } from '../../../cli/demo/incidents/catalog.js';
import type { IncidentRun } from '../../../cli/demo/incidents/incident.js';
import { startIncident } from '../../../cli/demo/incidents/schedule.js';
import { createWorld, type World } from '../../../cli/demo/simulate/world.js';

/** The shop with these incidents and no others. */
export function shopWorld(
  seed: number,
  ratePerSecond: number,
  incidents: readonly IncidentRun[] = [],
): World {
  return createWorld(shop, { seed, scale: scaleFor(shop, ratePerSecond), incidents });
}

export function incidentAt(name: string, startMinute: number): IncidentRun {
  const incident = findIncident(name);
  if (incident === null) throw new Error(`There is no incident ${name}`);
  return startIncident(incident, startMinute);
}
