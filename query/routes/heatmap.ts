import { z } from 'zod';
import { Heatmap } from '../../schemas/latency.js';
import { Problem } from '../../schemas/problem.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';
import { makeHeatmap } from '../durations/make-heatmap.js';
import { longWindowMs } from '../functions/window-of.js';
import { askedWindow } from './asked-window.js';
import { durationsQuery, ofFunction } from './durations-query.js';
import type { ReadDeps } from './read-deps.js';

const Query = z.object({
  ...durationsQuery,
  columns: z.coerce.number().int().min(1).max(500).default(120).meta({ description: 'Most columns' }),
  rows: z.coerce.number().int().min(1).max(100).default(40).meta({ description: 'Most rows' }),
});

export function heatmapRoutes({ now, openTenant }: ReadDeps): ZodPlugin {
  return async (app) => {
    const schema = { querystring: Query, response: { 200: Heatmap, 400: Problem, 422: Problem } };
    const config = {
      needs: 'viewer',
      summary: 'Durations of one function over time, as counts in a grid',
    } as const;
    app.get('/api/v1/heatmap', { schema, config }, async ({ query, access }) => {
      const at = now();
      const { columns, rows } = query;
      const window = askedWindow(query, at, longWindowMs);
      return await makeHeatmap(openTenant(access), { ...ofFunction(query), ...window, columns, rows }, at);
    });
  };
}
