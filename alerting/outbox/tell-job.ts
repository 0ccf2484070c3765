import type { CostDeps } from '../../query/cost/cost-deps.js';
import type { Tenant } from '../../schemas/access.js';
import type { Notice } from '../../schemas/alerting/notice.js';
import type { AlertingSettings } from '../../schemas/config/alerting.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import { type ActionBook, createActionBook } from '../actions/action-book.js';
import { staleAfterMs } from '../actions/decide-actions.js';
import { dueReports } from '../reports/report-book.js';
import { composeNotice } from '../routing/compose-notice.js';
import { type Held, plan } from '../routing/plan.js';
import { addNotice, type Thread } from '../routing/thread.js';
import { readSilences } from '../silences/read-silences.js';
import { type CaseBook, openCaseBook } from './case-book.js';
import { createDeliverer, type DelivererDeps, type DeliveryStats, type Waiting } from './deliverer.js';
import { noticeLog, type PlannedRow } from './notice-log.js';
import { readDeployWindows } from './read-deploy-windows.js';
import { readActions, readOpenThreads, readPending, readReference } from './read-notices.js';

export type TellDeps = Omit<DelivererDeps, 'log' | 'referenceOf' | 'giveUpMs'> & {
  warehouse: Warehouse;
  settings: Omit<AlertingSettings, 'receivers'>;
  /** Whose objectives reports are about. */
  reportTenant: Tenant;
  /** What reports of cost are worked out with. */
  costs?: CostDeps;
};

export type HeldCase = Held & { tenant: Tenant };

export type TellStats = DeliveryStats & {
  planned: number;
  held: readonly HeldCase[];
  openThreads: number;
  lastTickAtMs: number | null;
  lastTickMs: number;
  failures: number;
};

export type TellJob = {
  tick: (signal: AbortSignal) => Promise<boolean>;
  forget: () => void;
  /** Lets the next look see which reports are due. */
  wakeReports: () => void;
  /** When no notice is under way any more. */
  idle: () => Promise<void>;
  stats: () => TellStats;
};

/** Longer than anything cools down. */
const actionsKeptMs = 31 * 86_400_000;

type Progress = { actions: ActionBook; book: CaseBook; threads: Map<Tenant, Map<string, Thread>> };

/** Plans and delivers notices. Everything it remembers can be lost at any time and is read again. */
export function createTellJob(deps: TellDeps): TellJob {
  const { mayWrite, nowMs, settings, warehouse } = deps;
  const log = noticeLog(warehouse);
  const deliverer = createDeliverer({
    ...deps,
    log,
    giveUpMs: settings.outgoing.giveUpMs,
    referenceOf: (tenant, threadId) => readReference(warehouse.forTenant(tenant), threadId),
  });
  let progress: Progress | null = null;
  const counts = { planned: 0, openThreads: 0, lastTickMs: 0, failures: 0 };
  let lastTickAtMs: number | null = null;
  let held: HeldCase[] = [];
  let isReportTime = true;

  const begin = async (): Promise<Progress> => {
    const plans = await readOpenThreads(warehouse);
    const threads = new Map<Tenant, Map<string, Thread>>();
    for (const { tenant, plan: planned } of plans) addNotice(threadsOf(threads, tenant), planned);
    const actions = createActionBook(settings.actions, settings.publicUrl);
    const recent =
      settings.actions.length === 0 ? [] : await readActions(warehouse, new Date(nowMs() - actionsKeptMs));
    for (const { tenant, notice } of recent) actions.written(tenant, [notice]);
    const about = plans.flatMap(({ tenant, plan: { standings } }) =>
      standings.map(({ incidentId }) => ({ tenant, incidentId })),
    );
    const book = await openCaseBook(warehouse, settings.ownership, nowMs(), about);
    // What is under way is written down first, else it would be read as waiting.
    deliverer.forget();
    await deliverer.idle();
    const since = new Date(nowMs() - 2 * settings.outgoing.giveUpMs);
    for (const { tenant, notice, plannedAtMs, attempts, nextAtMs } of await readPending(warehouse, since))
      deliverer.add({
        ...notice,
        tenant,
        notice,
        plannedAtMs,
        attempts,
        dueAtMs: nextAtMs,
        isKnownFromBefore: true,
      });
    return { actions, book, threads };
  };

  const tellTenant = async (tenant: Tenant, { actions, book, threads }: Progress): Promise<HeldCase[]> => {
    const cases = book.casesOf(tenant);
    const own = threadsOf(threads, tenant);
    const atMs = nowMs();
    // Actions may follow on the end of something, so what has just ended is looked at as well.
    const overMs = settings.actions.length === 0 ? atMs : atMs - staleAfterMs;
    if (own.size === 0 && cases.every(({ resolvedAtMs }) => resolvedAtMs !== null && resolvedAtMs <= overMs))
      return [];
    const door = warehouse.forTenant(tenant);
    // Only what has a burn rate and a function can be explained by a deployment.
    const mayWait = cases.some(
      ({ burn, labels, resolvedAtMs }) =>
        burn !== null && labels.function !== undefined && resolvedAtMs === null,
    );
    const { lastsMs } = settings.deployWindows;
    const silences = await readSilences(door, new Date(atMs));
    const planned = plan({
      cases,
      threads: [...own.values()],
      settings,
      silences,
      deployWindows: mayWait ? await readDeployWindows(door, atMs, lastsMs) : [],
      nowMs: atMs,
    });
    const byKey = new Map(cases.map((one) => [one.key, one]));
    const rows = planned.notices.map((notice): PlannedRow => {
      const before = own.get(notice.threadId) ?? null;
      const facts = { tenant, cases: byKey, before, publicUrl: settings.publicUrl };
      return { plan: notice, notice: composeNotice(notice, facts) };
    });
    const acts = actions.decide(tenant, { cases, silences, nowMs: atMs });
    if (rows.length + acts.length > 0) {
      await mayWrite();
      await log.plan([...rows, ...acts.map((notice) => ({ notice, plan: null }))]);
    }
    actions.written(tenant, acts);
    for (const notice of acts) deliverer.add(waitingOf(notice, tenant, atMs));
    for (const { plan: about, notice } of rows) {
      if (about === null) continue;
      addNotice(own, about);
      if (about.kind === 'resolved') own.delete(about.threadId);
      deliverer.add(waitingOf(notice, tenant, about.atMs));
    }
    counts.planned += rows.length + acts.length;
    return planned.held.map((one) => ({ ...one, tenant }));
  };

  const sendReports = async (): Promise<void> => {
    const { publicUrl, reports } = settings;
    const tenant = deps.reportTenant;
    const due = await dueReports(
      { warehouse, reports, tenant, publicUrl, costs: deps.costs },
      new Date(nowMs()),
    );
    if (due.length === 0) return;
    await mayWrite();
    await log.plan(due.map((notice) => ({ notice, plan: null })));
    for (const notice of due) deliverer.add(waitingOf(notice, tenant, nowMs()));
    counts.planned += due.length;
  };

  const tick = async (signal: AbortSignal): Promise<boolean> => {
    const startMs = nowMs();
    try {
      await mayWrite();
      const at = progress ?? (await begin());
      progress = at;
      await at.book.look(startMs);
      const nowHeld: HeldCase[] = [];
      for (const tenant of new Set([...at.book.tenants(), ...at.threads.keys()])) {
        signal.throwIfAborted();
        nowHeld.push(...(await tellTenant(tenant, at)));
      }
      held = nowHeld;
      if (isReportTime) {
        isReportTime = false;
        // A report that cannot be made must not keep anybody from being paged.
        await sendReports().catch((err: unknown) =>
          deps.warn({ err }, 'a report could not be made; it is tried again in a minute'),
        );
      }
      deliverer.pump();
      counts.openThreads = [...at.threads.values()].reduce((sum, own) => sum + own.size, 0);
      lastTickAtMs = startMs;
      counts.lastTickMs = nowMs() - startMs;
      return false;
    } catch (error) {
      progress = null;
      counts.failures += 1;
      throw error;
    }
  };
  return {
    tick,
    forget: () => {
      progress = null;
      deliverer.forget();
    },
    wakeReports: () => {
      isReportTime = true;
    },
    idle: deliverer.idle,
    stats: () => ({ ...counts, ...deliverer.stats(), held, lastTickAtMs }),
  };
}

function waitingOf(notice: Notice, tenant: Tenant, plannedAtMs: number): Waiting {
  return { ...notice, tenant, notice, plannedAtMs, attempts: 0, dueAtMs: 0, isKnownFromBefore: false };
}

function threadsOf(threads: Map<Tenant, Map<string, Thread>>, tenant: Tenant): Map<string, Thread> {
  const known = threads.get(tenant) ?? new Map<string, Thread>();
  threads.set(tenant, known);
  return known;
}
