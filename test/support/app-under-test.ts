import { randomBytes, randomUUID } from 'node:crypto';
import { defaultAttemptPolicy } from '../../access/failed-attempts.js';
import { openAccess as openKeys } from '../../access/open-access.js';
import { warehouseKeyStore } from '../../access/store/warehouse-key-store.js';
import { correctionLog } from '../../alerting/corrections/correction-log.js';
import { sloLog } from '../../alerting/definitions/append-version.js';
import { incidentLog } from '../../alerting/incidents/append-events.js';
import { noticeLog } from '../../alerting/outbox/notice-log.js';
import { openReceivers } from '../../alerting/outbox/open-receivers.js';
import { testSender } from '../../alerting/outbox/send-test.js';
import { resolveHost } from '../../alerting/outgoing/guarded-lookup.js';
import { backtestRoutes } from '../../alerting/routes/backtest.js';
import { budgetRoutes } from '../../alerting/routes/budget.js';
import { budgetsRoutes } from '../../alerting/routes/budgets.js';
import { complianceRoutes } from '../../alerting/routes/compliance.js';
import { correctionRoutes } from '../../alerting/routes/corrections.js';
import { gateRoutes } from '../../alerting/routes/gate.js';
import { incidentRoutes } from '../../alerting/routes/incidents.js';
import { noticeRoutes } from '../../alerting/routes/notices.js';
import { onCallRoutes } from '../../alerting/routes/on-call.js';
import { routingRoutes } from '../../alerting/routes/routing.js';
import { silenceRoutes } from '../../alerting/routes/silences.js';
import { sloRoutes } from '../../alerting/routes/slos.js';
import { silenceLog } from '../../alerting/silences/silence-log.js';
import { dashboardsPlugin } from '../../dashboards/plugin.js';
import { createApp } from '../../http/create-app.js';
import { listen } from '../../http/listen.js';
import { ingestStatusRoutes } from '../../ingest/routes/ingest-status.js';
import type { Ingest } from '../../ingest/start-ingest.js';
import { loadPriceBooks } from '../../query/cost/load-price-book.js';
import { deploymentLog } from '../../query/deployments/append-deployment.js';
import { createLiveHub, type LiveHub } from '../../query/live/live-hub.js';
import { costRoutes } from '../../query/routes/cost/cost-routes.js';
import { deploymentRoutes } from '../../query/routes/deployments.js';
import { installationRoutes } from '../../query/routes/installation.js';
import { liveRoutes } from '../../query/routes/live.js';
import { queuesRoutes } from '../../query/routes/queues.js';
import { readRoutes } from '../../query/routes/read-routes.js';
import { type Access, defaultTenant, type Tenant } from '../../schemas/access.js';
import { Alerting } from '../../schemas/config/alerting.js';
import { Business } from '../../schemas/config/business.js';
import type { AlertingConfig } from '../../schemas/config/config.js';
import { Cost } from '../../schemas/config/cost.js';
import { type ProblemCode, ProblemError } from '../../schemas/problem.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';
import type { TenantWarehouse, Warehouse } from '../../warehouse/warehouse.js';
import { realAfter } from './real-after.js';

export const openAccess: Access = { tenant: defaultTenant, role: 'admin', keyId: null };

export type AppUnderTest = {
  url: string;
  hub: LiveHub;
  /** From now on, every call of this API path is refused so; null lets it through again. */
  refuse: (path: string, code: ProblemCode | null) => void;
  close: () => Promise<void>;
};

/** The reading API and the app over a real port, open to everyone like an installation on loopback without keys. */
export async function startApp(
  warehouse: Warehouse,
  now: () => Date,
  tenant: Tenant = defaultTenant,
  ingest: () => Ingest | null = () => null,
  { cost = {}, business = {}, alerting = {}, inboxes = [] }: AppSettings = {},
): Promise<AppUnderTest> {
  const refusals = new Map<string, ProblemCode>();
  const hub = createLiveHub({ after: realAfter });
  const access = { ...openAccess, tenant };
  const app = createApp({ newId: randomUUID, logger: false, authenticate: async () => access });
  app.addHook('onRequest', async (request) => {
    const code = refusals.get(request.url.split('?')[0] ?? '');
    if (code !== undefined) throw new ProblemError(code, 'Refused by the test');
  });
  const keys = await openKeys({
    store: warehouseKeyStore(warehouse),
    sessionSecret: randomBytes(32),
    sessionMs: 3_600_000,
    addresses: [],
    isInsecure: false,
    attemptPolicy: defaultAttemptPolicy,
    refreshEveryMs: 3_600_000,
    onRefreshError: () => {},
    now,
    randomBytes,
  });
  const describe = () => ({
    otlpHttpUrl: 'http://localhost:4318',
    otlpGrpcUrl: null,
    version: '0.1.0',
    mode: warehouse.mode,
    isDemo: false,
    offersDemo: false,
  });
  const doors = { now, openTenant: (caller: Access) => warehouse.forTenant(caller.tenant) };
  const queues = { metrics: [], deadLetter: [] };
  const settings = Cost.parse(cost);
  const costs = { books: await loadPriceBooks(settings), settings };
  await readRoutes({ ...doors, costs, business: Business.parse(business) }, queues)(app);
  await costRoutes({ ...doors, ...costs })(app);
  await deploymentRoutes({ ...doors, openLog: (owner) => deploymentLog(warehouse, owner) })(app);
  await sloRoutes({ ...doors, openLog: (owner) => sloLog(warehouse, owner), fileProblems: () => [] })(app);
  await budgetRoutes(doors)(app);
  await budgetsRoutes(doors)(app);
  const append = incidentLog(warehouse);
  await incidentRoutes({ ...doors, newId: randomUUID, append, publish: () => {} })(app);
  await complianceRoutes(doors)(app);
  await backtestRoutes(doors)(app);
  await gateRoutes(doors)(app);
  const openCorrections = (owner: Tenant) => correctionLog(warehouse, owner);
  await correctionRoutes({ ...doors, newId: randomUUID, openLog: openCorrections })(app);
  await tellingRoutes(warehouse, doors, settingsOf(alerting, inboxes))(app);
  app.register(keys.routes, { prefix: '/api/v1' });
  await queuesRoutes({ ...doors, settings: queues })(app);
  await installationRoutes({ describe })(app);
  await ingestStatusRoutes({ ingest, isReceiver: false })(app);
  await liveRoutes({ hub })(app);
  await dashboardsPlugin({ appUrl: new URL('../../dashboards/app/', import.meta.url) })(app);
  const { url, close } = await listen(app, { host: '127.0.0.1', port: 0, settingName: 'COLDBURN_HTTP' });
  return {
    url,
    hub,
    refuse: (path, code) => {
      if (code === null) refusals.delete(path);
      else refusals.set(path, code);
    },
    close: async () => {
      keys.close();
      await close(2000);
    },
  };
}

/** What a coldburn.yaml would say. */
export type AppSettings = {
  cost?: object;
  business?: object;
  alerting?: object;
  inboxes?: readonly string[];
};

/** Receivers are inboxes only, so nothing leaves the test. */
function settingsOf(alerting: object, inboxes: readonly string[]): AlertingConfig {
  const receivers = inboxes.map((name) => ({ kind: 'inbox' as const, name }));
  return { ...Alerting.parse({ ...alerting, receivers }), receivers };
}

type Doors = { now: () => Date; openTenant: (access: Access) => TenantWarehouse };

/** Silences, notices, receivers and routes; what is sent goes to the receivers of these settings. */
function tellingRoutes(warehouse: Warehouse, doors: Doors, settings: AlertingConfig): ZodPlugin {
  const receivers = openReceivers(settings, {
    isAllowed: () => false,
    resolve: resolveHost,
    timeoutMs: 1000,
  });
  const sendTest = (tenant: Tenant) =>
    testSender({
      receivers,
      log: noticeLog(warehouse),
      tenant,
      publicUrl: null,
      now: doors.now,
      newId: randomUUID,
    });
  return async (app) => {
    await silenceRoutes({ ...doors, newId: randomUUID, openLog: (tenant) => silenceLog(warehouse, tenant) })(
      app,
    );
    await noticeRoutes({ ...doors, settings, telling: () => null, sendTest })(app);
    await onCallRoutes({ now: doors.now, settings })(app);
    await routingRoutes(settings)(app);
  };
}
