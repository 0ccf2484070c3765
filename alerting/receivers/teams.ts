import type { Notice } from '../../schemas/alerting/notice.js';
import { cut, headline, itemLine, moreLine } from './words.js';

// A message may have 28 kB.
const mostItems = 8;
const mostText = 1_500;

/** A message with an adaptive card for a webhook of Microsoft Teams (Workflows). */
export function teamsMessage(notice: Notice): object {
  const { items, kind, more, news, severity, text, viewUrl } = notice;
  const shown = items.slice(0, mostItems);
  const left = more + items.length - shown.length;
  const color = kind === 'resolved' ? 'good' : severity === 'page' ? 'attention' : 'warning';
  const body = [
    {
      type: 'TextBlock',
      size: 'large',
      weight: 'bolder',
      wrap: true,
      color,
      text: cut(plain(headline(notice)), 300),
    },
    block(text),
    ...news.slice(0, 10).map((one) => block(`- ${one}`)),
    ...shown.flatMap((item) => [
      { ...block(itemLine(item)), separator: true, weight: 'bolder' },
      ...(item.diagnosis === null ? [] : [block(item.diagnosis)]),
      {
        type: 'FactSet',
        facts: item.facts
          .slice(0, 8)
          .map(({ label, value }) => ({ title: cut(plain(label), 60), value: cut(plain(value), 200) })),
      },
    ]),
    ...(left === 0 ? [] : [block(moreLine({ ...notice, more: left }))]),
  ];
  const runbook = shown.find(({ runbookUrl }) => runbookUrl !== null)?.runbookUrl ?? null;
  const actions = [
    ...(viewUrl === null ? [] : [{ type: 'Action.OpenUrl', title: 'Open in Coldburn', url: viewUrl }]),
    ...(runbook === null ? [] : [{ type: 'Action.OpenUrl', title: 'Runbook', url: runbook }]),
  ];
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body,
    actions,
    msteams: { width: 'Full' },
  };
  const contentType = 'application/vnd.microsoft.card.adaptive';
  return { type: 'message', attachments: [{ contentType, contentUrl: null, content }] };
}

function block(text: string): object {
  return { type: 'TextBlock', wrap: true, text: cut(plain(text), mostText) };
}

/** Cards read a little Markdown: names must not become links or emphasis. */
function plain(text: string): string {
  return text.replace(/[\\*_~`[\]]/g, (mark) => `\\${mark}`);
}
