import { type LabelName, type Labels, matchesLabels } from '../../schemas/alerting/labels.js';
import type { AlertingSettings } from '../../schemas/config/alerting.js';
import { windowAt } from '../silences/recurrence-window.js';
import { type StoredSilence, silencing } from '../silences/silence-state.js';
import type { Case } from './case.js';
import type { Route } from './route-tree.js';

/** Why something that fires is not told, and until when as far as is known. */
export type Mute = {
  reason: 'silence' | 'mute-time' | 'deploy-window' | 'inhibited' | 'joined' | 'duplicate';
  says: string;
  untilMs: number | null;
};

/** A time in which a deployment of a function explains trouble with it; an empty place means any. */
export type DeployWindow = {
  function: string;
  environment: string;
  region: string;
  version: string;
  fromMs: number;
  untilMs: number;
};

export type MuteFacts = {
  settings: Pick<AlertingSettings, 'inhibit' | 'muteTimes' | 'deployWindows'>;
  silences: readonly StoredSilence[];
  deployWindows: readonly DeployWindow[];
  nowMs: number;
};

/** Open cases by what others are held for; thousands may be open at once. */
export type OpenIndex = {
  byIncident: ReadonlyMap<string, Case>;
  /** The one that has been open longest, by what it is about. */
  firstOf: ReadonlyMap<string, Case>;
  /** For each rule of inhibition, its open sources by the labels that have to be the same. */
  sources: readonly ReadonlyMap<string, Case>[];
};

/** `open`: the longest open first. */
export function indexOpen(open: readonly Case[], { inhibit }: Pick<AlertingSettings, 'inhibit'>): OpenIndex {
  const byIncident = new Map(open.map((one) => [one.incidentId, one]));
  const firstOf = new Map<string, Case>();
  for (const one of open) if (!firstOf.has(aboutOf(one))) firstOf.set(aboutOf(one), one);
  const sources = inhibit.map(({ source, target, equal }) => {
    const found = open.filter(
      ({ labels }) => matchesLabels(source, labels) && !matchesLabels(target, labels),
    );
    return new Map(found.map((one) => [valuesOf(one.labels, equal), one]));
  });
  return { byIncident, firstOf, sources };
}

/** What keeps an open case from being told to anybody, wherever it is routed. */
export function muteOf(one: Case, index: OpenIndex, facts: MuteFacts): Mute | null {
  return (
    joined(one, index) ??
    duplicate(one, index) ??
    silenced(one, facts) ??
    deploying(one, facts) ??
    inhibited(one, index, facts)
  );
}

/** What keeps a route from telling of anything new. */
export function routeMute(route: Route, { settings, nowMs }: MuteFacts): Mute | null {
  for (const time of settings.muteTimes) {
    if (!route.muteTimes.includes(time.name)) continue;
    const window = windowAt(time, nowMs);
    if (window !== null) return { reason: 'mute-time', says: `It is ${time.name}`, untilMs: window.untilMs };
  }
  return null;
}

function joined(one: Case, { byIncident }: OpenIndex): Mute | null {
  const parent = one.parentId === null ? undefined : byIncident.get(one.parentId);
  if (parent === undefined || parent.incidentId === one.incidentId) return null;
  return { reason: 'joined', says: `One fault with ${parent.title}, and told there`, untilMs: null };
}

function duplicate(one: Case, { firstOf }: OpenIndex): Mute | null {
  const first = firstOf.get(aboutOf(one));
  if (first === undefined || first.key === one.key) return null;
  const says = `The same as the incident ${first.incidentId}, which is open`;
  return { reason: 'duplicate', says, untilMs: null };
}

/** What a case is about: two open ones about the same thing are one to whoever is told. */
function aboutOf({ rule, sloId, scope, labels }: Case): string {
  return JSON.stringify([
    rule,
    sloId,
    scope,
    valuesOf(labels, ['function', 'environment', 'region', 'queue']),
  ]);
}

function valuesOf(labels: Labels, names: readonly LabelName[]): string {
  return JSON.stringify(names.map((name) => labels[name] ?? ''));
}

function silenced({ labels }: Case, { silences, nowMs }: MuteFacts): Mute | null {
  const found = silencing(silences, labels, nowMs);
  if (found === null) return null;
  const { author, reason } = found.silence;
  return { reason: 'silence', says: `Silenced by ${author}: ${reason}`, untilMs: found.untilMs };
}

/** Only what has a burn rate can be judged against the guard; what loses messages is told in a deployment too. */
function deploying({ labels, burn }: Case, { deployWindows, settings, nowMs }: MuteFacts): Mute | null {
  if (burn === null || burn >= settings.deployWindows.guardBurn) return null;
  const window = deployWindows.find(
    ({ fromMs, untilMs, ...place }) =>
      fromMs <= nowMs &&
      nowMs < untilMs &&
      place.function === labels.function &&
      (place.environment === '' || place.environment === labels.environment) &&
      (place.region === '' || labels.region === undefined || place.region === labels.region),
  );
  if (window === undefined) return null;
  const says = `Version ${window.version} of ${window.function} is being deployed`;
  return { reason: 'deploy-window', says, untilMs: window.untilMs };
}

function inhibited({ labels }: Case, { sources }: OpenIndex, { settings }: MuteFacts): Mute | null {
  for (const [at, { target, equal }] of settings.inhibit.entries()) {
    if (!matchesLabels(target, labels)) continue;
    const above = sources[at]?.get(valuesOf(labels, equal));
    if (above !== undefined) return { reason: 'inhibited', says: `${above.title} is open`, untilMs: null };
  }
  return null;
}
