import type { Diagnosis } from '../../schemas/alerting/diagnosis.js';
import type { IncidentEvent, Severity } from '../../schemas/alerting/incident-event.js';
import type { Labels } from '../../schemas/alerting/labels.js';

/** Something people who were told of an incident are told of as well. */
export type CaseChange = {
  sequence: number;
  atMs: number;
  kind: 'escalated' | 'eased' | 'acknowledged' | 'assigned' | 'noted' | 'joined';
  sentence: string;
};

/** One time an incident was open: it begins when it fires or is reopened, and ends when it is resolved. */
export type Case = {
  /** The incident and the event that opened it: `i1#2`. */
  key: string;
  incidentId: string;
  openedAtMs: number;
  resolvedAtMs: number | null;
  acknowledgedBy: string | null;
  severity: Severity;
  labels: Labels;
  rule: string;
  sloId: string | null;
  scope: string;
  title: string;
  summary: string;
  startedAt: string;
  facts: readonly { label: string; value: string }[];
  diagnosis: Diagnosis | null;
  runbookUrl: string | null;
  viewPath: string;
  /** The incident it is one fault with; told there. */
  parentId: string | null;
  /** Multiples of the sustainable spend, where the rule is about one. */
  burn: number | null;
  changes: readonly CaseChange[];
};

/** What the events of one incident come to, whatever order they are given in: each time it was open, the oldest first. */
export function casesOf(events: readonly IncidentEvent[]): Case[] {
  const ordered = distinct(events).sort(
    (one, other) =>
      one.sequence - other.sequence ||
      Date.parse(one.at) - Date.parse(other.at) ||
      (one.eventId < other.eventId ? -1 : 1),
  );
  const cases: Case[] = [];
  for (const event of ordered) {
    const current = cases.at(-1);
    const isOpen = current !== undefined && current.resolvedAtMs === null;
    if ((event.kind === 'fired' || event.kind === 'reopened') && !isOpen) cases.push(opened(event));
    else if (current !== undefined && isOpen) cases[cases.length - 1] = after(current, event);
  }
  return cases;
}

/** An event written twice has the same id both times. */
function distinct(events: readonly IncidentEvent[]): IncidentEvent[] {
  return [...new Map(events.map((event) => [event.eventId, event])).values()];
}

function opened(event: IncidentEvent): Case {
  return {
    key: `${event.incidentId}#${event.sequence}`,
    incidentId: event.incidentId,
    openedAtMs: Date.parse(event.at),
    resolvedAtMs: null,
    acknowledgedBy: null,
    parentId: null,
    changes: [],
    ...told(event),
    diagnosis: event.diagnosis,
    runbookUrl: event.runbookUrl,
  };
}

/** What each event tells anew, whatever it is about. */
function told(event: IncidentEvent) {
  return {
    severity: event.severity,
    labels: labelsOf(event),
    rule: event.rule,
    sloId: event.sloId,
    scope: event.scope,
    title: event.title,
    summary: event.summary,
    startedAt: event.startedAt,
    facts: event.facts,
    viewPath: event.viewPath,
    burn: burnOf(event),
  };
}

function after(current: Case, event: IncidentEvent): Case {
  const atMs = Date.parse(event.at);
  const changed = (kind: CaseChange['kind'], sentence: string): Case => ({
    ...current,
    changes: [...current.changes, { sequence: event.sequence, atMs, kind, sentence }],
  });
  switch (event.kind) {
    case 'escalated':
    case 'eased':
      return {
        ...changed(event.kind, event.summary),
        ...told(event),
        diagnosis: event.diagnosis ?? current.diagnosis,
        runbookUrl: event.runbookUrl ?? current.runbookUrl,
      };
    case 'resolved':
      return { ...current, resolvedAtMs: atMs };
    case 'acknowledged':
      return {
        ...changed('acknowledged', `Acknowledged by ${event.author}`),
        acknowledgedBy: event.author,
      };
    case 'assigned':
      return changed('assigned', `Assigned to ${event.assignee ?? 'nobody'} by ${event.author}`);
    case 'noted':
      return changed('noted', `${event.author}: ${event.summary}`);
    case 'joined':
      return { ...current, parentId: event.parentId };
    case 'fired':
    case 'reopened':
    case 'withheld':
      return current;
  }
}

function labelsOf({ labels, severity, rule, sloId, scope, tenant, tier }: IncidentEvent): Labels {
  return {
    ...labels,
    tenant,
    severity,
    rule,
    scope,
    ...(sloId === null ? {} : { slo: sloId }),
    ...(tier === null ? {} : { tier }),
  };
}

/** The highest burn rate among the facts, where they stand as "20×, limit 14.4×". */
function burnOf({ facts }: IncidentEvent): number | null {
  const rates = facts
    .filter(({ label }) => /burn/i.test(label))
    .map(({ value }) => Number(/^(\d+(?:\.\d+)?)×/.exec(value)?.[1]))
    .filter((rate) => Number.isFinite(rate));
  return rates.length === 0 ? null : Math.max(...rates);
}
