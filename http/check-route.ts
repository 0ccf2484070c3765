import type { RouteOptions } from 'fastify';
import type { KnownRoute } from './route-table.js';

/** Refuses, at start-up, a route that does not say who may call it, or that nobody would guard. */
export function checkRoute(route: RouteOptions, canAuthenticate: boolean): KnownRoute[] {
  const methods = [route.method].flat();
  const needs = route.config?.needs;
  const place = `${methods.join(', ')} ${route.url}`;
  if (needs === undefined)
    throw new Error(
      `${place} does not say who may call it: give the route config.needs ('public' or a role)`,
    );
  if (needs !== 'public' && !canAuthenticate)
    throw new Error(`${place} needs the role ${needs}, but this app was created without authenticate`);
  return methods.map((method) => ({
    method,
    url: route.url,
    needs,
    summary: route.config?.summary ?? null,
    produces: route.config?.produces ?? 'application/json',
    schema: route.schema ?? {},
  }));
}
