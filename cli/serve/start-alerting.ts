import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSloFiles } from '../../alerting/definitions/slo-files.js';
import { diagnose } from '../../alerting/diagnose/diagnose.js';
import { startLedger } from '../../alerting/ledger/start-ledger.js';
import { type AllBudgets, readAllBudgets } from '../../alerting/reading/read-all-budgets.js';
import { rules } from '../../alerting/rules/rules.js';
import { startAlerts } from '../../alerting/tick/start-alerts.js';
import type { MetricSource } from '../../http/metrics/metric-family.js';
import type { CostDeps } from '../../query/cost/cost-deps.js';
import type { LiveHub } from '../../query/live/live-hub.js';
import { Tenant } from '../../schemas/access.js';
import { keptDays } from '../../schemas/retention.js';
import { leaseTiming } from '../../warehouse/migrate/lease/lease-timing.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import { migrationTarget } from '../open-warehouse.js';
import { alertMetrics } from './alert-metrics.js';
import { incidentNews } from './incident-news.js';
import type { ServeContext } from './server-parts.js';
import { sloMetrics } from './slo-metrics.js';

/** How often SLO files are looked at, and budgets are worked out for /metrics. */
const lookEveryMs = 30_000;
/** Most objectives told of on /metrics: some thousand series. */
const mostShown = 200;

export type Alerting = {
  /** What is wrong with the SLO files of a tenant. */
  fileProblems: (tenant: Tenant) => readonly string[];
  metrics: MetricSource;
  stop: () => Promise<void>;
};

/** Reads SLO files and keeps the ledger; on a server, one process of all that have the role writes it. */
export async function openAlerting(
  context: ServeContext,
  warehouse: Warehouse,
  hub: Pick<LiveHub, 'publish'>,
  costs: CostDeps,
): Promise<Alerting> {
  const { config, log, now, newId, instanceId } = context;
  const directory = join(config.dataDir, 'slo-ledger');
  // What a killed process left there is of no use: it is worked out again.
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const files = createSloFiles({
    warehouse,
    directory: resolve(config.slos.directory),
    tenant: Tenant.parse(config.slos.tenant),
    now,
    onChange: (change) => log.info(change, 'an SLO file changed an objective'),
    onProblem: (sentence) => log.warn(`SLO file ${sentence}`),
  });
  const wait = async (ms: number, signal: AbortSignal) => {
    await sleep(ms, undefined, { signal }).catch(() => undefined);
  };
  const alone = {
    warehouse,
    now,
    target: migrationTarget(config),
    lease:
      warehouse.mode === 'embedded'
        ? null
        : { ...leaseTiming, holder: `process-${process.pid}-${instanceId}`, isAbandoned: () => false },
    wait,
    random: Math.random,
    log,
  };
  const ledger = startLedger({
    ...alone,
    directory,
    newId,
    keptMs: (tenant, table) => keptDays(config.retention, table, tenant) * 86_400_000,
    queues: config.queues,
    everyMs: config.slos.everyMs,
  });
  const alerts = startAlerts({
    ...alone,
    directory,
    rules,
    queues: config.queues,
    costs,
    costAlerts: config.alerting.costAlerts,
    diagnose,
    publish: (tenant, at) => hub.publish(incidentNews(tenant, at)),
  });
  let budgets: AllBudgets | null = null;
  const stopped = new AbortController();
  const { signal } = stopped;
  const looking = (async () => {
    while (!signal.aborted) {
      try {
        await files.look();
        if (!signal.aborted) budgets = await readAllBudgets(warehouse, now(), mostShown);
      } catch (error) {
        if (signal.aborted) return;
        log.warn({ err: error }, 'SLO files or budgets could not be read; they are read again soon');
      }
      await wait(lookEveryMs, signal);
    }
  })();
  return {
    fileProblems: files.problems,
    metrics: () => [...sloMetrics(() => budgets, ledger.stats)(), ...alertMetrics(alerts.stats())],
    stop: async () => {
      stopped.abort();
      await Promise.all([looking, ledger.stop(), alerts.stop()]);
    },
  };
}
