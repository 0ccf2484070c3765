import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { createApp } from '../../../http/create-app.js';
import { loadPriceBooks } from '../../../query/cost/load-price-book.js';
import { costRoutes } from '../../../query/routes/cost/cost-routes.js';
import { functionsRoutes } from '../../../query/routes/functions.js';
import type { Access } from '../../../schemas/access.js';
import { Cost } from '../../../schemas/config/cost.js';
import type { ZodApp } from '../../../schemas/zod-http.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { openAccess } from '../../support/app-under-test.js';

export type CostApi = {
  get: <Answer>(path: string, schema: z.ZodType<Answer>) => Promise<Answer>;
  status: (path: string) => Promise<number>;
  post: <Answer>(path: string, body: unknown, schema: z.ZodType<Answer>) => Promise<Answer>;
};

/** An app with the routes of cost, with a clock set by hand and the settings of a coldburn.yaml. */
export async function costApp(warehouse: Warehouse, now: () => Date, cost: object = {}): Promise<ZodApp> {
  const settings = Cost.parse(cost);
  const costs = { books: await loadPriceBooks(settings), settings };
  const app = createApp({ newId: randomUUID, logger: false, authenticate: async () => openAccess });
  const doors = { now, openTenant: (access: Access) => warehouse.forTenant(access.tenant) };
  await costRoutes({ ...doors, ...costs })(app);
  await functionsRoutes({ ...doors, costs })(app);
  return app;
}

/** The routes of cost over a real app, with a clock set by hand and the settings of a coldburn.yaml. */
export async function costApi(warehouse: Warehouse, now: () => Date, cost: object = {}): Promise<CostApi> {
  const app = await costApp(warehouse, now, cost);
  const parsed = <Answer>(response: { statusCode: number; body: string }, schema: z.ZodType<Answer>) => {
    if (response.statusCode !== 200) throw new Error(`${response.statusCode}: ${response.body}`);
    return schema.parse(JSON.parse(response.body));
  };
  return {
    get: async (path, schema) => parsed(await app.inject(`/api/v1/${path}`), schema),
    status: async (path) => (await app.inject(`/api/v1/${path}`)).statusCode,
    post: async (path, payload, schema) =>
      parsed(
        await app.inject({ method: 'POST', url: `/api/v1/${path}`, payload: payload as object }),
        schema,
      ),
  };
}
