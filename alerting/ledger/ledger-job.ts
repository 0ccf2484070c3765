import type { Tenant } from '../../schemas/access.js';
import type { QueueSettings } from '../../schemas/queue-settings.js';
import { foldVersions } from '../definitions/fold-versions.js';
import { countVersions, readAllVersions } from '../definitions/read-versions.js';
import { createEvaluator, type Evaluator } from '../evaluate/evaluate.js';
import { createFiller } from './fill-history.js';
import { readFilled, readSeen, writeGap, writeSeen } from './ledger-log.js';
import { type LedgerSlo, withParts } from './ledger-slo.js';
import type { LedgerStats } from './ledger-stats.js';
import { ledgerTiming as timing } from './ledger-timing.js';
import { hasFigures, planWork, type Work } from './plan-work.js';
import { readEngineNow, readTouched, type Touched } from './read-touched.js';
import { createStaleSums, type StaleSums } from './stale-sums.js';
import { workOut } from './work-out.js';
import { type LedgerFiles, writeEntries } from './write-entries.js';

export type LedgerDeps = LedgerFiles & {
  /** Throws when another process has taken over; asked before each step that changes something. */
  mayWrite: () => Promise<void>;
  /** Rows of a table are kept this long for a tenant; what is older is left as it is. */
  keptMs: (tenant: Tenant, table: 'invocations_1m' | 'invocations' | 'spans') => number;
  /** Which metrics tell of queues, and which queues hold dead letters. */
  queues: QueueSettings;
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
    const grouped = new Map<Tenant, Omit<LedgerSlo, 'parts'>[]>();
    for (const { tenant, shape, since, definition } of foldVersions(await readAllVersions(warehouse)).current)
      grouped.set(tenant, [...(grouped.get(tenant) ?? []), { tenant, shape, since, definition }]);
    return new Map(
      [...grouped].map(([tenant, some]) => {
        const slos = withParts(some);
        return [tenant, { slos, evaluator: createEvaluator(slos.map(({ definition }) => definition)) }];
      }),
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
  const takeInMinutes = async (
    tenant: Tenant,
    minutes: readonly number[],
    work: Work,
    at: Progress,
    nowMs: number,
  ): Promise<void> => {
    const known = at.tenants.get(tenant);
    const [first] = minutes;
    const last = minutes.at(-1);
    if (known === undefined || first === undefined || last === undefined) return;
    const { slos, evaluator } = known;
    const computedMs = await readEngineNow(warehouse);
    const asked = {
      from: new Date(first),
      to: new Date(last + minuteMs),
      only: minutes.map((ms) => ms / 1000),
    };
    const entries = await workOut(deps, tenant, evaluator, asked, work, nowMs);
    await mayWrite();
    await writeEntries(deps, slos, entries, computedMs);
    stats.entries += entries.length;
    at.stale.mark(tenant, minutes);
  };

  const takeIn = async (at: Progress, nowMs: number, signal: AbortSignal): Promise<void> => {
    const since = new Date(Math.max(0, at.seenMs - timing.overlapMs));
    const slisOf = (tenant: Tenant) =>
      at.tenants.get(tenant)?.slos.map(({ definition }) => definition.sli) ?? [];
    const isAsked = [...at.tenants.keys()].some((tenant) => hasFigures(slisOf(tenant)));
    const touched = [
      ...(await readTouched(warehouse, 'runs', since)),
      ...(isAsked ? await readTouched(warehouse, 'figures', since) : []),
    ];
    const fresh = touched.filter((one) => at.handled.get(keyOf(one)) !== one.lastMs);
    for (const [tenant, news] of byTenant(fresh)) {
      const oldestMs = nowMs - deps.keptMs(tenant, 'invocations_1m') + dayMs;
      for (const work of planWork(news, slisOf(tenant), nowMs))
        for (const day of byDay(work.minutes.filter((ms) => ms >= oldestMs))) {
          signal.throwIfAborted();
          await takeInMinutes(tenant, day, work, at, nowMs);
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

function keyOf({ of, tenant, minuteMs: ms }: Touched): string {
  return `${of} ${tenant} ${ms}`;
}

function byTenant(touched: readonly Touched[]): Map<Tenant, { runs: number[]; figures: number[] }> {
  const grouped = new Map<Tenant, { runs: number[]; figures: number[] }>();
  for (const { of, tenant, minuteMs: ms } of touched) {
    const news = grouped.get(tenant) ?? { runs: [], figures: [] };
    news[of].push(ms);
    grouped.set(tenant, news);
  }
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
