import type { Notice } from '../../schemas/alerting/notice.js';
import { fillTemplate, type TemplateName } from '../../schemas/alerting/template-names.js';
import type { OutRequest } from './receiver.js';
import { headline, plainText } from './words.js';

export type TemplateSettings = {
  url: string;
  method: 'POST' | 'PUT';
  contentType: string;
  body: string;
  headers: Readonly<Record<string, string>>;
};

/** A body of one's own. In JSON every value is written so that it stays inside its quotes, whatever is in it. */
export function templateRequest(notice: Notice, settings: TemplateSettings): OutRequest {
  const { url, method, contentType, body, headers } = settings;
  const values: Record<TemplateName, string> = {
    id: notice.id,
    tenant: notice.tenant,
    threadId: notice.threadId,
    kind: notice.kind,
    severity: notice.severity,
    title: notice.title,
    headline: headline(notice),
    text: notice.text,
    details: plainText(notice),
    at: notice.at,
    firing: String(notice.firing),
    resolved: String(notice.resolved),
    viewUrl: notice.viewUrl ?? '',
    runbookUrl: notice.items.find(({ runbookUrl }) => runbookUrl !== null)?.runbookUrl ?? '',
  };
  const labels = { ...notice.items[0]?.labels, ...notice.group };
  const known = new Map<string, string>(Object.entries(values));
  const isJson = /\bjson\b/.test(contentType);
  const filled = fillTemplate(body, (name) => {
    const value = name.startsWith('label.') ? (labels[name.slice(6)] ?? '') : (known.get(name) ?? '');
    return isJson ? JSON.stringify(value).slice(1, -1) : value;
  });
  return {
    method,
    url,
    headers: { ...headers, 'content-type': contentType, 'idempotency-key': notice.id },
    body: filled,
  };
}
