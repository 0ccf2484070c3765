import { fileURLToPath } from 'node:url';
import { sloLog } from '../../../alerting/definitions/append-version.js';
import { foldVersions } from '../../../alerting/definitions/fold-versions.js';
import { readSloDirectory } from '../../../alerting/definitions/read-slo-directory.js';
import { readVersions } from '../../../alerting/definitions/read-versions.js';
import type { Tenant } from '../../../schemas/access.js';
import { writeSlo } from '../../../schemas/slo/write-slo.js';
import { StartupError } from '../../../schemas/startup-error.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';

/** Beside this file; the build copies it. */
export const objectivesDirectory = fileURLToPath(new URL('.', import.meta.url));

/**
 * Puts those objectives of the shop that there never were. One that somebody changed or deleted is left as it is, so that
 * the demo never takes back what was tried out in it. Returns the ids it put.
 */
export async function putObjectives(warehouse: Warehouse, tenant: Tenant, at: Date): Promise<string[]> {
  const { slos, problems } = await readSloDirectory(objectivesDirectory);
  if (problems.length > 0) throw new StartupError(`The objectives of the demo are not good: ${problems[0]}`);
  const { lastVersions } = foldVersions(await readVersions(warehouse.forTenant(tenant), null));
  const append = sloLog(warehouse, tenant);
  const missing = slos.filter(({ definition }) => !lastVersions.has(`${tenant} ${definition.id}`));
  for (const { definition } of missing)
    await append({
      slo: definition.id,
      version: 1,
      event: 'put',
      definition: JSON.stringify(writeSlo(definition)),
      source: 'api',
      author: 'demo',
      at,
    });
  return missing.map(({ definition }) => definition.id);
}
