import type { IncidentEvent, Severity } from '../../schemas/alerting/incident-event.js';

/** What of an incident tells that it is one fault with another. */
export type Correlated = {
  incidentId: string;
  severity: Severity;
  startedMs: number;
  firedMs: number;
  /** Things that can be the cause or the place: a function, a deployment, a dependency. */
  keys: readonly string[];
  /** It is part of another one already. */
  isJoined: boolean;
};

export type Join = { childId: string; parentId: string; why: string };

const minuteMs = 60_000;
/** Faults that began further apart are not taken for one. */
const apartMs = 15 * minuteMs;
/** So many at once in one minute have one cause, whatever it is. */
const stormSize = 10;

/**
 * Which of the incidents that have just fired are part of one that is open or fires with them. None is joined to one of a lower
 * severity, so that no page is hidden behind a ticket.
 */
export function correlate(fired: readonly Correlated[], open: readonly Correlated[]): Join[] {
  const roots = open.filter(({ isJoined }) => !isJoined);
  const joins: Join[] = [];
  const sorted = [...fired].sort(
    (one, other) =>
      rank(one) - rank(other) ||
      one.startedMs - other.startedMs ||
      (one.incidentId < other.incidentId ? -1 : 1),
  );
  const isStorm = sorted.length >= stormSize;
  for (const child of sorted) {
    const shared = roots.flatMap((root) => {
      if (rank(root) > rank(child) || Math.abs(root.startedMs - child.startedMs) > apartMs) return [];
      const key = child.keys.find((one) => root.keys.includes(one));
      return key === undefined ? [] : [{ parentId: root.incidentId, why: key }];
    });
    const [first] = shared;
    const storm = isStorm
      ? roots.find((root) => root.firedMs === child.firedMs && rank(root) <= rank(child))
      : undefined;
    if (first !== undefined) joins.push({ childId: child.incidentId, ...first });
    else if (storm !== undefined)
      joins.push({
        childId: child.incidentId,
        parentId: storm.incidentId,
        why: `${sorted.length} incidents began in one minute`,
      });
    else roots.push(child);
  }
  return joins;
}

function rank({ severity }: { severity: Severity }): number {
  return severity === 'page' ? 0 : 1;
}

/** What an event says of cause and place. */
export function correlationKeys({
  labels,
  diagnosis,
}: Pick<IncidentEvent, 'labels' | 'diagnosis'>): string[] {
  const keys: string[] = [];
  if (labels.function !== undefined) keys.push(`the same function, ${labels.function}`);
  if (labels.queue !== undefined) keys.push(`the same queue, ${labels.queue}`);
  for (const { function: name, version } of diagnosis?.deployments ?? [])
    keys.push(`the same deployment, ${name} ${version}`);
  if (diagnosis?.brokeFirst?.kind === 'dependency')
    keys.push(`the same dependency, ${diagnosis.brokeFirst.name}`);
  return keys;
}
