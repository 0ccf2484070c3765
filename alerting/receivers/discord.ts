import type { Notice } from '../../schemas/alerting/notice.js';
import { colour, cut, headline, itemLine, moreLine } from './words.js';

// An embed: 256 characters of title, 4096 of description, 25 fields of 256 and 1024; 6000 in all.
const mostDescription = 3_500;
const mostFields = 9;

/** A message for a webhook of Discord. Nobody is ever pinged by a name in it. */
export function discordMessage(notice: Notice): object {
  const { at, items, more, news, text, viewUrl } = notice;
  const alone = items.length === 1 ? items[0] : undefined;
  const lines = [text, ...news.map((one) => `- ${one}`)];
  if (alone === undefined) lines.push(...items.map((item) => `**${itemLine(item)}**`));
  else if (alone.diagnosis !== null) lines.push(alone.diagnosis);
  if (more > 0) lines.push(moreLine(notice));
  const fields = (alone?.facts ?? []).slice(0, mostFields).map(({ label, value }) => {
    return { name: cut(label, 60), value: cut(value, 150), inline: true };
  });
  const embed = {
    title: cut(headline(notice), 256),
    description: cut(lines.join('\n'), mostDescription),
    color: Number.parseInt(colour(notice), 16),
    timestamp: at,
    fields,
    ...(viewUrl === null ? {} : { url: viewUrl }),
  };
  return { username: 'Coldburn', embeds: [embed], allowed_mentions: { parse: [] } };
}
