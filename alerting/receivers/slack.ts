import type { Notice, NoticeItem } from '../../schemas/alerting/notice.js';
import { colour, cut, headline, itemLine, moreLine } from './words.js';

// Limits of Block Kit: 150 characters a header, 3000 a section, 10 fields of 2000, 50 blocks.
const mostItems = 10;

/** A message for an incoming webhook of Slack. */
export function slackMessage(notice: Notice): object {
  const { items, more, news, viewUrl } = notice;
  const shown = items.slice(0, mostItems);
  const left = more + items.length - shown.length;
  const blocks = [
    { type: 'header', text: { type: 'plain_text', text: cut(headline(notice), 150), emoji: false } },
    section(notice.text),
    ...(news.length === 0 ? [] : [section(news.map((one) => `• ${one}`).join('\n'))]),
    ...shown.flatMap((item) => itemBlocks(item, shown.length === 1)),
    ...(left === 0 ? [] : [section(moreLine({ ...notice, more: left }))]),
    ...(viewUrl === null
      ? []
      : [{ type: 'actions', elements: [button('Open in Coldburn', viewUrl), ...runbooks(shown)] }]),
  ];
  return { text: cut(headline(notice), 300), attachments: [{ color: `#${colour(notice)}`, blocks }] };
}

function itemBlocks(item: NoticeItem, isAlone: boolean): object[] {
  const { diagnosis, facts, viewUrl } = item;
  const link = viewUrl === null || isAlone ? '' : ` <${viewUrl}|Open>`;
  const lines = isAlone ? [] : [`*${escaped(itemLine(item))}*${link}`];
  if (diagnosis !== null) lines.push(escaped(diagnosis));
  const fields = facts.slice(0, 10).map(({ label, value }) => ({
    type: 'mrkdwn',
    text: cut(`*${escaped(label)}*\n${escaped(value)}`, 2000),
  }));
  return [
    ...(lines.length === 0
      ? []
      : [{ type: 'section', text: { type: 'mrkdwn', text: cut(lines.join('\n'), 3000) } }]),
    ...(fields.length === 0 || !isAlone ? [] : [{ type: 'section', fields }]),
  ];
}

function runbooks(items: readonly NoticeItem[]): object[] {
  const url = items.find(({ runbookUrl }) => runbookUrl !== null)?.runbookUrl ?? null;
  return url === null ? [] : [button('Runbook', url)];
}

function button(text: string, url: string): object {
  return { type: 'button', text: { type: 'plain_text', text }, url: url.slice(0, 3000) };
}

function section(text: string): object {
  return { type: 'section', text: { type: 'mrkdwn', text: cut(escaped(text), 3000) } };
}

/** The three characters that mean something to Slack; a name of a function must not ping a channel. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
