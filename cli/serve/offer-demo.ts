import { readEverSeen } from '../../query/functions/read-ever-seen.js';
import { defaultTenant } from '../../schemas/access.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import { markDemoFleet } from '../demo/demo-marker.js';
import { startDemoRoute } from '../demo/routes/start-demo-route.js';
import type { ServeContext } from './server-parts.js';

const needed = ['ingest', 'query', 'alerting', 'dashboards'] as const;

/** The way to start the demo fleet from the app; null where it runs, or where this process is not the whole installation. */
export function offerDemo(
  { config, isDemo, now, onDemoWanted }: ServeContext,
  warehouse: Warehouse,
): ZodPlugin | null {
  const isWhole = warehouse.mode === 'embedded' && needed.every((role) => config.roles.includes(role));
  if (isDemo || !isWhole) return null;
  return startDemoRoute({
    isEmpty: async () => !(await readEverSeen(warehouse.forTenant(defaultTenant))),
    start: async () => {
      await markDemoFleet(config.dataDir, now());
      onDemoWanted();
    },
  });
}
