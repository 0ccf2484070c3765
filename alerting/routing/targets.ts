import type { AlertingSettings } from '../../schemas/config/alerting.js';
import { splitTarget } from '../../schemas/config/alerting-checks.js';
import { onCallAt } from '../oncall/on-call.js';
import type { Case } from './case.js';
import { type Route, routesOf } from './route-tree.js';

export type TargetSettings = Pick<
  AlertingSettings,
  'to' | 'groupBy' | 'waitMs' | 'intervalMs' | 'repeatMs' | 'routes' | 'people' | 'schedules' | 'escalations'
>;

/** A receiver that is to hear of a case, and by which way. */
export type Target = { receiver: string; route: Route; via: 'route' | 'step' };

/** Everyone who is to hear of an open case by now; each receiver once. */
export function targetsOf(one: Case, settings: TargetSettings, nowMs: number): Target[] {
  const found = new Map<string, Target>();
  const add = (target: Target) => {
    if (!found.has(target.receiver)) found.set(target.receiver, target);
  };
  const routes = routesOf(settings, one.labels);
  for (const route of routes) for (const receiver of route.to) add({ receiver, route, via: 'route' });
  if (one.acknowledgedBy !== null) return [...found.values()];
  for (const route of routes)
    for (const receiver of stepReceivers(one, route, settings, nowMs)) add({ receiver, route, via: 'step' });
  return [...found.values()];
}

/** Whether a receiver that was told of a case would still be told now; it is over for one that would not. */
export function stillTold(
  one: Case,
  { receiver, via }: { receiver: string; via: 'route' | 'step' },
  settings: TargetSettings,
): boolean {
  const routes = routesOf(settings, one.labels);
  if (via === 'route') return routes.some(({ to }) => to.includes(receiver));
  return routes.some(({ escalation, to }) => escalation !== null || to.includes(receiver));
}

function stepReceivers(one: Case, route: Route, settings: TargetSettings, nowMs: number): string[] {
  const escalation = settings.escalations.find(({ name }) => name === route.escalation);
  if (escalation === undefined) return [];
  return escalation.steps.flatMap(({ after, to }) => {
    // Who is on call when the step is reached is told, and stays told after a handover.
    const reachedMs = one.openedAtMs + after;
    return reachedMs > nowMs ? [] : to.flatMap((target) => receiversOf(target, settings, reachedMs));
  });
}

function receiversOf(target: string, settings: TargetSettings, atMs: number): readonly string[] {
  const [kind, name] = splitTarget(target);
  if (kind === 'receiver') return [name];
  if (kind === 'person')
    return settings.people.find((person) => person.name === name)?.receivers ?? settings.to;
  const schedule = settings.schedules.find((one) => one.name === name);
  const person = schedule === undefined ? null : onCallAt(schedule, atMs);
  // Nobody on call is no reason to tell nobody.
  return person === null ? settings.to : receiversOf(`person:${person}`, settings, atMs);
}
