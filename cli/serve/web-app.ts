import type { FastifyBaseLogger } from 'fastify';
import type { OpenedAccess } from '../../access/open-access.js';
import { correctionLog } from '../../alerting/corrections/correction-log.js';
import { sloLog } from '../../alerting/definitions/append-version.js';
import { incidentLog } from '../../alerting/incidents/append-events.js';
import { backtestRoutes } from '../../alerting/routes/backtest.js';
import { budgetRoutes } from '../../alerting/routes/budget.js';
import { budgetsRoutes } from '../../alerting/routes/budgets.js';
import { complianceRoutes } from '../../alerting/routes/compliance.js';
import { correctionRoutes } from '../../alerting/routes/corrections.js';
import { gateRoutes } from '../../alerting/routes/gate.js';
import { incidentRoutes } from '../../alerting/routes/incidents.js';
import { runbookRoutes } from '../../alerting/routes/runbooks.js';
import { sloRoutes } from '../../alerting/routes/slos.js';
import type { Runbooks } from '../../alerting/runbooks/read-runbooks.js';
import { dashboardsPlugin } from '../../dashboards/plugin.js';
import type { Callers } from '../../http/callers.js';
import { type Answered, createApp } from '../../http/create-app.js';
import { healthRoutes, type Readiness } from '../../http/health-routes.js';
import type { MetricSource } from '../../http/metrics/metric-family.js';
import { metricsRoute } from '../../http/metrics/route.js';
import type { Tracing } from '../../http/tracing/own-tracing.js';
import { ingestStatusRoutes } from '../../ingest/routes/ingest-status.js';
import type { Ingest } from '../../ingest/start-ingest.js';
import type { CostDeps } from '../../query/cost/cost-deps.js';
import { deploymentLog } from '../../query/deployments/append-deployment.js';
import type { LiveHub } from '../../query/live/live-hub.js';
import { costRoutes } from '../../query/routes/cost/cost-routes.js';
import { deploymentRoutes } from '../../query/routes/deployments.js';
import { type InstallationRouteDeps, installationRoutes } from '../../query/routes/installation.js';
import { liveRoutes } from '../../query/routes/live.js';
import { queuesRoutes } from '../../query/routes/queues.js';
import { readRoutes } from '../../query/routes/read-routes.js';
import type { Access, Tenant } from '../../schemas/access.js';
import type { BusinessSettings } from '../../schemas/config/business.js';
import type { ProcessRole } from '../../schemas/config/config.js';
import type { QueueSettings } from '../../schemas/queue-settings.js';
import type { ZodApp, ZodPlugin } from '../../schemas/zod-http.js';
import { describeWarehouseError } from '../../warehouse/describe-warehouse-error.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import { incidentNews } from './incident-news.js';

export type WebAppParts = {
  roles: readonly ProcessRole[];
  version: string;
  /** Where the built app lies. */
  appUrl: URL;
  warehouse: Warehouse;
  access: Pick<OpenedAccess, 'authenticate' | 'routes'>;
  hub: LiveHub;
  queues: QueueSettings;
  costs: CostDeps;
  business: BusinessSettings;
  runbooks: Runbooks;
  /** What is wrong with the SLO files that this process reads. */
  sloFileProblems: (tenant: Tenant) => readonly string[];
  /** Routes of silences, notices and who is on call; null without them. */
  telling: ZodPlugin | null;
  tracing: Tracing;
  callers: Callers;
  readiness: Readiness;
  metricSources: readonly MetricSource[];
  describeInstallation: InstallationRouteDeps['describe'];
  /** The receiver of this process, null while there is none. */
  ingest: () => Ingest | null;
  /** Routes of the demo fleet; null without one. */
  demo: ZodPlugin | null;
  /** Routes of backups; null where none may be made. */
  backups: ZodPlugin | null;
  observe: (answered: Answered) => void;
  log: FastifyBaseLogger | false;
  now: () => Date;
  newId: () => string;
};

/** Everything the web port answers. Health, metrics and access are there in every role. */
export function createWebApp(parts: WebAppParts): ZodApp {
  const { roles, version, appUrl, warehouse, access, hub, tracing, now, newId } = parts;
  const app = createApp({
    newId,
    logger: parts.log,
    authenticate: access.authenticate,
    describeError: describeWarehouseError,
    observe: parts.observe,
    openApi: { title: 'Coldburn', version },
  });
  parts.callers.follow(app);
  tracing.traceRequests(app);
  app.register(healthRoutes(parts.readiness));
  app.register(metricsRoute(parts.metricSources));
  app.register(access.routes, { prefix: '/api/v1' });
  app.register(ingestStatusRoutes({ ingest: parts.ingest, isReceiver: roles.includes('ingest') }));
  if (roles.includes('query')) {
    const doors = { now, openTenant: ({ tenant }: Access) => warehouse.forTenant(tenant) };
    const openLog = (tenant: Tenant) => deploymentLog(warehouse, tenant);
    app.register(readRoutes({ ...doors, costs: parts.costs, business: parts.business }, parts.queues));
    app.register(deploymentRoutes({ ...doors, openLog }));
    const openSloLog = (tenant: Tenant) => sloLog(warehouse, tenant);
    app.register(sloRoutes({ ...doors, openLog: openSloLog, fileProblems: parts.sloFileProblems }));
    app.register(budgetRoutes(doors));
    app.register(complianceRoutes(doors));
    app.register(backtestRoutes(doors));
    const tellPages = (tenant: Tenant, at: Date) => hub.publish(incidentNews(tenant, at));
    app.register(incidentRoutes({ ...doors, newId, append: incidentLog(warehouse), publish: tellPages }));
    app.register(budgetsRoutes(doors));
    const openCorrections = (tenant: Tenant) => correctionLog(warehouse, tenant);
    app.register(correctionRoutes({ ...doors, newId, openLog: openCorrections }));
    app.register(gateRoutes(doors));
    app.register(runbookRoutes(parts.runbooks));
    if (parts.telling !== null) app.register(parts.telling);
    app.register(queuesRoutes({ ...doors, settings: parts.queues }));
    app.register(costRoutes({ ...doors, ...parts.costs }));
    app.register(installationRoutes({ describe: parts.describeInstallation }));
    app.register(liveRoutes({ hub }));
  }
  if (parts.demo !== null) app.register(parts.demo);
  if (parts.backups !== null) app.register(parts.backups);
  if (roles.includes('dashboards')) app.register(dashboardsPlugin({ appUrl }));
  return app;
}
