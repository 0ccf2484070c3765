import type { Notice, NoticeItem } from '../../schemas/alerting/notice.js';

const kinds = {
  firing: 'Firing',
  update: 'Update',
  reminder: 'Still firing',
  resolved: 'Resolved',
  test: 'Test',
  report: 'Report',
  action: 'Action',
} as const;

/** The first line a person reads: what it is and about what. */
export function headline({ kind, severity, title }: Notice): string {
  if (kind === 'report') return title;
  const urgency = kind === 'firing' || kind === 'reminder' ? ` ${severity}` : '';
  return `${kinds[kind]}${urgency}: ${title}`;
}

export function itemLine({ isFiring, title, summary }: NoticeItem): string {
  return `${isFiring ? 'Firing' : 'Resolved'}: ${title}. ${summary}`;
}

/** The notice as plain text, for mail and whatever takes no markup. */
export function plainText(notice: Notice): string {
  const lines = [notice.text];
  if (notice.news.length > 0) lines.push('', ...notice.news.map((one) => `- ${one}`));
  for (const item of notice.items) {
    lines.push('', itemLine(item), ...item.facts.map(({ label, value }) => `  ${label}: ${value}`));
    if (item.diagnosis !== null) lines.push(`  ${item.diagnosis}`);
    if (item.runbookUrl !== null) lines.push(`  Runbook: ${item.runbookUrl}`);
    if (item.viewUrl !== null) lines.push(`  ${item.viewUrl}`);
  }
  if (notice.more > 0) lines.push('', moreLine(notice));
  if (notice.viewUrl !== null) lines.push('', notice.viewUrl);
  return lines.join('\n');
}

export function moreLine({ more }: Notice): string {
  return `and ${more} more ${more === 1 ? 'incident' : 'incidents'}`;
}

/** Text of at least one and at most so many characters, as services want it; what is cut ends with a sign. */
export function cut(text: string, most: number): string {
  if (text === '') return '–';
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** Green when over, red for a page, amber for a ticket. */
export function colour({ kind, severity }: Notice): string {
  if (kind === 'resolved') return '2e9e5b';
  if (kind === 'test' || kind === 'report') return '4a7dbd';
  return severity === 'page' ? 'd64545' : 'd9912b';
}
