import { z } from 'zod';
import type { Inventory } from '../../schemas/inventory.js';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import { runtimeKeys, runtimeOf } from './runtime-of.js';

const ABOUT = `
  tenant = {tenant: String} AND function = {function: String}
  AND ({environment: Nullable(String)} IS NULL OR environment = {environment: Nullable(String)})
  AND started_at >= {from: DateTime64(3, 'UTC')} AND started_at < {to: DateTime64(3, 'UTC')}` as const;

const RUNS = `
  SELECT
    arraySort(groupUniqArrayIf(10)(toString(platform), platform != '')) AS platforms,
    arraySort(groupUniqArrayIf(10)(toString(arch), arch != '')) AS architectures,
    arraySort(groupUniqArrayIf(10)(toString(trigger), trigger != '')) AS triggers,
    arraySort(groupUniqArrayIf(10)(memory_bytes, memory_bytes > 0)) AS sizes,
    max(memory_used_bytes) AS used
  FROM invocations
  WHERE ${ABOUT}` as const;

// Of the latest runs: what a function ran on a week ago does not tell what it runs on.
const RESOURCES = `
  SELECT DISTINCT mapFilter((key, value) -> has({keys: Array(String)}, key), attributes) AS told
  FROM resources
  WHERE tenant = {tenant: String} AND resource_hash IN (
    SELECT resource_hash FROM spans
    WHERE tenant = {tenant: String} AND function = {function: String}
      AND trace_id IN (SELECT trace_id FROM invocations WHERE ${ABOUT} ORDER BY started_at DESC LIMIT 200))
  LIMIT 50` as const;

const texts = z.array(z.string());
const bytes = z.coerce.number().int().nonnegative();
const Runs = z.object({
  platforms: texts,
  architectures: texts,
  triggers: texts,
  sizes: z.array(bytes),
  used: bytes,
});
const Resource = z.object({ told: z.record(z.string(), z.string()) });

export type InventoryQuestion = { function: string; environment: string | null; from: Date; to: Date };

/** What one function runs on. */
export async function readInventory(
  warehouse: TenantWarehouse,
  question: InventoryQuestion,
  options?: StatementOptions,
): Promise<Omit<Inventory, 'from' | 'to'>> {
  const [[runs], resources] = await Promise.all([
    warehouse.query(RUNS, question, Runs, options),
    warehouse.query(RESOURCES, { ...question, keys: [...runtimeKeys] }, Resource, options),
  ]);
  const runtimes = new Set(resources.flatMap(({ told }) => runtimeOf(told) ?? []));
  return {
    runtimes: [...runtimes].sort(),
    platforms: runs?.platforms ?? [],
    architectures: runs?.architectures ?? [],
    triggers: runs?.triggers ?? [],
    memoryBytes: runs?.sizes ?? [],
    memoryUsedMaxBytes: runs === undefined || runs.used === 0 ? null : runs.used,
  };
}
