import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import { emptyCounts, readMinutes } from '../backtest/read-minutes.js';
import { nothing, type Sum } from '../budget/budget.js';
import type { Correction } from '../corrections/correction.js';
import { type BurnPolicy, burnPolicy, type PolicyTier } from '../decide/burn-policy.js';
import { describeBurn, labelsOf } from '../decide/describe-burn.js';
import { judgeBurn } from '../decide/judge-burn.js';
import { faultStart } from '../decide/minute-counts.js';
import type { Described, Level, SeriesReading } from '../decide/series.js';
import type { Standing } from '../decide/step.js';
import type { CurrentSlo } from '../definitions/fold-versions.js';
import { readBudgets } from '../reading/read-budgets.js';
import { readWindowSums, type WindowSums } from '../reading/read-window-sums.js';
import { runbookPath } from '../rules/runbook-path.js';
import { readUnseen } from './read-unseen.js';

/** An objective with what follows from its definition. */
export type WatchedSlo = { slo: CurrentSlo; policy: BurnPolicy };

/** What of a function is not seen says nothing of it: its incidents stay as they are, and `coverage-drop` tells why. */
const frozen = { kind: 'frozen' } as const;

/** In a storm this many are described in full; of the others the budget and the start are not looked up. */
const mostDescribed = 10;

export function watchSlo(slo: CurrentSlo): WatchedSlo {
  return { slo, policy: burnPolicy(slo.definition) };
}

/** Where every objective of a tenant stands at the end of one minute, with one question to the ledger. */
export async function readBurns(
  warehouse: TenantWarehouse,
  watched: readonly WatchedSlo[],
  corrections: readonly Correction[],
  at: Date,
  now: Date,
): Promise<SeriesReading[]> {
  const windows = [
    ...new Set(watched.flatMap(({ policy }) => policy.tiers.flatMap((tier) => [tier.longMs, tier.shortMs]))),
  ];
  const starts = windows.map((windowMs) => new Date(at.getTime() - windowMs));
  const slos = watched.map(({ slo }) => slo);
  const rows = await readWindowSums(warehouse, { slos, starts, end: at, now, corrections });
  const place = new Map(windows.map((windowMs, index) => [windowMs, index]));
  const bySlo = new Map<CurrentSlo, WindowSums[]>();
  for (const row of rows) {
    const list = bySlo.get(row.slo);
    if (list === undefined) bySlo.set(row.slo, [row]);
    else list.push(row);
  }
  const isUnseen = await readUnseen(warehouse, at);
  const budget = { described: 0 };
  return watched.flatMap((one) =>
    (bySlo.get(one.slo) ?? []).flatMap(({ scope, sums }) => {
      const sumOf = (windowMs: number): Sum => sums[place.get(windowMs) ?? -1] ?? nothing;
      const standing = isUnseen(one.slo.definition, scope) ? frozen : judgeBurn(one.policy, sumOf);
      return readingsOf(one, scope, standing, async (tier) => {
        budget.described += 1;
        return await describe(warehouse, one, {
          scope,
          tier,
          sumOf,
          at,
          now,
          corrections,
          inFull: budget.described <= mostDescribed,
        });
      });
    }),
  );
}

function readingsOf(
  { slo, policy }: WatchedSlo,
  scope: string,
  standing: Standing<Level>,
  describeTier: (tier: PolicyTier) => Promise<Described>,
): SeriesReading[] {
  const series = { tenant: slo.tenant, sloId: slo.id, scope };
  const isBroken = standing.kind === 'broken';
  const broken: Level | null = isBroken ? { severity: 'ticket', name: null } : null;
  return [
    {
      series: { ...series, rule: 'slo-burn' },
      standing,
      minimumMs: policy.minimumMs,
      describe: async (level) => {
        const tier = policy.tiers.find(({ name }) => name === level.name) ?? policy.tiers[0];
        if (tier === undefined) throw new Error(`The objective ${slo.id} has no tier that could be reached`);
        return await describeTier(tier);
      },
    },
    {
      series: { ...series, rule: 'sli-broken' },
      standing:
        standing.kind === 'frozen' ? frozen : { kind: 'judged', active: broken, held: null, still: broken },
      minimumMs: 5 * 60_000,
      describe: async () => ({
        title: `${slo.definition.title}: more good events than there were`,
        summary:
          'The indicator counts more good events than events, so nothing can be said of its budget. Burns of this objective are not judged until that ends.',
        facts: [],
        labels: labelsOf(slo.definition, scope),
        runbookUrl: runbookPath('sli-broken'),
        startedMs: null,
      }),
    },
  ];
}

async function describe(
  warehouse: TenantWarehouse,
  { slo }: WatchedSlo,
  burn: {
    scope: string;
    tier: PolicyTier;
    sumOf: (windowMs: number) => Sum;
    at: Date;
    now: Date;
    corrections: readonly Correction[];
    inFull: boolean;
  },
): Promise<Described> {
  const { definition } = slo;
  const { scope, tier, sumOf, at, now } = burn;
  const facts = { definition, scope, tier, long: sumOf(tier.longMs), short: sumOf(tier.shortMs) };
  const runbookUrl = definition.runbook ?? runbookPath('slo-burn');
  if (!burn.inFull) return { ...describeBurn(facts), runbookUrl, startedMs: null };
  const budgets = await readBudgets(warehouse, [slo], at, now);
  const remainingRatio = budgets.find((one) => one.scope === scope)?.budget.remainingRatio ?? null;
  const from = new Date(at.getTime() - tier.longMs);
  const { id, shape } = slo;
  const asked = { id, shape, definition, scope, from, to: at, limit: 1, corrections: burn.corrections };
  const counts = (await readMinutes(warehouse, asked))[0]?.counts ?? emptyCounts(from, at);
  const fault = { fromMs: from.getTime(), endMs: at.getTime(), ratio: tier.threshold.ratio };
  return { ...describeBurn({ ...facts, remainingRatio }), runbookUrl, startedMs: faultStart(counts, fault) };
}
