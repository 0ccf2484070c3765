import type { Tenant } from '../../schemas/access.js';
import { foldVersions } from '../definitions/fold-versions.js';
import { countVersions, readAllVersions } from '../definitions/read-versions.js';
import { createEvaluator, type Evaluator } from '../evaluate/evaluate.js';
import { minutesOfSlices } from '../evaluate/slice-entries.js';
import { createFiller } from './fill-history.js';
import { readFilled, readSeen, writeGap, writeSeen } from './ledger-log.js';
import type { LedgerSlo } from './ledger-slo.js';
import type { LedgerStats } from './ledger-stats.js';
import { ledgerTiming as timing } from './ledger-timing.js';
import { readSums } from './read-sums.js';
import { readEngineNow, readTouched, type Touched } from './read-touched.js';
import { createStaleSums, type StaleSums } from './stale-sums.js';
import { type LedgerFiles, writeEntries } from './write-entries.js';

export type LedgerDeps = LedgerFiles & {
  /** Throws when another process has taken over; asked before each step that changes something. */
  mayWrite: () => Promise<void>;
  /** Sums by minute are kept this long for a tenant; what is older is left as it is. */
  keptMs: (tenant: Tenant) => number;
};

export type LedgerJob = {
  /** Takes in what came, and fills a piece of history where one is missing; true when more is to be filled. */
  tick: (signal: AbortSignal) => Promise<boolean>;
  /** Makes the next tick start from what the database says, as after another process has worked. */
  forget: () => void;
  stats: () => LedgerStats;
};

export type TenantSlos = { slos: LedgerSlo[]; evaluator: Evaluator };

type Progress = {
  seenMs: number;
  /** Minutes that are in the ledger, with the time of their last news, for as long as they are looked at again. */
  handled: Map<string, number>;
  stale: StaleSums;
  versions: number;
  tenants: Map<Tenant, TenantSlos>;
};

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** The ledger's one writer. Everything it remembers can be lost at any time and is worked out again. */
export function createLedgerJob(deps: LedgerDeps): LedgerJob {
  const { warehouse, mayWrite } = deps;
  const filler = createFiller(deps);
  let progress: Progress | null = null;
  const stats: LedgerStats = {
    lastTickAtMs: null,
    lastTickMs: 0,
    failures: 0,
    entries: 0,
    objectives: 0,
    filling: 0,
  };

  const begin = async (nowMs: number): Promise<Progress> => {
    const seenMs = await readSeen(warehouse);
    if (seenMs !== null && nowMs - seenMs > timing.arrivalsKeptMs) await writeGap(warehouse);
    const startMs = seenMs ?? nowMs;
    filler.begin(await readFilled(warehouse));
    // Hours are summed some time after they end: those that may not have been when the last run ended.
    const firstMs = Math.floor(startMs / hourMs) * hourMs - timing.openHours * hourMs;
    const hours = range(firstMs, Math.min(nowMs, firstMs + 4 * dayMs), hourMs);
    const stale = createStaleSums(deps);
    const tenants = await readTenants();
    for (const tenant of tenants.keys()) stale.mark(tenant, hours);
    return { seenMs: startMs, handled: new Map(), stale, versions: -1, tenants };
  };

  const readTenants = async (): Promise<Map<Tenant, TenantSlos>> => {
    const grouped = new Map<Tenant, LedgerSlo[]>();
    for (const { tenant, shape, since, definition } of foldVersions(await readAllVersions(warehouse)).current)
      grouped.set(tenant, [...(grouped.get(tenant) ?? []), { tenant, shape, since, definition }]);
    return new Map(
      [...grouped].map(([tenant, slos]) => [
        tenant,
        { slos, evaluator: createEvaluator(slos.map(({ definition }) => definition)) },
      ]),
    );
  };

  const refresh = async (at: Progress): Promise<void> => {
    const versions = await countVersions(warehouse);
    if (versions === at.versions) return;
    at.tenants = await readTenants();
    at.versions = versions;
    stats.objectives = [...at.tenants.values()].reduce((sum, { slos }) => sum + slos.length, 0);
  };

  /** Works out minutes of one tenant that lie within a day. */
  const workOut = async (tenant: Tenant, minutes: readonly number[], at: Progress): Promise<void> => {
    const known = at.tenants.get(tenant);
    const [first] = minutes;
    const last = minutes.at(-1);
    if (known === undefined || first === undefined || last === undefined) return;
    const { slos, evaluator } = known;
    const computedMs = await readEngineNow(warehouse);
    const evaluation = evaluator.begin();
    const asked = {
      from: new Date(first),
      to: new Date(last + minuteMs),
      only: minutes.map((ms) => ms / 1000),
    };
    const wants = { counts: true, thresholdsMs: evaluator.thresholdsMs };
    await readSums(warehouse.forTenant(tenant), asked, wants, evaluation);
    await mayWrite();
    const entries = evaluation.entries();
    await writeEntries(deps, slos, entries, computedMs);
    stats.entries += entries.length;
    at.stale.mark(tenant, minutes);
  };

  const takeIn = async (at: Progress, nowMs: number, signal: AbortSignal): Promise<void> => {
    const touched = await readTouched(warehouse, new Date(Math.max(0, at.seenMs - timing.overlapMs)));
    const fresh = touched.filter((one) => at.handled.get(keyOf(one)) !== one.lastMs);
    for (const [tenant, minutes] of byTenant(fresh)) {
      const slis = at.tenants.get(tenant)?.slos.map(({ definition }) => definition.sli) ?? [];
      const oldestMs = nowMs - deps.keptMs(tenant) + dayMs;
      const needed = minutesOfSlices(minutes, slis).filter((ms) => ms >= oldestMs);
      for (const day of byDay(needed)) {
        signal.throwIfAborted();
        await workOut(tenant, day, at);
      }
    }
    // Sums by minute become visible a little after the arrival does: until that is sure, it is looked at again.
    for (const one of fresh)
      if (nowMs - one.lastMs >= timing.visibleMs) at.handled.set(keyOf(one), one.lastMs);
    const lastMs = touched.reduce((most, one) => Math.max(most, one.lastMs), at.seenMs);
    for (const [key, ms] of at.handled) if (ms < nowMs - 2 * timing.overlapMs) at.handled.delete(key);
    at.seenMs = Math.max(at.seenMs, Math.min(nowMs, lastMs));
  };

  const tick = async (signal: AbortSignal): Promise<boolean> => {
    try {
      const nowMs = await readEngineNow(warehouse);
      const at = progress ?? (await begin(nowMs));
      progress = at;
      await refresh(at);
      await takeIn(at, nowMs, signal);
      await at.stale.sum(nowMs);
      await mayWrite();
      await writeSeen(warehouse, at.seenMs);
      stats.filling = await filler.fillSome(at.tenants, nowMs, signal);
      stats.lastTickAtMs = nowMs;
      stats.lastTickMs = (await readEngineNow(warehouse)) - nowMs;
      return stats.filling > 0;
    } catch (error) {
      progress = null;
      stats.failures += 1;
      throw error;
    }
  };
  return {
    tick,
    forget: () => {
      progress = null;
    },
    stats: () => stats,
  };
}

function keyOf({ tenant, minuteMs: ms }: Touched): string {
  return `${tenant} ${ms}`;
}

function byTenant(touched: readonly Touched[]): Map<Tenant, number[]> {
  const grouped = new Map<Tenant, number[]>();
  for (const { tenant, minuteMs: ms } of touched) grouped.set(tenant, [...(grouped.get(tenant) ?? []), ms]);
  return grouped;
}

/** Minutes in order, in groups that lie within one UTC day. */
function byDay(minutes: readonly number[]): number[][] {
  const days = new Map<number, number[]>();
  for (const ms of minutes) {
    const day = Math.floor(ms / dayMs);
    const group = days.get(day);
    if (group === undefined) days.set(day, [ms]);
    else group.push(ms);
  }
  return [...days.values()];
}

function range(fromMs: number, toMs: number, stepMs: number): number[] {
  return Array.from(
    { length: Math.max(0, Math.ceil((toMs - fromMs) / stepMs)) },
    (_, index) => fromMs + index * stepMs,
  );
}
