import { LabelName } from '../../../../schemas/alerting/labels.js';
import type { Match } from '../incidents/silence-words.js';

export type ParsedMatch = { kind: 'ok'; match: Match } | { kind: 'wrong'; says: string };

/** "team=checkout, function=pay-*" as a match; a label said twice has both patterns. */
export function parseMatch(text: string): ParsedMatch {
  const match: Match = {};
  for (const part of text.split(',').map((one) => one.trim())) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = LabelName.safeParse(part.slice(0, Math.max(0, equals)).trim());
    const glob = part.slice(equals + 1).trim();
    if (equals < 1 || glob === '')
      return { kind: 'wrong', says: `Write label=pattern, such as team=checkout; not "${part}".` };
    if (!name.success)
      return {
        kind: 'wrong',
        says: `"${part.slice(0, equals).trim()}" is no label; there are ${LabelName.options.join(', ')}.`,
      };
    match[name.data] = [...(match[name.data] ?? []), glob];
  }
  return { kind: 'ok', match };
}
