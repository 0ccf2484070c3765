import type { CostNote } from '../../schemas/cost/price.js';
import { ProblemError } from '../../schemas/problem.js';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import { type WindowParts, windowParts } from '../window/window-parts.js';
import { type CellPricing, type PricedCell, priceCells } from './analysis/priced-cell.js';
import { makePricing } from './attribution/price-basis.js';
import { functionSettings } from './attribution/row-lines.js';
import type { CostDeps } from './cost-deps.js';
import { type Cell, readCells } from './store/read-cells.js';
import type { UsageFilter } from './store/usage-sql.js';

/** Kinds of runs looked at together; a fleet of thousands of functions has fewer. */
const mostCells = 200_000;

export type PricedCells = {
  parts: WindowParts;
  cells: readonly Cell[];
  priced: PricedCell[];
  notes: () => CostNote[];
};

/** List prices of an instant, for cells. */
export function cellPricing({ books, settings }: CostDeps, at: Date): CellPricing {
  return { pricing: makePricing(books.list, 'list', []), settingsOf: functionSettings(settings), at };
}

/** The runs of a window by kind, each kind with its list cost at the start of the window. */
export async function readPricedCells(
  warehouse: TenantWarehouse,
  { from, to, filter }: { from: Date; to: Date; filter: UsageFilter },
  deps: CostDeps,
  now: Date,
  options?: StatementOptions,
): Promise<PricedCells> {
  const parts = windowParts({ from, to }, now);
  const cells = await readCells(warehouse, { ...parts, ...filter, limit: mostCells + 1 }, options);
  if (cells.length > mostCells)
    throw new ProblemError('QUERY_LIMIT', `The window has more than ${mostCells} kinds of runs.`);
  const pricing = cellPricing(deps, parts.from);
  return { parts, cells, priced: priceCells(cells, pricing), notes: pricing.pricing.notes };
}
