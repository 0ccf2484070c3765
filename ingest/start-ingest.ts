import { listen } from '../http/listen.js';
import type { Authorize } from '../schemas/access.js';
import type { AttributionSettings, ClassificationSettings } from '../schemas/config/classification.js';
import type { Retention } from '../schemas/retention.js';
import type { Warehouse } from '../warehouse/warehouse.js';
import type { Admission, IngestLog } from './admission.js';
import { IngestCounters, type IngestCounts } from './counters.js';
import type { TenantCounts } from './counting/tenant-ledger.js';
import { openDecoder } from './decoding/decode-settings.js';
import { Decoder } from './decoding/decoder.js';
import { LargeRequests } from './decoding/large-requests.js';
import { Turns } from './decoding/turns.js';
import { KnownRequests } from './duplicates/known-requests.js';
import { type RateLimits, TenantRates } from './export/tenant-rates.js';
import { createGrpcServer } from './grpc/grpc-server.js';
import { listenGrpc } from './grpc/listen-grpc.js';
import { BodyBudget } from './http/body-budget.js';
import { BodyBuffers } from './http/body-buffers.js';
import { createOtlpServer } from './http/otlp-server.js';
import type { LimitSettings } from './limits/limit-settings.js';
import { openHashKey } from './open-hash-key.js';
import { ingestTables } from './open-receivers.js';
import type { RedactionSettings } from './redact/redactor.js';
import type { SamplingSettings } from './sampling/sampler.js';
import { listPoison, type PoisonSegment } from './spool/poison.js';
import { Spool } from './spool/spool.js';
import type { InsertedNote, SpoolStats } from './spool/spool-types.js';
import type { UsageSettings } from './usage/usage-rules.js';

export type IngestConfig = {
  /** Port 0 picks one; `settingName` is what a reader must change when the address cannot be had. */
  otlpHttp: { host: string; port: number; settingName: string };
  otlpGrpc: { host: string; port: number; settingName: string };
  spoolDirectory: string;
  spoolQuotaBytes: number;
  insertEveryMs: number;
  maxBodyBytes: number;
  /** Requests with the same bytes as one that came within this time are not stored again; 0 stores all. */
  duplicateWindowMs: number;
  rates: RateLimits;
  limits: LimitSettings;
  sampling: SamplingSettings;
  /** How long each table keeps a tenant's rows: what is older is refused. */
  retention: Retention;
  redaction: Omit<RedactionSettings, 'hashKey'>;
  classification: ClassificationSettings;
  attribution: AttributionSettings;
  /** What telemetry does not tell of how functions are billed. */
  cost?: UsageSettings;
  /** Where the key of hashed secrets is kept. */
  hashKeyPath: string;
  /** Origins from which browsers may send; `*` stands for anything. */
  corsAllowedOrigins?: readonly string[];
};

export type IngestDeps = {
  config: IngestConfig;
  warehouse: Pick<Warehouse, 'insertSegment'>;
  authorize: Authorize;
  /** Names this process in the telemetry it sends about itself, which it must not take in again. */
  ownOrigin: string;
  /** The disk guard's word; the spool adds its own. */
  admission: () => Admission;
  /** Unix time in milliseconds with fractions. Must not go backwards: `performance.timeOrigin + performance.now()`. */
  nowMs: () => number;
  random: () => number;
  newId: () => string;
  /** Resolves after so many milliseconds of `nowMs`, or at once when aborted. */
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
  log: IngestLog;
  recordMs: (name: string, ms: number) => void;
  /** Rows can be queried now. */
  onInserted: (note: InsertedNote) => void;
};

export type IngestStats = {
  counts: IngestCounts;
  spool: SpoolStats;
  /** Requests forgotten before their time, so that they would be stored again. */
  evictedRequests: number;
};

export type Ingest = {
  port: number;
  url: string;
  grpcPort: number;
  grpcUrl: string;
  stats(): IngestStats;
  /** What became of one tenant's requests. */
  ofTenant(tenant: string): TenantCounts;
  /** What ClickHouse refuses for good. */
  poison(): Promise<PoisonSegment[]>;
  readonly startedAtMs: number;
  readonly limits: LimitSettings;
  readonly sampling: SamplingSettings;
  /** Answers what is under way, then drains the spool as far as the deadline allows. */
  stop(deadlineMs: number): Promise<void>;
};

/** Far above what 64 MiB of real telemetry take. */
const mostDecodeMs = 60_000;
/** Bodies being read, and rows waiting for the disk, at the same time. */
const inflightMaxBytes = 256 * 1024 * 1024;
const pendingMaxBytes = 128 * 1024 * 1024;
/** What the engine holds while it inserts: a file of data points twice as large makes it peak 340 MB higher for a tenth less CPU. */
const segmentMaxBytes = 32 * 1024 * 1024;
const commitEveryMs = 4;
/** Firehose tries again for up to two hours. */
const deliveryWindow = { maxKeys: 10_000, keepMs: 7_200_000 };
/** About 40 MB of memory, and as much again on disk, when so many came within the window. */
const maxBodyKeys = 1_000_000;

/** Opens the spool, takes up what the last run left, and listens. */
export async function startIngest(deps: IngestDeps): Promise<Ingest> {
  const { config, warehouse, nowMs, random, newId, wait, log, recordMs, onInserted } = deps;
  const { insertEveryMs, spoolQuotaBytes: quotaBytes, maxBodyBytes } = config;
  const marks = {
    body: { keepMs: config.duplicateWindowMs, maxKeys: maxBodyKeys },
    delivery: deliveryWindow,
  };
  const known = new KnownRequests(marks);
  const { redaction } = config;
  const hashKey = redaction.action === 'hash' ? await openHashKey(config.hashKeyPath) : new Uint8Array(0);
  const spool = await Spool.open({
    directory: config.spoolDirectory,
    tables: ingestTables,
    limits: { insertEveryMs, commitEveryMs, segmentMaxBytes, quotaBytes, pendingMaxBytes },
    marks,
    onMarksFound: (found) => known.restore(found, nowMs()),
    insert: (segment, signal) => warehouse.insertSegment(segment, { signal }),
    nowMs,
    random,
    newId,
    wait,
    onInserted,
    recordMs,
    log,
  });
  const counters = new IngestCounters();
  const { limits, sampling, retention, classification, attribution } = config;
  const cost = config.cost ?? { functions: [], provisioned: [] };
  const seed = 1 + Math.floor(random() * 0x7ffffffe);
  const settings = { limits, sampling, retention, classification, attribution, cost, seed };
  const decodeSettings = { ...settings, redaction: { ...redaction, hashKey } };
  const { receivers, knowledge } = openDecoder(decodeSettings, {
    write: (tenant, fill, mark) => spool.write(tenant, fill, mark),
    nowMs,
  });
  const large = new LargeRequests({
    settings: decodeSettings,
    knowledge,
    nowMs,
    wait,
    mostMs: mostDecodeMs,
    add: (tenant, tables, mark) => spool.add(tenant, tables, mark),
  });
  const decoder = new Decoder(receivers, large, new Turns({ nowMs, afterIo: setImmediate }));
  const startedAtMs = nowMs();
  const shared = {
    authorize: deps.authorize,
    ownOrigin: deps.ownOrigin,
    admission: (): Admission => {
      const outer = deps.admission();
      return outer.kind === 'closed' ? outer : spool.admission();
    },
    decoder,
    counters,
    known,
    rates: new TenantRates(config.rates),
    refusesSameBodies: config.duplicateWindowMs > 0,
    budget: new BodyBudget(Math.max(inflightMaxBytes, maxBodyBytes * 2.5)),
    buffers: new BodyBuffers(),
    maxBodyBytes,
    nowMs,
    recordMs,
    log,
  };
  const server = createOtlpServer({
    ...shared,
    corsAllowedOrigins: config.corsAllowedOrigins ?? [],
  });
  const listening = await listen(server, config.otlpHttp).catch(async (error: unknown) => {
    await spool.stop(0);
    throw error;
  });
  const grpc = await listenGrpc(createGrpcServer(shared), config.otlpGrpc).catch(async (error: unknown) => {
    await listening.close(0);
    await spool.stop(0);
    throw error;
  });
  return {
    port: listening.port,
    url: listening.url,
    grpcPort: grpc.port,
    grpcUrl: grpc.url,
    stats: () => ({
      counts: counters.snapshot(),
      spool: spool.stats(),
      evictedRequests: known.evicted,
    }),
    ofTenant: (tenant) => counters.ofTenant(tenant, nowMs()),
    poison: () => listPoison(config.spoolDirectory),
    startedAtMs,
    limits: config.limits,
    sampling: config.sampling,
    stop: async (deadlineMs) => {
      const endsAtMs = nowMs() + deadlineMs;
      // A sender that never finishes its body must not hold up the others' rows.
      const drainMs = Math.min(2000, deadlineMs / 2);
      await Promise.all([listening.close(drainMs), grpc.close(drainMs)]);
      await decoder.close();
      await spool.stop(Math.max(0, endsAtMs - nowMs()));
    },
  };
}
