import type { BacktestAnswer, Played } from '../../schemas/alerting/backtest.js';

/** A back-test for people: what would have been told, and both policies side by side. */
export function describeBacktest(answer: BacktestAnswer, compared: string | null): string[] {
  const { budget, slo, from, to, countedFrom } = answer;
  const left =
    budget.remainingRatio === null ? 'no events' : `${percent(budget.remainingRatio)} of the budget left`;
  const lines = [
    `${slo}, ${from} to ${to} (counted from the ${countedFrom}): ${budget.bad} of ${budget.total} bad, ${left}`,
    ...episodes(answer),
    `  ${summary(answer)}`,
  ];
  if (answer.compared !== null && compared !== null)
    lines.push(`with ${compared}:`, ...episodes(answer.compared), `  ${summary(answer.compared)}`);
  return lines;
}

function episodes({ episodes: some, withheld }: Pick<Played, 'episodes' | 'withheld'>): string[] {
  const told = some.map(({ severity, tier, scope, firedAt, resolvedAt, longBurn, budgetSpentRatio }) => {
    const spent = budgetSpentRatio === null ? '' : `, ${percent(budgetSpentRatio)} of the budget gone`;
    const where = scope === '' ? '' : ` ${scope}`;
    return `  ${severity.padEnd(6)} ${tier}${where} ${firedAt} to ${resolvedAt ?? 'the end'}, burning ${Number(longBurn.toPrecision(3))}×${spent}`;
  });
  return withheld.length === 0
    ? told
    : [...told, `  withheld ${withheld.length} times: too few events to judge, or too short`];
}

function summary({
  summary: { pages, tickets, detectMedianMs, budgetUntoldRatio },
}: Pick<Played, 'summary'>): string {
  const soon =
    detectMedianMs === null ? '' : `, told after ${Math.round(detectMedianMs / 60_000)} min (median)`;
  const untold =
    budgetUntoldRatio === null ? '' : `, ${percent(budgetUntoldRatio)} of the budget went untold`;
  return `${pages} pages, ${tickets} tickets${soon}${untold}`;
}

function percent(ratio: number): string {
  return `${Number((ratio * 100).toPrecision(3))} %`;
}
