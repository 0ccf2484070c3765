import type { CostNote } from '../../schemas/cost/price.js';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import { attribute, type LabelledUsage } from './attribution/attribute.js';
import type { Pricing } from './attribution/price-basis.js';
import { functionSettings, rowLines, type SettingsOf } from './attribution/row-lines.js';
import type { CostDeps } from './cost-deps.js';
import { add, decimal, multiply, type Rational, rational, zero } from './exact/rational.js';
import { loadUsage, type UsageAsked } from './read-cost.js';
import type { CostDimension } from './store/usage-sql.js';

export type CostStepsQuestion = Omit<UsageAsked, 'groupBy' | 'basis'> & {
  stepMs: number;
  groupBy: readonly CostDimension[];
  /** Kept after reading: what the filters of usage do not know. */
  only: readonly { dimension: CostDimension; value: string }[];
};

export type CostStep = {
  atMs: number;
  labels: string[];
  invocations: number;
  good: Rational;
  /** Null when any of the runs has a part without a known rate or quantity, and without runs. */
  costPerMillionUsd: string | null;
  /** What is missing for those that have none: of which function, and which rate. */
  missing: string[];
};

/** List cost by step and labels, shared costs aside. */
export async function readCostSteps(
  warehouse: TenantWarehouse,
  { groupBy, only, ...question }: CostStepsQuestion,
  deps: CostDeps,
  now: Date,
  options?: StatementOptions,
): Promise<CostStep[]> {
  const kept = ['step' as const, ...groupBy];
  const read = [...kept, ...only.map(({ dimension }) => dimension)];
  const asked = { ...question, groupBy: read, basis: 'list' as const };
  const loaded = await loadUsage(warehouse, asked, deps, now, options);
  const keep = <Labelled extends { labels: readonly string[] }>(rows: readonly Labelled[]) =>
    rows
      .filter(({ labels }) => only.every(({ value }, index) => labels[kept.length + index] === value))
      .map((row) => ({ ...row, labels: row.labels.slice(0, kept.length) }));
  const usage = keep(loaded.usage);
  const settingsOf = functionSettings(deps.settings);
  const places = new Map<string, { good: Rational; missing: Set<string> }>();
  for (const row of usage) {
    const key = JSON.stringify(row.labels);
    const { good, missing } = places.get(key) ?? { good: zero, missing: new Set<string>() };
    for (const one of missingOf(row, settingsOf, loaded.pricing)) missing.add(one);
    const weighed = multiply(rational(row.good), decimal(String(row.weight)));
    places.set(key, { good: add(good, weighed), missing });
  }
  const { rows } = attribute({
    ...{ ...loaded, usage, standing: keep(loaded.standing) },
    ...{ groupBy: kept, shared: [], settingsOf, basis: 'list' },
  });
  return rows.map((row) => {
    const labels = kept.map((name) => row.labels[name] ?? '');
    const place = places.get(JSON.stringify(labels));
    const missing = [...(place?.missing ?? [])];
    return {
      atMs: Number(labels[0]),
      labels: labels.slice(1),
      invocations: row.invocations,
      good: place?.good ?? zero,
      costPerMillionUsd: missing.length === 0 ? row.costPerMillionUsd : null,
      missing,
    };
  });
}

function missingOf(row: LabelledUsage, settingsOf: SettingsOf, pricing: Pricing): string[] {
  const { lines, notes, isBilled } = rowLines(row, settingsOf);
  if (!isBilled) return [`Nothing tells how ${row.k_function} is billed.`];
  const isPriced = lines.map((line) => pricing.of(line, row.month, row.at) !== null);
  const told = [
    ...notes.filter(({ code }) => code === 'unknown-usage'),
    ...(isPriced.includes(false) ? pricing.notes().filter(({ code }) => withoutRate.has(code)) : []),
  ];
  return told.map(({ message }) => message);
}

const withoutRate: ReadonlySet<CostNote['code']> = new Set(['missing-rate', 'no-exchange-rate']);
