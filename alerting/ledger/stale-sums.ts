import type { Tenant } from '../../schemas/access.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import { ledgerTiming as timing } from './ledger-timing.js';
import { readEngineNow } from './read-touched.js';
import { sumDays } from './sum-days.js';
import { sumHours } from './sum-hours.js';

/** Hours and days whose sums are behind their minutes. */
export type StaleSums = {
  /** These minutes, or hours, were written. */
  mark: (tenant: Tenant, instantsMs: Iterable<number>) => void;
  /** Sums what has been over for a while, hours before the days they make. */
  sum: (nowMs: number) => Promise<void>;
};

export type StaleSumsDeps = { warehouse: Warehouse; mayWrite: () => Promise<void> };

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

export function createStaleSums({ warehouse, mayWrite }: StaleSumsDeps): StaleSums {
  const hours = new Map<Tenant, Set<number>>();
  const days = new Map<Tenant, Set<number>>();
  const setOf = (sets: Map<Tenant, Set<number>>, tenant: Tenant): Set<number> => {
    const known = sets.get(tenant) ?? new Set();
    sets.set(tenant, known);
    return known;
  };
  const sumEach = async (
    sets: ReadonlyMap<Tenant, Set<number>>,
    lengthMs: number,
    closedMs: number,
    sum: typeof sumHours,
  ): Promise<void> => {
    for (const [tenant, starts] of sets)
      for (const startMs of [...starts].sort((one, other) => one - other)) {
        if (startMs + lengthMs > closedMs) continue;
        await mayWrite();
        const computedMs = await readEngineNow(warehouse);
        const asked = { tenant, from: new Date(startMs), to: new Date(startMs + lengthMs), slos: [] };
        await sum(warehouse, asked, computedMs);
        starts.delete(startMs);
      }
  };
  return {
    mark: (tenant, instantsMs) => {
      for (const ms of instantsMs) {
        setOf(hours, tenant).add(Math.floor(ms / hourMs) * hourMs);
        setOf(days, tenant).add(Math.floor(ms / dayMs) * dayMs);
      }
    },
    sum: async (nowMs) => {
      const closedMs = Math.floor(nowMs / hourMs) * hourMs - (timing.openHours - 1) * hourMs;
      await sumEach(hours, hourMs, closedMs, sumHours);
      await sumEach(days, dayMs, closedMs, sumDays);
    },
  };
}
