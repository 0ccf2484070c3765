import type { TraceCost } from '../../schemas/cost/trace-cost.js';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import { attribute } from './attribution/attribute.js';
import { makePricing } from './attribution/price-basis.js';
import { functionSettings } from './attribution/row-lines.js';
import type { CostDeps } from './cost-deps.js';
import { readTraceUsage } from './store/read-trace-usage.js';

const groupBy = ['span', 'function', 'environment', 'team'] as const;
const mostRuns = 5_000;
const fallbackMs = 2 * 86_400_000;
const aheadMs = 3_600_000;

/** List cost of every run of a trace, opened into lines; null when nothing of it is stored. */
export async function readTraceCost(
  warehouse: TenantWarehouse,
  traceId: string,
  { books, settings }: CostDeps,
  now: Date,
  options?: StatementOptions,
): Promise<TraceCost | null> {
  const traceHex = traceId.toLowerCase();
  const fallback = { from: new Date(now.getTime() - fallbackMs), to: new Date(now.getTime() + aheadMs) };
  const found = await readTraceUsage(warehouse, { traceHex, limit: mostRuns + 1 }, fallback, options);
  if (found === null) return null;
  const at = found.from;
  const kept = found.rows.slice(0, mostRuns);
  const attributed = attribute({
    ...{ groupBy, standing: [], shared: [], basis: 'list', book: books.list },
    usage: kept.map((row) => ({ ...row, month: row.at_month, at })),
    settingsOf: functionSettings(settings),
    pricing: makePricing(books.list, 'list', []),
  });
  const { rows, totalUsd, invocations, unpricedInvocations, notes } = attributed;
  return {
    ...{ traceId: traceHex, currency: 'USD', rows, totalUsd, invocations, unpricedInvocations, notes },
    truncated: found.rows.length > mostRuns,
    priceBook: books.list.version,
  };
}
