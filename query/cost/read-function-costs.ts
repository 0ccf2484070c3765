import { ProblemError } from '../../schemas/problem.js';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import { windowParts } from '../window/window-parts.js';
import { attribute } from './attribution/attribute.js';
import { functionSettings } from './attribution/row-lines.js';
import type { CostDeps } from './cost-deps.js';
import { loadUsage } from './read-cost.js';
import { noFilter } from './store/usage-sql.js';

export type FunctionCost = { costUsd: string; costPerMillionUsd: string | null };

const groupBy = ['function', 'environment', 'team', 'provider', 'region'] as const;

export function functionCostKey(of: Record<(typeof groupBy)[number], string>): string {
  return JSON.stringify(groupBy.map((name) => of[name]));
}

/**
 * List cost of each row of the functions page. A function without a known rate is left out: its cost is not known. Null
 * when there are more sums than are added up in one answer: then no function's cost is known.
 */
export async function readFunctionCosts(
  warehouse: TenantWarehouse,
  { from, to, environment, team }: { from: Date; to: Date; environment: string | null; team: string | null },
  deps: CostDeps,
  now: Date,
  options?: StatementOptions,
): Promise<ReadonlyMap<string, FunctionCost> | null> {
  const parts = windowParts({ from, to }, now);
  const filter = { ...noFilter, environment, team };
  const question = { from: parts.from, to: parts.to, groupBy, tagKey: '', basis: 'list' as const, filter };
  const loaded = await loadUsage(warehouse, question, deps, now, options).catch((error: unknown) => {
    if (error instanceof ProblemError && error.code === 'QUERY_LIMIT') return null;
    throw error;
  });
  if (loaded === null) return null;
  const settingsOf = functionSettings(deps.settings);
  const { rows } = attribute({ ...loaded, groupBy, shared: [], settingsOf, basis: 'list' });
  const known = rows.filter(
    ({ lines }) => lines.length > 0 && lines.every(({ costUsd }) => costUsd !== null),
  );
  return new Map(
    known.map(({ labels, costUsd, costPerMillionUsd }) => [
      JSON.stringify(groupBy.map((name) => labels[name] ?? '')),
      { costUsd, costPerMillionUsd },
    ]),
  );
}
