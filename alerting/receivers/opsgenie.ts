import type { Notice } from '../../schemas/alerting/notice.js';
import { jsonRequest } from './json-request.js';
import type { OutRequest } from './receiver.js';
import { cut, headline, plainText } from './words.js';

/** A request to the alert API of Opsgenie (and of Jira Service Management, which speaks the same). */
export function opsgenieRequest(
  notice: Notice,
  { url, apiKey }: { url: string; apiKey: string },
): OutRequest {
  const { acknowledgedBy, group, items, kind, severity, threadId, title } = notice;
  const headers = { authorization: `GenieKey ${apiKey}` };
  const base = `${url.replace(/\/$/, '')}/v2/alerts`;
  const of = (verb: string) => `${base}/${encodeURIComponent(threadId)}/${verb}?identifierType=alias`;
  const note = { source: 'Coldburn', note: cut(plainText(notice), 25_000) };
  if (kind === 'resolved') return jsonRequest(of('close'), note, headers);
  if (kind === 'update' && acknowledgedBy !== null)
    return jsonRequest(of('acknowledge'), { ...note, user: cut(acknowledgedBy, 100) }, headers);
  if (kind === 'update') return jsonRequest(of('notes'), note, headers);
  const labels = { ...items[0]?.labels, ...group };
  const body = {
    message: cut(title, 130),
    alias: threadId,
    description: cut(`${headline(notice)}\n\n${plainText(notice)}`, 15_000),
    source: 'Coldburn',
    entity: cut(labels['function'] ?? labels['slo'] ?? '', 512),
    priority: kind === 'test' ? 'P5' : severity === 'page' ? 'P1' : 'P3',
    tags: ['coldburn', severity],
    details: detailsOf(labels),
  };
  return jsonRequest(base, body, headers);
}

/** Labels as far as they fit: all of them together may have 8,000 characters, as they stand in JSON. */
function detailsOf(labels: Readonly<Record<string, string>>): Record<string, string> {
  const kept: Record<string, string> = {};
  let left = 7_900;
  for (const [name, value] of Object.entries(labels)) {
    const detail = cut(value, 500);
    left -= JSON.stringify([name, detail]).length;
    if (left >= 0) kept[name] = detail;
  }
  return kept;
}
