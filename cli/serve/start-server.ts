import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Telling } from '../../alerting/outbox/start-telling.js';
import { readRunbooks } from '../../alerting/runbooks/read-runbooks.js';
import { followCallers } from '../../http/callers.js';
import { listen } from '../../http/listen.js';
import { processMetrics } from '../../http/metrics/process-metrics.js';
import type { Ingest } from '../../ingest/start-ingest.js';
import { loadPriceBooks } from '../../query/cost/load-price-book.js';
import { recordRules } from '../../query/cost/rules/rule-log.js';
import { createLiveHub } from '../../query/live/live-hub.js';
import type { Config } from '../../schemas/config/config.js';
import { StartupError } from '../../schemas/startup-error.js';
import type { Settling } from '../../settle/start-settling.js';
import { createInsertGate } from '../../warehouse/backup/insert-gate.js';
import { createReaders } from '../../warehouse/readers.js';
import { applyRetention } from '../../warehouse/retention/apply-retention.js';
import { watchWarehouse } from '../../warehouse/watched-warehouse.js';
import { businessOfFleet } from '../demo/fleet/business-settings.js';
import { costOfFleet } from '../demo/fleet/cost-settings.js';
import { migrationTarget, openPreparedWarehouse } from '../open-warehouse.js';
import { migrateDeps, updateSchema } from '../update-schema.js';
import { openBackups } from './backups/open-backups.js';
import { createIngestMetrics } from './ingest-metrics.js';
import type { Lifecycle } from './lifecycle.js';
import { shellLog } from './log.js';
import { offerDemo } from './offer-demo.js';
import { createOwnMetrics, diskMetrics, liveMetrics } from './own-metrics.js';
import { after, openKeys, openTracing, type ServeContext } from './server-parts.js';
import { settleMetrics } from './settle-metrics.js';
import { type Alerting, openAlerting } from './start-alerting.js';
import { openDemo, prepareDemo, startDemo } from './start-demo.js';
import { startReceiver } from './start-receiver.js';
import { openSettling } from './start-settling.js';
import { openOutgoing, openTelling, tellRoutes } from './start-telling.js';
import { tellMetrics } from './tell-metrics.js';
import { watchAnswering } from './watch-answering.js';
import { watchDisk } from './watch-disk.js';
import { createWebApp } from './web-app.js';

const nowMs = () => performance.now();

/** Starts every part in order and registers how it stops; answers where it listens. Rejects with a StartupError that says what is in the way. */
export async function startServer(context: ServeContext, lifecycle: Lifecycle): Promise<Config['listen']> {
  const { config, version, log, now, newId } = context;
  await prepareDataDirectory(config.dataDir);
  const { start } = lifecycle;
  const own = createOwnMetrics(nowMs);
  const process = await start(
    'process metrics',
    () => processMetrics(version),
    async (metrics) => metrics.stop(),
  );
  const tracing = await start(
    'own traces',
    () => openTracing(context),
    (part) => part.stop(),
  );
  const warehouse = await start(
    'warehouse',
    async () => {
      const door = await openPreparedWarehouse(config, now);
      return watchWarehouse(door, { runInSpan: tracing.runInSpan, observe: own.finished, nowMs });
    },
    (part) => part.close(),
  );
  const { applied, schemaVersion } = await updateSchema(warehouse, config, { version, now });
  log.info(
    { mode: warehouse.mode, schemaVersion, applied: applied.map(({ name }) => name) },
    'warehouse open',
  );

  for (const { table, from, to } of await applyRetention(
    warehouse,
    config.retention,
    migrationTarget(config),
    migrateDeps(config, { version, now }),
  ))
    log.info({ table, from, to }, 'retention changed');

  const access = await start(
    'access',
    () => openKeys(context, warehouse),
    async (part) => part.close(),
  );
  const disk = await start(
    'disk guard',
    () =>
      watchDisk({
        config,
        warehouse,
        onChange: ({ state, sentence }) => log.warn({ state }, sentence ?? 'disk space is fine again'),
      }),
    async (part) => part.stop(),
  );
  const answering = await start(
    'readiness',
    () => watchAnswering(warehouse),
    async (part) => part.stop(),
  );
  const gate = createInsertGate();
  const callers = followCallers();
  const readers = createReaders(callers.current);
  const backups = await start(
    'backups',
    () => openBackups(context, warehouse, gate),
    async (part) => await part?.stop(),
  );
  if (await recordRules(warehouse, config.cost, { at: now(), program: version }))
    log.info('rules of cost are others than before; GET /api/v1/cost/rules says which');
  const books = await loadPriceBooks(config.cost);
  const demo = openDemo(context, warehouse);
  const offer = offerDemo(context, warehouse);
  const costs = { books, settings: demo === null ? config.cost : costOfFleet(config.cost) };
  const business = demo === null ? config.business : businessOfFleet(config.business);
  const hub = createLiveHub({ after });
  let ingest: Ingest | null = null;
  let settling: Settling | null = null;
  let alerting: Alerting | null = null;
  let telling: Telling | null = null;
  const receivers = openOutgoing(config);
  const ingestMetrics = createIngestMetrics(nowMs, () => ingest?.stats() ?? null);
  const { otlpHttp, otlpGrpc } = config.listen;
  const missing = ['start-up is still going on'];
  const app = createWebApp({
    roles: config.roles,
    version,
    appUrl: new URL('../../dashboards/app/', import.meta.url),
    warehouse: readers.around(warehouse),
    access,
    hub,
    queues: config.queues,
    costs,
    business,
    runbooks: await readRunbooks(),
    sloFileProblems: (tenant) => alerting?.fileProblems(tenant) ?? [],
    telling: tellRoutes({ context, warehouse, receivers, telling: () => telling?.stats() ?? null }),
    tracing,
    callers,
    readiness: () => {
      const { state, sentence } = disk.guard.current();
      const full = state === 'full' ? (sentence ?? 'The disk is full') : null;
      return [...missing, full, answering.problem()].filter((reason) => reason !== null);
    },
    metricSources: [
      process.source,
      own.source,
      ingestMetrics.source,
      settleMetrics(() => settling?.stats() ?? null),
      () => alerting?.metrics() ?? [],
      tellMetrics(() => telling?.stats() ?? null),
      liveMetrics(hub.stats),
      diskMetrics(disk.guard.current),
    ],
    describeInstallation: () => ({
      otlpHttpUrl: ingest?.url ?? `http://${otlpHttp.host}:${otlpHttp.port}`,
      otlpGrpcUrl: ingest?.grpcUrl ?? `http://${otlpGrpc.host}:${otlpGrpc.port}`,
      version,
      mode: warehouse.mode,
      isDemo: demo !== null,
      offersDemo: offer !== null,
    }),
    ingest: () => ingest,
    demo: demo?.routes ?? offer,
    backups: backups?.routes ?? null,
    observe: own.answered,
    log: shellLog(log),
    now,
    newId,
  });
  const web = await start(
    'web port',
    () => listen(app, { ...config.listen.http, settingName: 'COLDBURN_HTTP' }),
    async (part, remainingMs) => {
      await part.close(Math.min(remainingMs, 3_000));
    },
  );
  log.info({ name: 'http', url: web.url }, 'listening');
  if (config.roles.includes('ingest')) {
    const authorize = demo?.allow(access.authorize) ?? access.authorize;
    const { guard } = disk;
    settling = await start(
      'settling',
      () => openSettling(context, gate.around(warehouse)),
      (part) => part.stop(),
    );
    ingest = await start(
      'OTLP ports',
      () =>
        startReceiver(context, {
          warehouse: gate.around(warehouse),
          authorize,
          guard,
          hub,
          cost: costs.settings,
          recordMs: ingestMetrics.recordMs,
        }),
      // The engine needs a moment after the spool.
      (part, remainingMs) => part.stop(Math.max(0, remainingMs - 1_500)),
    );
    log.info({ name: 'otlpHttp', url: ingest.url }, 'listening');
    log.info({ name: 'otlpGrpc', url: ingest.grpcUrl }, 'listening');
  }
  const begun = demo === null ? null : await prepareDemo(context, gate.around(warehouse), demo);
  if (config.roles.includes('alerting')) {
    alerting = await start(
      'ledger of objectives',
      () => openAlerting(context, gate.around(warehouse), hub, costs),
      (part) => part.stop(),
    );
    telling = await start(
      'notices',
      () => openTelling(context, gate.around(warehouse), receivers, costs),
      (part) => part.stop(),
    );
  }
  if (demo !== null && begun !== null && ingest !== null) {
    const { url, grpcUrl } = ingest;
    const around = { url, grpcUrl, reading: readers.reading, ...begun };
    await startDemo(context, gate.around(warehouse), demo, around, lifecycle);
  }
  missing.length = 0;
  return boundTo(config.listen, { http: web.url, otlpHttp: ingest?.url, otlpGrpc: ingest?.grpcUrl });
}

/** The addresses with the ports the system picked, so that whoever begins anew is found where he was. */
function boundTo(
  listen: Config['listen'],
  urls: { [Name in keyof Config['listen']]: string | undefined },
): Config['listen'] {
  const bound = <Address extends { port: number }>(address: Address, url: string | undefined): Address =>
    url === undefined ? address : { ...address, port: Number(new URL(url).port) };
  return {
    http: bound(listen.http, urls.http),
    otlpHttp: bound(listen.otlpHttp, urls.otlpHttp),
    otlpGrpc: bound(listen.otlpGrpc, urls.otlpGrpc),
  };
}

async function prepareDataDirectory(dataDir: string): Promise<void> {
  try {
    await mkdir(join(dataDir), { recursive: true, mode: 0o700 });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StartupError(
      `The data directory ${dataDir} cannot be made (${reason}); create it for this user, or set COLDBURN_DATA_DIR to another place.`,
      { cause },
    );
  }
}
