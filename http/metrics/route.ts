import { z } from 'zod';
import type { ZodPlugin } from '../../schemas/zod-http.js';
import { type MetricSource, renderPrometheus } from './metric-family.js';

/** Everything this process measures about itself, for any Prometheus-compatible scraper. */
export function metricsRoute(sources: readonly MetricSource[]): ZodPlugin {
  return async (app) => {
    const schema = { response: { 200: z.string() } };
    const config = { needs: 'viewer', summary: 'Own metrics in Prometheus text format' } as const;
    app.get('/metrics', { schema, config }, async (_request, reply) => {
      reply.type('text/plain; version=0.0.4; charset=utf-8');
      return renderPrometheus(sources.flatMap((source) => [...source()]));
    });
  };
}
