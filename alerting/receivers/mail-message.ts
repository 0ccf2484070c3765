import type { Notice, NoticeItem } from '../../schemas/alerting/notice.js';
import type { Mail } from './receiver.js';
import { colour, cut, headline, itemLine, moreLine, plainText } from './words.js';

/** A mail, in one thread of mails with the others about the same. */
export function mailMessage(notice: Notice, { from, to }: { from: string; to: readonly string[] }): Mail {
  const idOf = (id: string) => `<${id.replace(/[^\w.-]/g, '-')}@coldburn>`;
  return {
    from,
    to,
    subject: cut(headline(notice), 200),
    text: plainText(notice),
    html: notice.html ?? pageOf(notice),
    messageId: idOf(notice.id),
    inReplyTo: notice.sequence === 1 ? null : idOf(`${notice.threadId}-1`),
  };
}

// Mail programs know no style sheets to speak of: everything stands at its element.
const font = 'font-family:system-ui,-apple-system,Segoe UI,sans-serif';

function pageOf(notice: Notice): string {
  const { items, more, news, text, viewUrl } = notice;
  const list = news.map((one) => `<li>${escaped(one)}</li>`).join('');
  return [
    `<div style="${font};max-width:640px;margin:0 auto;color:#1c2430">`,
    `<h1 style="font-size:18px;border-left:4px solid #${colour(notice)};padding-left:12px">${escaped(headline(notice))}</h1>`,
    `<p>${escaped(text)}</p>`,
    list === '' ? '' : `<ul>${list}</ul>`,
    ...items.map(itemHtml),
    more === 0 ? '' : `<p>${escaped(moreLine(notice))}</p>`,
    viewUrl === null ? '' : `<p>${link(viewUrl, 'Open in Coldburn')}</p>`,
    '</div>',
  ].join('\n');
}

function itemHtml(item: NoticeItem): string {
  const { diagnosis, facts, runbookUrl, viewUrl } = item;
  const rows = facts.map(
    ({ label, value }) =>
      `<tr><td style="padding:2px 12px 2px 0;color:#5b6776">${escaped(label)}</td><td>${escaped(value)}</td></tr>`,
  );
  const links = [
    ...(viewUrl === null ? [] : [link(viewUrl, 'Incident')]),
    ...(runbookUrl === null ? [] : [link(runbookUrl, 'Runbook')]),
  ];
  return [
    `<h2 style="font-size:15px;margin:20px 0 4px">${escaped(itemLine(item))}</h2>`,
    diagnosis === null ? '' : `<p style="margin:4px 0">${escaped(diagnosis)}</p>`,
    rows.length === 0
      ? ''
      : `<table style="font-size:14px;border-collapse:collapse">${rows.join('')}</table>`,
    links.length === 0 ? '' : `<p style="margin:4px 0">${links.join(' · ')}</p>`,
  ].join('\n');
}

function link(url: string, text: string): string {
  return `<a href="${escaped(url)}">${escaped(text)}</a>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
