import { z } from 'zod';
import { Inventory } from '../../schemas/inventory.js';
import { Problem } from '../../schemas/problem.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';
import { maxWindowMs } from '../functions/window-of.js';
import { readInventory } from '../inventory/read-inventory.js';
import { askedWindow, filterQuery, windowQuery } from './asked-window.js';
import type { ReadDeps } from './read-deps.js';

const Query = z.object({
  ...windowQuery,
  function: z.string().min(1).max(500).meta({ description: 'Name of the function' }),
  environment: filterQuery('environment'),
});

export function inventoryRoutes({ now, openTenant }: ReadDeps): ZodPlugin {
  return async (app) => {
    const schema = { querystring: Query, response: { 200: Inventory, 400: Problem, 422: Problem } };
    const config = {
      needs: 'viewer',
      summary: 'What a function runs on: runtime, memory, platform',
    } as const;
    app.get('/api/v1/inventory', { schema, config }, async ({ query, access }) => {
      const { from, to } = askedWindow(query, now(), maxWindowMs);
      const { function: name, environment = null } = query;
      const told = await readInventory(openTenant(access), { function: name, environment, from, to });
      return { from: from.toISOString(), to: to.toISOString(), ...told };
    });
  };
}
