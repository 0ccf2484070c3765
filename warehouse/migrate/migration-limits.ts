import type { WarehouseLimits } from '../warehouse-limits.js';

const statementTimeoutMs = 6 * 3600 * 1000;

/**
 * Limits for a door that migrations go through: changing a large table may take hours, and while it does the signs of
 * life that keep the lease must find a free place in the commands lane.
 */
export function migrationLimits(limits: WarehouseLimits): WarehouseLimits {
  const { width, queueLength } = limits.lanes.commands;
  const commands = { width: Math.max(width, 2), queueLength };
  return { ...limits, commandTimeoutMs: statementTimeoutMs, lanes: { ...limits.lanes, commands } };
}
