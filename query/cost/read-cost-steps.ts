import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import { attribute } from './attribution/attribute.js';
import { functionSettings, rowLines } from './attribution/row-lines.js';
import type { CostDeps } from './cost-deps.js';
import { add, decimal, multiply, type Rational, rational, zero } from './exact/rational.js';
import { loadUsage, mostCostRows, type UsageAsked } from './read-cost.js';
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
};

/** List cost by step and labels, shared costs aside; null when there are more kinds of usage than are read. */
export async function readCostSteps(
  warehouse: TenantWarehouse,
  { groupBy, only, ...question }: CostStepsQuestion,
  deps: CostDeps,
  now: Date,
  options?: StatementOptions,
): Promise<CostStep[] | null> {
  const kept = ['step' as const, ...groupBy];
  const read = [...kept, ...only.map(({ dimension }) => dimension)];
  const asked = { ...question, groupBy: read, basis: 'list' as const };
  const loaded = await loadUsage(warehouse, asked, deps, now, options);
  if (loaded.usage.length > mostCostRows) return null;
  const keep = <Labelled extends { labels: readonly string[] }>(rows: readonly Labelled[]) =>
    rows
      .filter(({ labels }) => only.every(({ value }, index) => labels[kept.length + index] === value))
      .map((row) => ({ ...row, labels: row.labels.slice(0, kept.length) }));
  const usage = keep(loaded.usage);
  const settingsOf = functionSettings(deps.settings);
  const places = new Map<string, { good: Rational; isKnown: boolean }>();
  for (const row of usage) {
    const key = JSON.stringify(row.labels);
    const before = places.get(key) ?? { good: zero, isKnown: true };
    const { isBilled, notes } = rowLines(row, settingsOf);
    const isKnown = isBilled && notes.every(({ code }) => code !== 'unknown-usage');
    const good = multiply(rational(row.good), decimal(String(row.weight)));
    places.set(key, { good: add(before.good, good), isKnown: before.isKnown && isKnown });
  }
  const { rows } = attribute({
    ...{ ...loaded, usage, standing: keep(loaded.standing) },
    ...{ groupBy: kept, shared: [], settingsOf, basis: 'list' },
  });
  return rows.map((row) => {
    const labels = kept.map((name) => row.labels[name] ?? '');
    const place = places.get(JSON.stringify(labels));
    const isKnown = place?.isKnown === true && row.lines.every(({ costUsd }) => costUsd !== null);
    return {
      atMs: Number(labels[0]),
      labels: labels.slice(1),
      invocations: row.invocations,
      good: place?.good ?? zero,
      costPerMillionUsd: isKnown ? row.costPerMillionUsd : null,
    };
  });
}
