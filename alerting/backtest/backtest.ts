import type { BacktestAnswer, Played } from '../../schemas/alerting/backtest.js';
import { ratioOf } from '../../schemas/slo/percent.js';
import type { SloDefinition } from '../../schemas/slo/slo-definition.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import { badAllowedOf, remainingOf } from '../budget/budget.js';
import { periodStart } from '../budget/period-start.js';
import { currentCorrections } from '../corrections/fold-corrections.js';
import { readCorrections } from '../corrections/read-corrections.js';
import { burnPolicy } from '../decide/burn-policy.js';
import { runningSums } from '../decide/minute-counts.js';
import { replayBurn } from '../decide/replay.js';
import { countRollups } from './count-rollups.js';
import { readMinutes, type ScopedCounts, takeOut } from './read-minutes.js';

const minuteMs = 60_000;
/** Scopes that are replayed at once; each is some hundred thousand numbers. */
const mostScopes = 200;

export type BacktestAsked = {
  definition: SloDefinition;
  /** Of the ledger that has its counts; null: there is none. */
  shape: string | null;
  from: Date;
  to: Date;
  scope: string | null;
  compare: SloDefinition['alerting'] | null;
};

/** What an objective would have told over stored history, by the code that decides live. */
export async function backtest(warehouse: TenantWarehouse, asked: BacktestAsked): Promise<BacktestAnswer> {
  const { definition, shape, scope } = asked;
  const floor = (at: Date) => new Date(Math.floor(at.getTime() / minuteMs) * minuteMs);
  const [from, to] = [floor(asked.from), floor(asked.to)];
  const longestMs = Math.max(
    0,
    ...[definition.alerting, asked.compare].flatMap((alerting) =>
      alerting === null ? [] : burnPolicy({ ...definition, alerting }).tiers.map(({ longMs }) => longMs),
    ),
  );
  const sinceMs = Math.min(from.getTime() - longestMs, periodStart(definition.period, from).getTime());
  const read = { from: new Date(sinceMs), to };
  const corrections = currentCorrections(await readCorrections(warehouse, null));
  const { id } = definition;
  const counts =
    shape === null
      ? (await countRollups(warehouse, definition, read)).filter(
          (one) => scope === null || one.scope === scope,
        )
      : await readMinutes(warehouse, {
          id,
          shape,
          definition,
          scope,
          ...read,
          limit: mostScopes,
          corrections,
        });
  if (shape === null) for (const one of counts) takeOut(one.counts, definition, one.scope, corrections);
  const window = { fromMs: from.getTime(), toMs: to.getTime() };
  const sum = sumOf(counts, window);
  const badAllowed = badAllowedOf(sum.total, definition.objective);
  return {
    slo: definition.id,
    from: from.toISOString(),
    to: to.toISOString(),
    countedFrom: shape === null ? 'rollups' : 'ledger',
    budget: {
      objective: ratioOf(definition.objective),
      ...sum,
      bad: Math.max(0, sum.total - sum.good),
      badAllowed,
      remainingRatio: remainingOf(sum, definition.objective),
    },
    ...play(definition, counts, window, badAllowed),
    compared:
      asked.compare === null
        ? null
        : play({ ...definition, alerting: asked.compare }, counts, window, badAllowed),
  };
}

function sumOf(counts: readonly ScopedCounts[], { fromMs, toMs }: { fromMs: number; toMs: number }) {
  return counts
    .map((one) => runningSums(one.counts).sum(fromMs, toMs))
    .reduce((all, one) => ({ good: all.good + one.good, total: all.total + one.total }), {
      good: 0,
      total: 0,
    });
}

function play(
  definition: SloDefinition,
  counts: readonly ScopedCounts[],
  window: { fromMs: number; toMs: number },
  badAllowed: number,
): Played {
  const policy = burnPolicy(definition);
  const iso = (ms: number) => new Date(ms).toISOString();
  const asked = {
    ...window,
    periodStartMs: (atMs: number) => periodStart(definition.period, new Date(atMs)).getTime(),
  };
  const replayed = counts.map(({ scope, counts: minutes }) => ({
    scope,
    ...replayBurn(policy, minutes, asked),
  }));
  const episodes = replayed.flatMap(({ scope, episodes: some }) => some.map((one) => ({ scope, ...one })));
  const withheld = replayed.flatMap(({ scope, withheld: some }) => some.map((one) => ({ scope, ...one })));
  const waits = episodes
    .map(({ startedMs, firedMs }) => firedMs - startedMs)
    .sort((one, other) => one - other);
  const badUntold = replayed.reduce((all, one) => all + one.badUntold, 0);
  return {
    episodes: episodes
      .sort((one, other) => one.firedMs - other.firedMs)
      .map(({ startedMs, firedMs, resolvedMs, ...rest }) => ({
        ...rest,
        startedAt: iso(startedMs),
        firedAt: iso(firedMs),
        resolvedAt: resolvedMs === null ? null : iso(resolvedMs),
      })),
    withheld: withheld.map(({ fromMs, toMs, ...rest }) => ({ ...rest, from: iso(fromMs), to: iso(toMs) })),
    summary: {
      pages: episodes.filter(({ severity }) => severity === 'page').length,
      tickets: episodes.filter(({ severity }) => severity === 'ticket').length,
      withheld: withheld.length,
      detectMedianMs: waits[Math.max(0, Math.ceil(waits.length / 2) - 1)] ?? null,
      badUntold,
      budgetUntoldRatio: badAllowed === 0 ? null : badUntold / badAllowed,
    },
  };
}
