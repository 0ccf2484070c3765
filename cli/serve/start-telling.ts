import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OpenedReceiver } from '../../alerting/outbox/deliverer.js';
import { noticeLog } from '../../alerting/outbox/notice-log.js';
import { openReceivers } from '../../alerting/outbox/open-receivers.js';
import { testSender } from '../../alerting/outbox/send-test.js';
import { startTelling, type Telling } from '../../alerting/outbox/start-telling.js';
import type { TellStats } from '../../alerting/outbox/tell-job.js';
import { addressGuard } from '../../alerting/outgoing/address-guard.js';
import { resolveHost } from '../../alerting/outgoing/guarded-lookup.js';
import { noticeRoutes } from '../../alerting/routes/notices.js';
import { onCallRoutes } from '../../alerting/routes/on-call.js';
import { routingRoutes } from '../../alerting/routes/routing.js';
import { silenceRoutes } from '../../alerting/routes/silences.js';
import { silenceLog } from '../../alerting/silences/silence-log.js';
import type { CostDeps } from '../../query/cost/cost-deps.js';
import { type Access, Tenant } from '../../schemas/access.js';
import type { Config } from '../../schemas/config/config.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';
import { leaseTiming } from '../../warehouse/migrate/lease/lease-timing.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import { migrationTarget } from '../open-warehouse.js';
import type { ServeContext } from './server-parts.js';

/** The receivers of the configuration, behind the guard of outgoing addresses. */
export function openOutgoing({ alerting }: Config): ReadonlyMap<string, OpenedReceiver> {
  const { allow, timeoutMs } = alerting.outgoing;
  return openReceivers(alerting, { isAllowed: addressGuard(allow), resolve: resolveHost, timeoutMs });
}

/** Plans and delivers notices; on a server, one process of all that have the role does. */
export function openTelling(
  { config, log, now, instanceId }: ServeContext,
  warehouse: Warehouse,
  receivers: ReadonlyMap<string, OpenedReceiver>,
  costs: CostDeps,
): Telling {
  return startTelling({
    warehouse,
    settings: config.alerting,
    reportTenant: Tenant.parse(config.slos.tenant),
    receivers,
    costs,
    now,
    target: migrationTarget(config),
    lease:
      warehouse.mode === 'embedded'
        ? null
        : { ...leaseTiming, holder: `process-${process.pid}-${instanceId}`, isAbandoned: () => false },
    wait: async (ms, signal) => {
      await sleep(ms, undefined, { signal }).catch(() => undefined);
    },
    random: Math.random,
    log,
  });
}

export type TellRouteParts = {
  context: Pick<ServeContext, 'config' | 'newId' | 'now'>;
  warehouse: Warehouse;
  receivers: ReadonlyMap<string, OpenedReceiver>;
  /** What this process that tells knows; null where another one does. */
  telling: () => TellStats | null;
};

/** Silences, notices, the inbox, receivers and who is on call. */
export function tellRoutes({ context, warehouse, receivers, telling }: TellRouteParts): ZodPlugin {
  const { config, newId, now } = context;
  const settings = config.alerting;
  const doors = { now, openTenant: ({ tenant }: Access) => warehouse.forTenant(tenant) };
  const sendTest = (tenant: Tenant) =>
    testSender({ receivers, log: noticeLog(warehouse), tenant, publicUrl: settings.publicUrl, now, newId });
  return async (app) => {
    app.register(silenceRoutes({ ...doors, newId, openLog: (tenant) => silenceLog(warehouse, tenant) }));
    app.register(noticeRoutes({ ...doors, settings, telling, sendTest }));
    app.register(onCallRoutes({ now, settings }));
    app.register(routingRoutes(settings));
  };
}
