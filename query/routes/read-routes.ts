import type { QueueSettings } from '../../schemas/queue-settings.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';
import { dependenciesRoutes } from './dependencies.js';
import { errorsRoutes } from './errors.js';
import { functionsRoutes } from './functions.js';
import { heatmapRoutes } from './heatmap.js';
import { impactRoutes } from './impact.js';
import { inventoryRoutes } from './inventory.js';
import { invocationsRoutes } from './invocations.js';
import { latencyRoutes } from './latency.js';
import { logsRoutes } from './logs.js';
import type { ReadDeps } from './read-deps.js';
import { sliRoutes } from './sli.js';
import { suggestRoutes } from './suggest.js';
import { tracesRoutes } from './traces.js';

/** Every endpoint that only asks the warehouse. */
export function readRoutes(deps: ReadDeps, queues: QueueSettings): ZodPlugin {
  const plugins = [
    functionsRoutes,
    latencyRoutes,
    heatmapRoutes,
    (doors: ReadDeps) => sliRoutes(doors, queues),
    invocationsRoutes,
    tracesRoutes,
    logsRoutes,
    suggestRoutes,
    errorsRoutes,
    dependenciesRoutes,
    impactRoutes,
    inventoryRoutes,
  ];
  return async (app) => {
    for (const routes of plugins) await routes(deps)(app);
  };
}
