import type { Tenant } from '../../schemas/access.js';
import type { Notice } from '../../schemas/alerting/notice.js';
import { inboxName } from '../../schemas/config/receivers.js';
import { addressOf } from '../routing/compose-notice.js';
import type { DecidedAction } from './decide-actions.js';

/** What is sent to whoever acts; what is only written down goes to the inbox. */
export function actionNotice(
  { id, action, on, one, outcome }: DecidedAction,
  tenant: Tenant,
  { nowMs, publicUrl }: { nowMs: number; publicUrl: string | null },
): Notice {
  const isDone = outcome.kind === 'done';
  return {
    id,
    tenant,
    receiver: isDone ? action.receiver : inboxName,
    threadId: id,
    sequence: 1,
    kind: 'action',
    at: new Date(nowMs).toISOString(),
    severity: one.severity,
    title: `${action.name}, because an incident ${on === 'fired' ? 'fires' : on === 'resolved' ? 'is over' : 'has become worse'}: ${one.title}`,
    text: textOf(outcome, one.summary),
    group: { action: action.name, on, outcome: outcome.kind },
    items: [
      {
        incidentId: one.incidentId,
        title: one.title,
        summary: one.summary,
        severity: one.severity,
        isFiring: one.resolvedAtMs === null,
        labels: { ...one.labels },
        startedAt: one.startedAt,
        resolvedAt: one.resolvedAtMs === null ? null : new Date(one.resolvedAtMs).toISOString(),
        facts: [...one.facts],
        diagnosis: one.diagnosis?.sentence || null,
        runbookUrl: addressOf(one.runbookUrl, publicUrl),
        viewUrl: addressOf(one.viewPath, publicUrl),
      },
    ],
    firing: one.resolvedAtMs === null ? 1 : 0,
    resolved: one.resolvedAtMs === null ? 0 : 1,
    more: 0,
    news: [],
    acknowledgedBy: one.acknowledgedBy,
    viewUrl: null,
    html: null,
  };
}

function textOf(outcome: DecidedAction['outcome'], summary: string): string {
  switch (outcome.kind) {
    case 'done':
      return summary;
    case 'dry-run':
      return `A dry run: this would have been sent. ${summary}`;
    case 'cooling-down':
      return `Not done: the same was done a short time ago, and it cools down until ${new Date(outcome.untilMs).toISOString()}. ${summary}`;
  }
}
