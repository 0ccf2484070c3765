import type { Notice } from '../../schemas/alerting/notice.js';
import { cut, headline, itemLine, moreLine } from './words.js';

const mostBytes = 28_000;
interface Room {
  readonly items: number;
  readonly news: number;
  readonly facts: number;
  /** Characters of any one text. */
  readonly text: number;
}
// Tried in this order: long texts give way before items do. The last always fits, at 6 bytes a character.
const rooms: readonly Room[] = [
  { items: 8, news: 10, facts: 8, text: 1_500 },
  { items: 8, news: 10, facts: 6, text: 300 },
  { items: 8, news: 5, facts: 3, text: 120 },
];
const narrowest: Room = { items: 3, news: 3, facts: 3, text: 120 };

/** A message with an adaptive card for a webhook of Microsoft Teams (Workflows), which takes 28 kB. */
export function teamsMessage(notice: Notice): object {
  for (const room of rooms) {
    const message = messageIn(notice, room);
    if (Buffer.byteLength(JSON.stringify(message)) < mostBytes) return message;
  }
  return messageIn(notice, narrowest);
}

function messageIn(notice: Notice, room: Room): object {
  const { items, kind, more, news, severity, text, viewUrl } = notice;
  const block = (text: string) => textBlock(text, room.text);
  const shown = items.slice(0, room.items);
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
    ...news.slice(0, room.news).map((one) => block(`- ${one}`)),
    ...shown.flatMap((item) => [
      { ...block(itemLine(item)), separator: true, weight: 'bolder' },
      ...(item.diagnosis === null ? [] : [block(item.diagnosis)]),
      {
        type: 'FactSet',
        facts: item.facts.slice(0, room.facts).map(({ label, value }) => ({
          title: cut(plain(label), 60),
          value: cut(plain(value), Math.min(200, room.text)),
        })),
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

function textBlock(text: string, most: number): object {
  return { type: 'TextBlock', wrap: true, text: cut(plain(text), most) };
}

/** Cards read a little Markdown: names must not become links or emphasis. */
function plain(text: string): string {
  return text.replace(/[\\*_~`[\]]/g, (mark) => `\\${mark}`);
}
