import type { CostAnswer } from '../../../schemas/cost/attribution.js';
import { decimalText } from '../exact/decimal-text.js';
import {
  compareDecimals,
  decimal,
  divide,
  type Rational,
  rational,
  subtract,
  sum,
} from '../exact/rational.js';
import { costHtml } from './html.js';

export type CostPeriod = {
  /** By team and function, of the teams the report is for. */
  answer: CostAnswer;
  /** Of as long a time before. */
  beforeUsd: string;
};

const mostListed = 20;

/** What a period cost, as text for a channel and as a page for a mail. */
export function periodWords({ answer, beforeUsd }: CostPeriod): {
  title: string;
  text: string;
  html: string;
} {
  const { rows, totalUsd, from, to, notes, unpricedInvocations } = answer;
  const last = new Date(Date.parse(to) - 1).toISOString().slice(0, 10);
  const title = `Cost of functions from ${from.slice(0, 10)} to ${last}: ${cents(totalUsd)} USD`;
  const teams = new Map<string, string[]>();
  for (const { labels, costUsd } of rows) {
    const name = labels['team'] || '(no team)';
    teams.set(name, [...(teams.get(name) ?? []), costUsd]);
  }
  const byTeam = [...teams]
    .map(([name, costs]) => ({ name, usd: decimalText(sum(costs.map(decimal))) }))
    .sort((a, b) => compareDecimals(b.usd, a.usd));
  const listed = rows.slice(0, mostListed);
  const more = rows.length - listed.length;
  const text = [
    `${cents(totalUsd)} USD, ${changeText(decimal(totalUsd), decimal(beforeUsd))}.`,
    '',
    ...byTeam.map(({ name, usd }) => `${name}: ${cents(usd)} USD`),
    '',
    ...listed.map(
      ({ labels, costUsd, invocations }) =>
        `${labels['function'] || '(none)'}: ${cents(costUsd)} USD, ${invocations} runs`,
    ),
    ...(more > 0 ? [`and ${more} more`] : []),
    ...(unpricedInvocations > 0
      ? ['', `${unpricedInvocations} runs have no known price and are in no amount.`]
      : []),
    ...notes.slice(0, 5).map(({ message }) => `Note: ${message}`),
  ];
  return { title, text: text.join('\n'), html: costHtml(answer).join('\n') };
}

function cents(usd: string): string {
  return decimalText(decimal(usd), 2);
}

function changeText(now: Rational, before: Rational): string {
  if (before.n <= 0n) return 'nothing is known of the time before';
  const percent = decimalText(divide(subtract(now, before), divide(before, rational(100n))), 1);
  return `${percent.startsWith('-') ? '' : '+'}${percent} % against the time before (${decimalText(before, 2)} USD)`;
}
