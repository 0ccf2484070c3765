import { readDeployments } from '../../query/deployments/read-deployments.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import type { DeployWindow } from '../routing/mutes.js';

/** No roll-out is longer. */
const longestMs = 24 * 3_600_000;

/** The times in which deployments explain trouble, as of now: until their end, or for so long where none is told. */
export async function readDeployWindows(
  warehouse: TenantWarehouse,
  nowMs: number,
  lastsMs: number,
): Promise<DeployWindow[]> {
  if (lastsMs === 0) return [];
  const question = {
    from: new Date(nowMs - longestMs),
    to: new Date(nowMs + 1),
    function: null,
    environment: null,
    version: null,
    id: null,
    includeDeleted: false,
    limit: 10_000,
  };
  const { deployments } = await readDeployments(warehouse, question);
  return deployments.flatMap(({ at, until, function: name, environment, region, version }) => {
    const fromMs = Date.parse(at);
    const untilMs = until === null ? fromMs + lastsMs : Math.min(Date.parse(until), fromMs + longestMs);
    return untilMs <= nowMs ? [] : [{ function: name, environment, region, version, fromMs, untilMs }];
  });
}
