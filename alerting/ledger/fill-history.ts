import type { Tenant } from '../../schemas/access.js';
import { createEvaluator } from '../evaluate/evaluate.js';
import { clearStale } from './clear-stale.js';
import type { LedgerDeps, TenantSlos } from './ledger-job.js';
import { type FilledFrom, fillKey, writeFilled } from './ledger-log.js';
import { andTheirParts, type LedgerSlo, seriesOf } from './ledger-slo.js';
import { ledgerTiming as timing } from './ledger-timing.js';
import { readNewestMinute } from './read-newest-minute.js';
import { readEngineNow } from './read-touched.js';
import { sumDays } from './sum-days.js';
import { sumHours } from './sum-hours.js';
import { workOut } from './work-out.js';
import { writeEntries } from './write-entries.js';

const dayMs = 86_400_000;

export type Filler = {
  /** How far back each series is filled, as the database has it. */
  begin: (filledFrom: FilledFrom) => void;
  /** Fills for some seconds, newest days first; answers how many objectives still miss some. */
  fillSome: (tenants: ReadonlyMap<Tenant, TenantSlos>, nowMs: number, signal: AbortSignal) => Promise<number>;
};

/** Works out what was before an objective existed, a day at a time and for all that miss that day at once. */
export function createFiller(deps: LedgerDeps): Filler {
  const { warehouse, mayWrite } = deps;
  let filledFrom: FilledFrom = new Map();

  const markFilled = async (tenant: Tenant, slos: readonly LedgerSlo[], from: Date): Promise<void> => {
    const series = slos.map(seriesOf);
    await writeFilled(warehouse, tenant, series, from);
    for (const one of series) filledFrom.set(fillKey(tenant, one), from.getTime());
  };

  const fillDay = async (
    tenant: Tenant,
    missing: LedgerSlo[],
    all: readonly LedgerSlo[],
    from: Date,
    nowMs: number,
  ): Promise<void> => {
    const slos = andTheirParts(missing, all);
    const window = { from, to: new Date(from.getTime() + dayMs) };
    const evaluator = createEvaluator(slos.map(({ definition }) => definition));
    const computedMs = await readEngineNow(warehouse);
    const everything = { runs: true, figures: 'all' } as const;
    const found = await workOut(deps, tenant, evaluator, { ...window, only: [] }, everything, nowMs);
    const entries = [...found, ...(await clearStale(warehouse.forTenant(tenant), slos, found, window))];
    await mayWrite();
    await writeEntries(deps, slos, entries, computedMs);
    if (entries.length > 0) {
      const ids = slos.map(({ definition }) => definition.id);
      // The names of some thousands of objectives would not fit a statement; then all hours are summed.
      const asked = { tenant, ...window, slos: ids.length > 1_000 ? [] : ids };
      await sumHours(warehouse, asked, await readEngineNow(warehouse));
      await sumDays(warehouse, asked, await readEngineNow(warehouse));
    }
    await markFilled(tenant, missing, from);
  };

  const missing = (tenants: ReadonlyMap<Tenant, TenantSlos>, nowMs: number) => {
    const tomorrowMs = (Math.floor(nowMs / dayMs) + 1) * dayMs;
    return [...tenants].flatMap(([tenant, { slos }]) =>
      slos.flatMap((slo) => {
        const untilMs = filledFrom.get(fillKey(tenant, seriesOf(slo))) ?? tomorrowMs;
        return untilMs > nowMs - deps.keptMs(tenant, 'invocations_1m') ? [{ tenant, slo, untilMs }] : [];
      }),
    );
  };

  return {
    begin: (read) => {
      filledFrom = read;
    },
    fillSome: async (tenants, nowMs, signal) => {
      for (;;) {
        const open = missing(tenants, nowMs);
        const [first] = open.sort((one, other) => other.untilMs - one.untilMs);
        if (first === undefined) return 0;
        signal.throwIfAborted();
        const same = open.filter(
          ({ tenant, untilMs }) => tenant === first.tenant && untilMs === first.untilMs,
        );
        const slos = same.map(({ slo }) => slo);
        const all = tenants.get(first.tenant)?.slos ?? [];
        const oldestMs = nowMs - deps.keptMs(first.tenant, 'invocations_1m');
        // Days without anything to count are passed over at once.
        const counted = andTheirParts(slos, all).map(({ definition }) => definition.sli);
        const door = warehouse.forTenant(first.tenant);
        const newestMs = await readNewestMinute(door, new Date(first.untilMs), counted);
        if (newestMs === null || newestMs < oldestMs)
          await markFilled(first.tenant, slos, new Date(Math.floor(oldestMs / dayMs) * dayMs));
        else {
          const day = new Date(Math.floor(newestMs / dayMs) * dayMs);
          await fillDay(first.tenant, slos, all, day, nowMs);
        }
        if ((await readEngineNow(warehouse)) - nowMs > timing.fillMs) return missing(tenants, nowMs).length;
      }
    },
  };
}
