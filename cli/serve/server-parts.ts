import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers';
import type { Logger } from 'pino';
import { defaultAttemptPolicy } from '../../access/failed-attempts.js';
import { type OpenedAccess, openAccess } from '../../access/open-access.js';
import { openSessionSecret } from '../../access/session/session-secret.js';
import { warehouseKeyStore } from '../../access/store/warehouse-key-store.js';
import { createOtlpExporter } from '../../http/tracing/otlp-exporter.js';
import { createTracing, noTracing, type Tracing } from '../../http/tracing/own-tracing.js';
import type { After } from '../../query/live/live-hub.js';
import type { Config } from '../../schemas/config/config.js';
import type { Warehouse } from '../../warehouse/warehouse.js';

/** A key made or revoked by another process is in force here after at most this long. */
const keyRefreshMs = 3_000;

export type ServeContext = {
  config: Config;
  version: string;
  /** Different for every start; it marks our own telemetry. */
  instanceId: string;
  isInsecure: boolean;
  /** The demo fleet lives in this process too. */
  isDemo: boolean;
  /** Somebody asked for the demo fleet in the app: begin anew with it. */
  onDemoWanted: () => void;
  log: Logger;
  now: () => Date;
  newId: () => string;
};

/** Own traces, when an endpoint is configured. */
export function openTracing({ config, version, instanceId, log }: ServeContext): Tracing {
  const { endpoint, headers } = config.telemetry;
  if (endpoint === null) return noTracing;
  const revealed = Object.entries(headers).map(([name, secret]) => [name, secret.reveal()] as const);
  const target = { endpoint, headers: Object.fromEntries(revealed), origin: instanceId };
  const exporter = createOtlpExporter(target, (sentence) => log.warn(sentence));
  return createTracing(exporter, {
    'service.name': 'coldburn',
    'service.version': version,
    'service.instance.id': instanceId,
  });
}

/** Keys, sessions and the verdict on the addresses this process is about to listen on. */
export async function openKeys(context: ServeContext, warehouse: Warehouse): Promise<OpenedAccess> {
  const { config, isInsecure, log, now } = context;
  const { http, otlpHttp, otlpGrpc } = config.listen;
  const addresses = [{ host: http.host, settingName: 'COLDBURN_HTTP' }];
  if (config.roles.includes('ingest')) {
    addresses.push(
      { host: otlpHttp.host, settingName: 'COLDBURN_OTLP_HTTP' },
      { host: otlpGrpc.host, settingName: 'COLDBURN_OTLP_GRPC' },
    );
  }
  return await openAccess({
    store: warehouseKeyStore(warehouse),
    sessionSecret:
      config.access.sessionSecret === null
        ? await openSessionSecret(join(config.dataDir, 'session.secret'), randomBytes)
        : Buffer.from(config.access.sessionSecret.reveal()),
    addresses,
    isInsecure,
    sessionMs: config.access.sessionMs,
    attemptPolicy: defaultAttemptPolicy,
    refreshEveryMs: keyRefreshMs,
    onRefreshError: (error) =>
      log.warn({ err: error }, 'API keys could not be read again; the known ones stay in force'),
    now,
    randomBytes,
  });
}

/** A timer that can be called off, for the parts that take time as an argument. */
export const after: After = (delayMs, run) => {
  const timer = delay(run, delayMs);
  timer.unref();
  return () => clearTimeout(timer);
};
