import { defaultTenant } from '../../../schemas/access.js';
import type { IncidentEvent } from '../../../schemas/alerting/incident-event.js';

/** An event of a burn; what a test is about is given. */
export function someEvent(given: Partial<IncidentEvent>): IncidentEvent {
  const incidentId = given.incidentId ?? 'i1';
  const sequence = given.sequence ?? 1;
  return {
    tenant: defaultTenant,
    incidentId,
    sequence,
    eventId: `${incidentId}-${sequence}`,
    at: '2026-11-20T10:00:00.000Z',
    kind: 'fired',
    severity: 'page',
    rule: 'slo-burn',
    tier: '1h/5m',
    reason: null,
    sloId: 'checkout-success',
    scope: '',
    title: 'Checkout is burning its budget',
    summary: 'The budget burns 20 times faster than it lasts.',
    labels: { team: 'checkout', severity: 'page' },
    startedAt: '2026-11-20T09:55:00.000Z',
    facts: [{ label: 'Burn over 1h', value: '20×' }],
    diagnosis: null,
    runbookUrl: null,
    viewPath: `/incidents/${incidentId}`,
    author: 'coldburn',
    assignee: null,
    parentId: null,
    ...given,
  };
}
