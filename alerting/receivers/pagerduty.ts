import type { Notice } from '../../schemas/alerting/notice.js';
import { cut, itemLine } from './words.js';

/** An event for the Events API v2 of PagerDuty; all notices of a thread are about one of its incidents. */
export function pagerdutyEvent(notice: Notice, routingKey: string): object {
  const { acknowledgedBy, at, group, items, kind, more, news, severity, text, threadId, title, viewUrl } =
    notice;
  const base = { routing_key: routingKey, dedup_key: threadId };
  if (kind === 'resolved') return { ...base, event_action: 'resolve' };
  if (kind === 'update' && acknowledgedBy !== null) return { ...base, event_action: 'acknowledge' };
  const [first] = items;
  const runbooks = items.flatMap(({ runbookUrl }) => (runbookUrl === null ? [] : [runbookUrl]));
  return {
    ...base,
    event_action: 'trigger',
    payload: {
      summary: cut(title, 1024),
      source: cut(first?.labels['function'] || first?.labels['slo'] || 'coldburn', 1024),
      severity: kind === 'test' ? 'info' : severity === 'page' ? 'critical' : 'warning',
      timestamp: first?.startedAt ?? at,
      component: first?.labels['function'] ?? '',
      group: group['environment'] ?? first?.labels['environment'] ?? '',
      class: first?.labels['rule'] ?? '',
      custom_details: {
        text,
        ...(news.length === 0 ? {} : { news }),
        ...(more === 0 ? {} : { more }),
        incidents: items.map((item) => ({
          incident: cut(itemLine(item), 1000),
          diagnosis: item.diagnosis,
          ...Object.fromEntries(item.facts.map(({ label, value }) => [label, value])),
        })),
        labels: first?.labels ?? {},
      },
    },
    client: 'Coldburn',
    ...(viewUrl === null ? {} : { client_url: viewUrl }),
    links: [...new Set(runbooks)].slice(0, 10).map((href) => ({ href, text: 'Runbook' })),
  };
}
