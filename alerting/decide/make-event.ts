import { createHash } from 'node:crypto';
import type { Diagnosis } from '../../schemas/alerting/diagnosis.js';
import { decider, type IncidentEvent } from '../../schemas/alerting/incident-event.js';
import type { Described, Level, Series } from './series.js';
import type { Change } from './step.js';

/** The same for the same fault, whoever decides it: two processes at once make one incident. */
export function incidentIdOf({ tenant, rule, sloId, scope }: Series, atMs: number): string {
  return digest([tenant, rule, sloId, scope, atMs]);
}

export type ChangeFacts = {
  series: Series;
  incidentId: string;
  lastSequence: number;
  atMs: number;
  change: Change<Level>;
  described: Described;
  diagnosis: Diagnosis | null;
};

/** A change as the event that is kept and told. */
export function changeEvent(facts: ChangeFacts & { level: Level }): IncidentEvent {
  const { series, incidentId, lastSequence, atMs, change, described, diagnosis, level } = facts;
  const sequence = lastSequence + 1;
  const { title, summary, labels, runbookUrl, startedMs } = described;
  return {
    tenant: series.tenant,
    incidentId,
    sequence,
    eventId: digest([incidentId, sequence, change.kind]),
    at: new Date(atMs).toISOString(),
    kind: change.kind,
    severity: level.severity,
    rule: series.rule,
    tier: level.name,
    reason: change.kind === 'withheld' ? change.reason : null,
    sloId: series.sloId,
    scope: series.scope,
    title,
    summary,
    labels: {
      ...labels,
      rule: series.rule,
      severity: level.severity,
      ...(level.name === null ? {} : { tier: level.name }),
    },
    startedAt: new Date(startedMs ?? atMs).toISOString(),
    facts: described.facts,
    diagnosis,
    runbookUrl,
    viewPath: `/incidents/${incidentId}`,
    author: decider,
    assignee: null,
    parentId: null,
  };
}

/** The incident is from now on part of another one. */
export function joinedEvent(last: IncidentEvent, parent: IncidentEvent, summary: string): IncidentEvent {
  const sequence = last.sequence + 1;
  return {
    ...last,
    sequence,
    eventId: digest([last.incidentId, sequence, 'joined', parent.incidentId]),
    kind: 'joined',
    reason: null,
    summary,
    diagnosis: null,
    parentId: parent.incidentId,
  };
}

function digest(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 20);
}
