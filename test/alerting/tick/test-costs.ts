import type { CostDeps } from '../../../query/cost/cost-deps.js';
import { loadPriceBooks } from '../../../query/cost/load-price-book.js';
import { Alerting } from '../../../schemas/config/alerting.js';
import { Cost } from '../../../schemas/config/cost.js';

/** Cost as the settings of a coldburn.yaml would have it. */
export async function testCosts(cost: object = {}): Promise<CostDeps> {
  const settings = Cost.parse(cost);
  return { books: await loadPriceBooks(settings), settings };
}

export const { costAlerts } = Alerting.parse({});
