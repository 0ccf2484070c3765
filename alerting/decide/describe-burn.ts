import type { Fact, IncidentLabels } from '../../schemas/alerting/incident-event.js';
import { percentText, rest } from '../../schemas/slo/percent.js';
import { nominalLengthMs } from '../../schemas/slo/period.js';
import type { SloDefinition } from '../../schemas/slo/slo-definition.js';
import { burnRate, type Sum } from '../budget/budget.js';
import { windowText } from '../tiers/window-text.js';
import type { PolicyTier } from './burn-policy.js';

export type BurnFacts = {
  definition: SloDefinition;
  scope: string;
  tier: PolicyTier;
  long: Sum;
  short: Sum;
  /** Share of the period's budget that is left; null when there is nothing to spend, undefined when it was not read. */
  remainingRatio?: number | null;
};

export type DescribedBurn = { title: string; summary: string; facts: Fact[]; labels: IncidentLabels };

/** What a burn is, for the person who is woken by it. */
export function describeBurn({
  definition,
  scope,
  tier,
  long,
  short,
  remainingRatio,
}: BurnFacts): DescribedBurn {
  const { objective, period } = definition;
  const rate = burnRate(long, objective) ?? 0;
  const bad = long.total - long.good;
  const left = remainingRatio ?? null;
  const emptyMs = left === null || rate === 0 ? null : (Math.max(0, left) * nominalLengthMs(period)) / rate;
  const facts: Fact[] = [
    { label: `Burn over ${windowText(tier.longMs)}`, value: `${times(rate)}, limit ${times(tier.factor)}` },
    { label: `Burn over ${windowText(tier.shortMs)}`, value: times(burnRate(short, objective)) },
    { label: `Failed in ${windowText(tier.longMs)}`, value: `${bad} of ${long.total}` },
    { label: 'Objective', value: percentText(objective) },
  ];
  if (left !== null) facts.push({ label: 'Budget left', value: percent(left) });
  if (emptyMs !== null)
    facts.push({ label: 'Budget empty in', value: emptyMs === 0 ? 'it is' : windowText(emptyMs) });
  const where = scope === '' ? '' : ` of ${scope}`;
  return {
    title: `${definition.title}${where}: the error budget burns ${times(rate)}`,
    summary: `${bad} of ${long.total} events failed within ${windowText(tier.longMs)} (${percent(bad / Math.max(1, long.total))}; allowed are ${percentText(rest(objective))}).`,
    facts,
    labels: labelsOf(definition, scope),
  };
}

export function labelsOf(definition: SloDefinition, scope: string): IncidentLabels {
  const { owner, per, sli, where } = definition;
  const labels: IncidentLabels = { sli: sli.kind };
  if (owner !== undefined) labels.owner = owner;
  for (const name of ['function', 'environment', 'team', 'provider', 'region'] as const) {
    const globs = where[name] ?? [];
    const [only] = globs;
    if (globs.length === 1 && only !== undefined && !/[*?]/.test(only)) labels[name] = only;
    if (per === name) labels[name] = scope;
  }
  if (labels.owner === undefined && labels.team !== undefined) labels.owner = labels.team;
  return labels;
}

function times(rate: number | null): string {
  return rate === null ? 'no events' : `${Number(rate.toPrecision(3))}×`;
}

function percent(ratio: number): string {
  return `${Number((ratio * 100).toPrecision(3))} %`;
}
