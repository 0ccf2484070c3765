import { defaultTenant } from '../../../schemas/access.js';
import type { IncidentEvent } from '../../../schemas/alerting/incident-event.js';
import { Alerting, type AlertingSettings } from '../../../schemas/config/alerting.js';

export const startMs = Date.parse('2026-03-02T10:00:00Z');

export function settingsOf(given: object): AlertingSettings {
  return Alerting.parse(given);
}

type Given = Partial<Omit<IncidentEvent, 'at'>> & {
  incidentId: string;
  sequence: number;
  kind: IncidentEvent['kind'];
  atMs: number;
};

/** An event of a plain page; what a test is about is given. */
export function eventOf({ atMs, ...given }: Given): IncidentEvent {
  const severity = given.severity ?? 'page';
  return {
    tenant: defaultTenant,
    eventId: `${given.incidentId}-${given.sequence}-${given.kind}`,
    at: new Date(atMs).toISOString(),
    rule: 'slo-burn',
    tier: '1h/5m',
    reason: null,
    sloId: `slo-${given.incidentId}`,
    scope: '',
    title: `Objective ${given.incidentId} burns`,
    summary: 'It burns 20 times as fast as it may',
    startedAt: new Date(atMs - 300_000).toISOString(),
    facts: [{ label: 'Burn rate, 1h', value: '20×' }],
    diagnosis: null,
    runbookUrl: null,
    viewPath: `/incidents/${given.incidentId}`,
    author: 'coldburn',
    assignee: null,
    parentId: null,
    ...given,
    severity,
    labels: { team: 'payments', environment: 'production', severity, ...given.labels },
  };
}
