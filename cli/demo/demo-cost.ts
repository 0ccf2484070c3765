import { Cost, type CostSettings } from '../../schemas/config/cost.js';
import { shop } from './fleet/shop.js';

/** What each team of the shop may spend in a month, in dollars: some of it is not enough. */
const usdPerMonth: Readonly<Record<string, string>> = {
  checkout: '2.00',
  payments: '0.60',
  catalogue: '5.00',
  messaging: '0.50',
  data: '3.30',
  intelligence: '3.00',
};

/**
 * What telemetry of the shop does not tell and its owners know: the memory of functions whose platform says nothing of it,
 * and budgets. Settings of one's own come first.
 */
export function demoCost(given: CostSettings): CostSettings {
  if (given.functions.length > 0 || given.budgets.length > 0) return given;
  const { functions, budgets } = Cost.parse({
    functions: shop.functions.map(({ name, memoryMb }) => ({ functions: [name], memoryMb })),
    budgets: Object.entries(usdPerMonth).map(([team, usd]) => ({ name: team, team, usdPerMonth: usd })),
  });
  return { ...given, functions, budgets };
}
