import type { RouteOptions } from 'fastify';
import type { KnownRoute } from './route-table.js';

/** Refuses, at start-up, a route that does not say who may call it. */
export function checkRoute(route: RouteOptions): KnownRoute[] {
  const methods = [route.method].flat();
  const needs = route.config?.needs;
  if (needs === undefined)
    throw new Error(
      `${methods.join(', ')} ${route.url} does not say who may call it: give the route config.needs ('public' or a role)`,
    );
  return methods.map((method) => ({
    method,
    url: route.url,
    needs,
    summary: route.config?.summary ?? null,
    produces: route.config?.produces ?? 'application/json',
    schema: route.schema ?? {},
  }));
}
