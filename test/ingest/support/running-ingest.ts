import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { waitMs } from '../../../ingest/spool/wait-ms.js';
import {
  type Ingest,
  type IngestConfig,
  type IngestDeps,
  startIngest,
} from '../../../ingest/start-ingest.js';
import type { Access } from '../../../schemas/access.js';
import { defaultTenant } from '../../../schemas/access.js';
import { RedactionRule } from '../../../schemas/redaction-rule.js';
import { defaultRetention } from '../../../schemas/retention.js';
import { defaultIngest } from './default-rules.js';
import { keepEverything, wideLimits } from './wide-limits.js';

/** Everyone may send, as on an open loopback installation. */
export const openAccess: Access = { tenant: defaultTenant, role: 'admin', keyId: null };

export const silentLog = { info: () => undefined, warn: () => undefined, error: () => undefined };

const mebibyte = 1024 * 1024;

/** A receiver with everything real around it but what a test replaces. */
export function runIngest(
  directory: string,
  insertSegment: IngestDeps['warehouse']['insertSegment'],
  changes: Partial<Omit<IngestDeps, 'config'>> & { config?: Partial<IngestConfig> } = {},
): Promise<Ingest> {
  const { config, ...rest } = changes;
  return startIngest({
    config: {
      otlpHttp: { host: '127.0.0.1', port: 0, settingName: 'COLDBURN_OTLP_HTTP' },
      otlpGrpc: { host: '127.0.0.1', port: 0, settingName: 'COLDBURN_OTLP_GRPC' },
      spoolDirectory: directory,
      spoolQuotaBytes: 512 * mebibyte,
      insertEveryMs: 50,
      maxBodyBytes: 4 * mebibyte,
      duplicateWindowMs: 600_000,
      rates: { requestsPerSecond: 0, bytesPerSecond: 0 },
      limits: wideLimits,
      sampling: keepEverything,
      retention: defaultRetention,
      redaction: { rules: RedactionRule.options, keys: [], action: 'drop' },
      classification: defaultIngest.classification,
      attribution: defaultIngest.attribution,
      hashKeyPath: join(directory, 'redaction.key'),
      ...config,
    },
    warehouse: { insertSegment },
    authorize: async () => ({ kind: 'granted', access: openAccess }),
    ownOrigin: 'this-process',
    admission: () => ({ kind: 'open' }),
    nowMs: () => performance.timeOrigin + performance.now(),
    random: Math.random,
    newId: randomUUID,
    wait: waitMs,
    log: silentLog,
    recordMs: () => undefined,
    onInserted: () => undefined,
    ...rest,
  });
}
