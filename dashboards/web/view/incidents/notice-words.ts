import type { Notice } from '../../../../schemas/alerting/notice.js';

export const noticeWords: Readonly<Record<Notice['kind'], string>> = {
  firing: 'Firing',
  update: 'News',
  reminder: 'Reminder',
  resolved: 'Resolved',
  test: 'Test',
  report: 'Report',
  action: 'Action',
};

/** The colour of its chip: that of what fires; what is over or only said is quiet. */
export function noticeChip({ kind, severity }: Pick<Notice, 'kind' | 'severity'>): string {
  return kind === 'firing' || kind === 'update' || kind === 'reminder' ? severity : 'quiet';
}

/** Notices that have every word in their title, text, receiver or items. */
export function matchingNotices(notices: readonly Notice[], text: string): Notice[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return notices.filter(({ title, text: body, receiver, items }) => {
    const haystack = [title, body, receiver, ...items.map((item) => item.title)].join(' ').toLowerCase();
    return words.every((word) => haystack.includes(word));
  });
}
