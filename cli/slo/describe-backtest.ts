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
    lines.push(
      `with ${compared}:`,
      ...episodes(answer.compared),
      `  ${summary(answer.compared)}`,
      ...sideBySide(answer, answer.compared, compared),
    );
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

/** Both policies in one table. */
function sideBySide(own: Pick<Played, 'summary'>, other: Pick<Played, 'summary'>, name: string): string[] {
  const figures = ({ summary: one }: Pick<Played, 'summary'>) => [
    String(one.pages),
    String(one.tickets),
    String(one.withheld),
    one.detectMedianMs === null ? 'never' : `${Math.round(one.detectMedianMs / 60_000)} min`,
    one.budgetUntoldRatio === null ? 'no budget' : percent(one.budgetUntoldRatio),
  ];
  const names = ['pages', 'tickets', 'withheld', 'told after (median)', 'budget untold'];
  const [left, right] = [
    ['as defined', ...figures(own)],
    [name, ...figures(other)],
  ];
  const wide = Math.max(...left.map(({ length }) => length));
  return ['', ...names].map((what, index) =>
    `  ${what.padEnd(20)}${(left[index] ?? '').padEnd(wide + 2)}${right[index] ?? ''}`.trimEnd(),
  );
}

function percent(ratio: number): string {
  return `${Number((ratio * 100).toPrecision(3))} %`;
}
