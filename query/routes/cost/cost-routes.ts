import type { ZodPlugin } from '../../../schemas/zod-http.js';
import { attributionRoutes, type CostRouteDeps } from './attribution.js';
import { changesRoutes } from './changes.js';
import { forecastRoutes } from './forecast.js';
import { priceRoutes } from './price.js';
import { pricesRoutes } from './prices.js';
import { reconcileRoutes } from './reconcile.js';
import { unitRoutes } from './units.js';
import { wasteRoutes } from './waste.js';

/** Every endpoint under /api/v1/cost. */
export function costRoutes(deps: CostRouteDeps): ZodPlugin {
  const plugins = [
    priceRoutes({ now: deps.now, book: deps.books.own }),
    pricesRoutes({ book: deps.books.own }),
    attributionRoutes(deps),
    changesRoutes(deps),
    wasteRoutes(deps),
    unitRoutes(deps),
    forecastRoutes(deps),
    reconcileRoutes(deps),
  ];
  return async (app) => {
    for (const routes of plugins) await routes(app);
  };
}
