import type { IncidentAnswer } from '../../../../schemas/alerting/incident-answer.js';
import type { IncidentEvent } from '../../../../schemas/alerting/incident-event.js';
import { unknown } from '../figure.js';
import { formatDuration } from '../format-duration.js';

export const eventWords: Readonly<Record<IncidentEvent['kind'], string>> = {
  withheld: 'Withheld',
  fired: 'Fired',
  escalated: 'Got worse',
  eased: 'Eased',
  resolved: 'Resolved',
  reopened: 'Reopened',
  acknowledged: 'Acknowledged',
  assigned: 'Assigned',
  noted: 'Note',
  joined: 'Part of another',
};

export const reasonWords: Readonly<Record<string, string>> = {
  'too-few-events': 'too few events to judge',
  'minimum-duration': 'not long enough yet',
  'sli-broken': 'what is counted is broken',
};

type Times = Pick<IncidentAnswer, 'detectMs' | 'acknowledgeMs' | 'remediateMs'>;

/** The three times of an incident, as far as they are over. */
export function incidentTimes({
  detectMs,
  acknowledgeMs,
  remediateMs,
}: Times): { label: string; text: string }[] {
  return [
    { label: 'To detect', text: durationText(detectMs) },
    { label: 'To acknowledge', text: durationText(acknowledgeMs) },
    { label: 'To remediate', text: durationText(remediateMs) },
  ];
}

export function durationText(ms: number | null): string {
  return ms === null ? unknown : formatDuration(ms);
}

/** How long something goes on: from a minute on, whole minutes are enough. */
export function lastedText(ms: number): string {
  return formatDuration(Math.max(0, ms)).replace(/(min) \d+\D+$/, '$1');
}

/** Pages before tickets, then the one that goes on longest; what is over last, the latest first. */
export function sortIncidents<One extends Pick<IncidentAnswer, 'state' | 'severity' | 'startedAt' | 'id'>>(
  incidents: readonly One[],
): One[] {
  const rank = ({ state, severity }: One) =>
    state === 'open' ? (severity === 'page' ? 0 : 1) : state === 'withheld' ? 2 : 3;
  return [...incidents].sort((one, other) => {
    const by = rank(one) - rank(other);
    if (by !== 0) return by;
    const older = Date.parse(one.startedAt) - Date.parse(other.startedAt) || (one.id < other.id ? -1 : 1);
    return one.state === 'resolved' ? -older : older;
  });
}

/** What happened before that was like it: the same objective or rule and scope, latest first. */
export function similarTo<One extends Pick<IncidentAnswer, 'id' | 'sloId' | 'rule' | 'scope' | 'startedAt'>>(
  incident: One,
  all: readonly One[],
  most: number,
): One[] {
  const alike = (other: One) =>
    other.id !== incident.id && other.rule === incident.rule && other.sloId === incident.sloId;
  return all
    .filter(alike)
    .sort(
      (one, other) =>
        Number(other.scope === incident.scope) - Number(one.scope === incident.scope) ||
        Date.parse(other.startedAt) - Date.parse(one.startedAt),
    )
    .slice(0, most);
}

export function incidentHref(id: string): string {
  return `/incidents/${encodeURIComponent(id)}`;
}
