import { type LabelName, type Labels, matchesLabels } from '../../schemas/alerting/labels.js';
import type { AlertingSettings, RouteSettings } from '../../schemas/config/alerting.js';

/** What a route that was reached says, with what it takes from those above filled in. */
export type Route = {
  /** Its place in the tree, such as `routes.0.routes.2`; the one of what no route matches is `default`. */
  key: string;
  to: readonly string[];
  escalation: string | null;
  groupBy: readonly LabelName[];
  waitMs: number;
  intervalMs: number;
  repeatMs: number;
  muteTimes: readonly string[];
};

type Above = Omit<Route, 'key'>;
type RoutingSettings = Pick<
  AlertingSettings,
  'to' | 'groupBy' | 'waitMs' | 'intervalMs' | 'repeatMs' | 'routes'
>;

/** The routes of something with these labels; never none, so that nothing is lost to a gap in the tree. */
export function routesOf(settings: RoutingSettings, labels: Labels): Route[] {
  const { to, groupBy, waitMs, intervalMs, repeatMs } = settings;
  const root: Above = { to, groupBy, waitMs, intervalMs, repeatMs, escalation: null, muteTimes: [] };
  const found = within(settings.routes, root, 'routes', labels);
  return found.length === 0 ? [{ ...root, key: 'default' }] : found;
}

function within(routes: readonly RouteSettings[], above: Above, key: string, labels: Labels): Route[] {
  const found: Route[] = [];
  for (const [at, route] of routes.entries()) {
    if (!matchesLabels(route.match, labels)) continue;
    const own: Above = {
      to: route.to ?? above.to,
      escalation: route.escalation ?? above.escalation,
      groupBy: route.groupBy ?? above.groupBy,
      waitMs: route.wait ?? above.waitMs,
      intervalMs: route.interval ?? above.intervalMs,
      repeatMs: route.repeat ?? above.repeatMs,
      muteTimes: route.muteTimes ?? above.muteTimes,
    };
    const below = within(route.routes ?? [], own, `${key}.${at}.routes`, labels);
    found.push(...(below.length === 0 ? [{ ...own, key: `${key}.${at}` }] : below));
    if (route.goOn !== true) break;
  }
  return found;
}

/** The group something belongs to on a route: the labels it is grouped by. */
export function groupOf(route: Route, labels: Labels): Labels {
  return Object.fromEntries(route.groupBy.map((name) => [name, labels[name] ?? '']));
}
