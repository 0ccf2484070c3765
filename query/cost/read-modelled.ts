import type { CostNote } from '../../schemas/cost/price.js';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import type { ModelledLine } from './bill/bridge.js';
import type { CostDeps } from './cost-deps.js';
import { decimal } from './exact/rational.js';
import { readCost } from './read-cost.js';
import { noFilter } from './store/usage-sql.js';

/** List cost by telemetry of whole days, by function and dimension: what a bill is compared with. */
export async function readModelled(
  warehouse: TenantWarehouse,
  { from, to }: { from: Date; to: Date },
  deps: CostDeps,
  now: Date,
  options?: StatementOptions,
): Promise<{ lines: ModelledLine[]; notes: CostNote[] }> {
  const until = new Date(Math.min(to.getTime(), now.getTime()));
  if (from >= until) return { lines: [], notes: [] };
  const question = {
    ...{ from, to: until, tagKey: '', basis: 'list' as const, filter: noFilter },
    groupBy: ['day', 'function'] as const,
  };
  const costs = { ...deps, settings: { ...deps.settings, shared: [] } };
  const { rows, notes } = await readCost(warehouse, question, costs, now, options);
  const lines = rows.flatMap(({ labels, lines: opened }) =>
    opened.flatMap(({ dimension, quantity, costUsd }) =>
      costUsd === null
        ? []
        : [
            {
              day: labels['day'] ?? '',
              function: labels['function'] ?? '',
              dimension,
              quantity: decimal(quantity),
              cost: decimal(costUsd),
            },
          ],
    ),
  );
  return { lines, notes };
}
