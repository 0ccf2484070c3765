import type { Tenant } from '../../schemas/access.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import { type CurrentSlo, foldVersions } from '../definitions/fold-versions.js';
import { readAllVersions } from '../definitions/read-versions.js';
import { readBudgets, type ScopedBudget, worstFirst } from './read-budgets.js';

/** How every objective of every tenant stands, worst first. */
export type AllBudgets = { known: number; worst: readonly ScopedBudget[] };

/** Reads the budgets of all; keeps the `most` that are worst off, so that what shows them stays small. */
export async function readAllBudgets(warehouse: Warehouse, now: Date, most: number): Promise<AllBudgets> {
  const byTenant = new Map<Tenant, CurrentSlo[]>();
  for (const slo of foldVersions(await readAllVersions(warehouse)).current)
    byTenant.set(slo.tenant, [...(byTenant.get(slo.tenant) ?? []), slo]);
  let known = 0;
  let worst: ScopedBudget[] = [];
  for (const [tenant, slos] of byTenant) {
    const budgets = await readBudgets(warehouse.forTenant(tenant), slos, now, now);
    known += budgets.length;
    worst = worstFirst([...worst, ...budgets]).slice(0, most);
  }
  return { known, worst };
}
