import { badDeploy } from './bad-deploy.js';
import { coldStartStorm } from './cold-start-storm.js';
import { credentialRotation } from './credential-rotation.js';
import { dlqGrowth } from './dlq-growth.js';
import { eventStorm } from './event-storm.js';
import { harmlessNoise } from './harmless-noise.js';
import type { Incident } from './incident.js';
import { latencyRegression } from './latency-regression.js';
import { lostTelemetry } from './lost-telemetry.js';
import { memoryLeak } from './memory-leak.js';
import { retryStorm } from './retry-storm.js';
import { silentFunction } from './silent-function.js';
import { slowDependency } from './slow-dependency.js';
import { throttling } from './throttling.js';

/** Every incident of the demo, in the order `coldburn demo list` shows them. */
export const incidents: readonly Incident[] = [
  badDeploy,
  slowDependency,
  coldStartStorm,
  retryStorm,
  dlqGrowth,
  throttling,
  credentialRotation,
  memoryLeak,
  silentFunction,
  lostTelemetry,
  eventStorm,
  latencyRegression,
  harmlessNoise,
];

/** Null when no incident has this name. */
export function findIncident(name: string): Incident | null {
  return incidents.find((incident) => incident.name === name) ?? null;
}
