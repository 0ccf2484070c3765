import { RoutingAnswer } from '../../schemas/alerting/routing-answer.js';
import type { RouteSettings } from '../../schemas/config/alerting.js';
import type { AlertingConfig } from '../../schemas/config/config.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';

/** Who would be told of what, as the configuration says. */
export function routingRoutes({ to, routes }: Pick<AlertingConfig, 'to' | 'routes'>): ZodPlugin {
  return async (app) => {
    app.get(
      '/api/v1/routing',
      {
        config: { needs: 'viewer', summary: 'The routes of notices: the first that matches decides' },
        schema: { response: { 200: RoutingAnswer } },
      },
      async () => ({ to: [...to], routes: routes.flatMap((route) => listed(route, 0)) }),
    );
  };
}

function listed(route: RouteSettings, depth: number): RoutingAnswer['routes'] {
  const { match, to, escalation = null, muteTimes = [], goOn = false, routes = [] } = route;
  const patterns = Object.entries(match).flatMap(([name, globs]) =>
    globs === undefined ? [] : [[name, [...globs]]],
  );
  const own = {
    depth,
    match: Object.fromEntries(patterns),
    to: to === undefined ? null : [...to],
    escalation,
    muteTimes: [...muteTimes],
    goOn,
  };
  return [own, ...routes.flatMap((below) => listed(below, depth + 1))];
}
