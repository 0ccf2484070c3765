import { z } from 'zod';
import { LatencySummary } from '../../schemas/latency.js';
import { Problem } from '../../schemas/problem.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';
import { readLatency } from '../durations/read-latency.js';
import { longWindowMs } from '../functions/window-of.js';
import { windowParts } from '../window/window-parts.js';
import { askedWindow } from './asked-window.js';
import { durationsQuery, ofFunction } from './durations-query.js';
import type { ReadDeps } from './read-deps.js';

const numbers = (each: z.ZodNumber, most: number, what: string) =>
  z
    .string()
    .transform((text) => text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part))))
    .pipe(z.array(each).max(most, `at most ${most} ${what}`));

const Query = z.object({
  ...durationsQuery,
  quantiles: numbers(z.number().min(0).max(1), 20, 'quantiles')
    .default([0.5, 0.95, 0.99])
    .meta({ description: 'Between 0 and 1, separated by commas' }),
  underMs: numbers(z.number().nonnegative(), 20, 'thresholds')
    .default([])
    .meta({ description: 'Thresholds in ms, separated by commas: how many took less' }),
});

export function latencyRoutes({ now, openTenant }: ReadDeps): ZodPlugin {
  return async (app) => {
    const schema = { querystring: Query, response: { 200: LatencySummary, 400: Problem, 422: Problem } };
    const config = { needs: 'viewer', summary: 'Quantiles of the durations of one function' } as const;
    app.get('/api/v1/latency', { schema, config }, async ({ query, access }) => {
      const at = now();
      const parts = windowParts(askedWindow(query, at, longWindowMs), at);
      const { quantiles, underMs } = query;
      const question = { ...parts, ...ofFunction(query), quantiles, underMs };
      const { quantilesMs, ...answer } = await readLatency(openTenant(access), question, at);
      return {
        from: parts.from.toISOString(),
        to: parts.to.toISOString(),
        ...answer,
        quantilesMs: Object.fromEntries([...quantilesMs].map(([quantile, ms]) => [String(quantile), ms])),
      };
    });
  };
}
