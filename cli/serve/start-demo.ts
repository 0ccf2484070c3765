import { readEverSeen } from '../../query/functions/read-ever-seen.js';
import { type Authorize, defaultTenant } from '../../schemas/access.js';
import { StartupError } from '../../schemas/startup-error.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import { createDemoFleet, type DemoFleet } from '../demo/demo-fleet.js';
import { demoRoutes } from '../demo/routes/demo-routes.js';
import { allowFleet } from '../demo/run/fleet-access.js';
import type { Lifecycle } from './lifecycle.js';
import type { ServeContext } from './server-parts.js';

export type DemoPart = {
  fleet: DemoFleet;
  routes: ZodPlugin;
  /** Lets the fleet send, whatever keys there are. */
  allow: (authorize: Authorize) => Authorize;
  key: string;
  isEmpty: () => Promise<boolean>;
};

/** The demo fleet before it runs; null without --demo. A StartupError says why there cannot be one. */
export function openDemo(
  { config, isDemo, log, newId, now }: ServeContext,
  warehouse: Warehouse,
): DemoPart | null {
  if (!isDemo) return null;
  if (!config.roles.includes('ingest'))
    throw new StartupError(
      'The demo fleet has nowhere to send: this process has no ingest role. Leave out --demo, or add "ingest" to roles (COLDBURN_ROLES).',
    );
  const fleet = createDemoFleet(now, (reason) => log.error({ reason }, 'the demo fleet has stopped'));
  const key = `demo-${newId()}`;
  return {
    fleet,
    key,
    routes: demoRoutes(fleet),
    allow: (authorize) => allowFleet(authorize, key),
    isEmpty: async () => !(await readEverSeen(warehouse.forTenant(defaultTenant))),
  };
}

/** Sends the fleet off; it stops before the port it sends to. */
export async function startDemo(
  demo: DemoPart,
  { url, grpcUrl }: { url: string; grpcUrl: string },
  lifecycle: Lifecycle,
): Promise<void> {
  const isEmpty = await demo.isEmpty();
  await lifecycle.start(
    'demo fleet',
    () => demo.fleet.start({ url, grpcUrl, key: demo.key, isEmpty }),
    (_started, remainingMs) => demo.fleet.stop(Math.min(1_500, remainingMs)),
  );
}
