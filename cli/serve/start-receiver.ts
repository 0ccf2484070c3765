import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Admission } from '../../ingest/admission.js';
import { waitMs } from '../../ingest/spool/wait-ms.js';
import { type Ingest, startIngest } from '../../ingest/start-ingest.js';
import type { LiveHub } from '../../query/live/live-hub.js';
import { type Authorize, Tenant } from '../../schemas/access.js';
import type { CostSettings } from '../../schemas/config/cost.js';
import type { DiskGuard } from '../../warehouse/disk/disk-guard.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import type { ServeContext } from './server-parts.js';

/** How long a sender should wait while the disk is full: somebody has to act first. */
const diskFullRetrySeconds = 60;

export type ReceiverParts = {
  warehouse: Warehouse;
  authorize: Authorize;
  guard: DiskGuard;
  hub: LiveHub;
  /** How runs become usage: the configuration's, and in a demo what the fleet's owners know. */
  cost: CostSettings;
  recordMs: (stage: string, ms: number) => void;
};

/** Opens the OTLP ports; what it stores is told to open pages. */
export function startReceiver(context: ServeContext, parts: ReceiverParts): Promise<Ingest> {
  const { config, instanceId, log, now, newId } = context;
  const { warehouse, authorize, guard, hub, cost, recordMs } = parts;
  const admission = (): Admission => {
    const { state, sentence } = guard.current();
    if (state !== 'full') return { kind: 'open' };
    return {
      kind: 'closed',
      reason: sentence ?? 'The disk is full',
      retryAfterSeconds: diskFullRetrySeconds,
    };
  };
  return startIngest({
    config: {
      otlpHttp: { ...config.listen.otlpHttp, settingName: 'COLDBURN_OTLP_HTTP' },
      otlpGrpc: { ...config.listen.otlpGrpc, settingName: 'COLDBURN_OTLP_GRPC' },
      spoolDirectory: join(config.dataDir, 'spool'),
      spoolQuotaBytes: config.ingest.spool.quotaBytes,
      insertEveryMs: config.ingest.insertEveryMs,
      maxBodyBytes: config.ingest.maxBodyBytes,
      duplicateWindowMs: config.ingest.duplicateWindowMs,
      rates: config.ingest.limits,
      limits: config.ingest.limits,
      sampling: config.ingest.sampling,
      retention: config.retention,
      redaction: config.ingest.redaction,
      classification: config.ingest.classification,
      attribution: config.ingest.attribution,
      cost,
      hashKeyPath: join(config.dataDir, 'redaction.key'),
    },
    warehouse,
    authorize,
    ownOrigin: instanceId,
    admission,
    nowMs: () => performance.timeOrigin + performance.now(),
    random: Math.random,
    newId,
    wait: waitMs,
    log,
    recordMs,
    onInserted: ({ rows, tenants }) => {
      const tables = [...rows.keys()];
      for (const tenant of tenants) {
        hub.publish({ tenant: Tenant.parse(tenant), kind: 'inserted', tables, at: now() });
      }
    },
  });
}
