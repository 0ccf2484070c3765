import type { Notice } from '../../schemas/alerting/notice.js';
import { cut, plainText } from './words.js';

const weekMs = 7 * 86_400_000;

/**
 * Alerts for `POST /api/v2/alerts` of a Prometheus Alertmanager. A thread is one alert, whose labels never change, so that
 * its end finds it; without an end of its own it would be taken for resolved after five minutes.
 */
export function alertmanagerAlerts(notice: Notice): object[] {
  const { at, group, items, kind, severity, text, threadId, title, viewUrl } = notice;
  const endsAt = kind === 'resolved' ? at : new Date(Date.parse(at) + weekMs).toISOString();
  const known = Object.entries(group).filter(([, value]) => value !== '');
  const runbook = items.find(({ runbookUrl }) => runbookUrl !== null)?.runbookUrl ?? null;
  return [
    {
      labels: { ...Object.fromEntries(known), alertname: 'Coldburn', thread: threadId },
      annotations: {
        title,
        summary: text,
        severity,
        description: cut(plainText(notice), 10_000),
        ...(runbook === null ? {} : { runbook_url: runbook }),
      },
      startsAt: items[0]?.startedAt ?? at,
      endsAt,
      generatorURL: viewUrl ?? '',
    },
  ];
}
