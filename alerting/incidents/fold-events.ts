import type { Tenant } from '../../schemas/access.js';
import type { Diagnosis } from '../../schemas/alerting/diagnosis.js';
import {
  decider,
  type Fact,
  type IncidentEvent,
  type Severity,
  type WithheldReason,
} from '../../schemas/alerting/incident-event.js';

/** What the events of an incident come to. */
export type Incident = {
  tenant: Tenant;
  id: string;
  /** `withheld`: a rule is met, but nobody was told; `open`: it fired and goes on. */
  state: 'withheld' | 'open' | 'resolved';
  severity: Severity;
  /** The highest it ever had. */
  worstSeverity: Severity;
  rule: string;
  tier: string | null;
  sloId: string | null;
  scope: string;
  startedAt: Date;
  /** Null while nobody was told. */
  firedAt: Date | null;
  acknowledgedAt: Date | null;
  acknowledgedBy: string | null;
  assignee: string | null;
  resolvedAt: Date | null;
  /** coldburn when the fault ended, else who said so. */
  resolvedBy: string | null;
  timesReopened: number;
  /** How often it came back, as a page too. */
  flaps: number;
  /** The incident it became part of. */
  parentId: string | null;
  /** The first that was found. */
  diagnosis: Diagnosis | null;
  /** Why it is withheld. */
  reason: WithheldReason | null;
  /** What was last said of it, by us and not in a note. */
  title: string;
  summary: string;
  facts: Fact[];
  /** The last thing that happened. */
  last: IncidentEvent;
  lastSequence: number;
  lastChangeAt: Date;
  /** The last minute that changed something by itself. */
  lastDecidedAt: Date | null;
};

/** Folds the events of any number of incidents, each in order; an event that is there twice counts once. */
export function foldIncidents(events: readonly IncidentEvent[]): Incident[] {
  const incidents = new Map<string, Incident>();
  const seen = new Set<string>();
  for (const event of events) {
    const key = `${event.tenant} ${event.incidentId}`;
    if (seen.has(`${key} ${event.eventId}`)) continue;
    seen.add(`${key} ${event.eventId}`);
    incidents.set(key, foldOne(incidents.get(key) ?? null, event));
  }
  return [...incidents.values()];
}

export function foldOne(before: Incident | null, event: IncidentEvent): Incident {
  const at = new Date(event.at);
  const was: Incident = before ?? {
    tenant: event.tenant,
    id: event.incidentId,
    state: 'withheld',
    severity: event.severity,
    worstSeverity: event.severity,
    rule: event.rule,
    tier: event.tier,
    sloId: event.sloId,
    scope: event.scope,
    startedAt: new Date(event.startedAt),
    firedAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    assignee: null,
    resolvedAt: null,
    resolvedBy: null,
    timesReopened: 0,
    flaps: 0,
    parentId: null,
    diagnosis: null,
    reason: null,
    title: event.title,
    summary: event.summary,
    facts: event.facts,
    last: event,
    lastSequence: 0,
    lastChangeAt: at,
    lastDecidedAt: null,
  };
  const is = {
    ...was,
    last: event,
    lastSequence: Math.max(was.lastSequence, event.sequence),
    lastChangeAt: at,
    lastDecidedAt: event.author === decider ? at : was.lastDecidedAt,
    diagnosis: was.diagnosis ?? event.diagnosis,
  };
  const judged = {
    title: event.title,
    summary: event.summary,
    facts: event.facts,
    reason: event.reason,
    severity: event.severity,
    worstSeverity: was.firedAt === null ? event.severity : worse(was.worstSeverity, event.severity),
    tier: event.tier,
  };
  switch (event.kind) {
    case 'withheld':
      return was.state === 'open'
        ? is
        : { ...is, ...judged, state: 'withheld', resolvedAt: null, resolvedBy: null };
    case 'fired':
      return {
        ...is,
        ...judged,
        state: 'open',
        firedAt: was.firedAt ?? at,
        resolvedAt: null,
        resolvedBy: null,
        parentId: null,
      };
    case 'escalated':
      // A page is told by itself, whatever it was part of.
      return {
        ...is,
        ...judged,
        flaps: was.worstSeverity === 'page' ? was.flaps + 1 : was.flaps,
        parentId: null,
      };
    case 'eased':
      return { ...is, ...judged };
    case 'resolved':
      return { ...is, state: 'resolved', resolvedAt: at, resolvedBy: event.author };
    case 'reopened':
      return {
        ...is,
        ...judged,
        state: 'open',
        firedAt: was.firedAt ?? at,
        resolvedAt: null,
        resolvedBy: null,
        timesReopened: was.timesReopened + 1,
        flaps: was.flaps + 1,
        // What was promised for the fault before is not promised for this one.
        acknowledgedAt: null,
        acknowledgedBy: null,
      };
    case 'acknowledged':
      return {
        ...is,
        acknowledgedAt: was.acknowledgedAt ?? at,
        acknowledgedBy: was.acknowledgedBy ?? event.author,
      };
    case 'assigned':
      return { ...is, assignee: event.assignee };
    case 'noted':
      return is;
    case 'joined':
      return { ...is, parentId: event.parentId };
  }
}

function worse(one: Severity, other: Severity): Severity {
  return one === 'page' || other === 'page' ? 'page' : 'ticket';
}
