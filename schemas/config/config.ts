import { z } from 'zod';
import { DeadLetterRule, QueueMetric } from '../queue-settings.js';
import { RedactionRule } from '../redaction-rule.js';
import { RetentionSettings } from '../retention.js';
import { Alerting, type AlertingSettings } from './alerting.js';
import { Business } from './business.js';
import { byteSize } from './byte-size.js';
import { Attribution, Classification } from './classification.js';
import { Cost } from './cost.js';
import type { DeepReadonly } from './deep-readonly.js';
import { duration } from './duration.js';
import { ListenAddress } from './host-port.js';
import { httpUrl } from './http-url.js';
import { cardinalityLimits, Sampling } from './ingest-limits.js';
import type { ReceiverConfig } from './receivers.js';
import type { Secret } from './secret.js';
import { SecretSource } from './secret-source.js';
import { Slos } from './slos.js';
import { Telemetry } from './telemetry.js';

const MiB = 2 ** 20;
const dayMs = 86_400_000;

/** A part of the work one process can take; a cluster gives different processes different ones. */
export const ProcessRole = z.enum(['ingest', 'query', 'alerting', 'dashboards']);
export type ProcessRole = z.infer<typeof ProcessRole>;

/** One line: a line break or another control character in a name or path is a mistake, and cannot be printed back. */
const text = z
  .string({ error: 'must be text' })
  .min(1, { error: 'must not be empty' })
  .refine((value) => !/[\p{Cc}\u2028\u2029]/u.test(value), {
    error: 'must not hold a line break or another control character',
  });
const ratio = z
  .number({ error: 'must be a number between 0 and 1' })
  .gte(0, { error: 'must be between 0 and 1' })
  .lt(1, { error: 'must be between 0 and 1' });
const identifier = z.string({ error: 'must be text' }).regex(/^[A-Za-z_][A-Za-z0-9_]*$/, {
  error: 'must be letters, digits and underscores, not starting with a digit',
});
const memory = (atLeast: number) =>
  z.union([z.literal('auto'), byteSize({ atLeast })], { error: 'must be "auto" or a size such as "2 GiB"' });

const concurrency = 'must be "auto" or a whole number from 1 to 64';

const Listen = z.strictObject({
  http: ListenAddress.prefault('127.0.0.1:8080').describe(
    'Web app and API. Port 0 picks a free one and logs it.',
  ),
  otlpHttp: ListenAddress.prefault('127.0.0.1:4318').describe('OTLP over HTTP, and Firehose.'),
  otlpGrpc: ListenAddress.prefault('127.0.0.1:4317').describe('OTLP over gRPC.'),
});

const ClickHouse = z.strictObject({
  url: httpUrl({
    path: false,
    credentialsGoTo: 'clickhouse.user and clickhouse.password',
    pathGoesTo: 'put the database into clickhouse.database',
  })
    .nullable()
    .prefault(null)
    .describe(
      'HTTP address of a ClickHouse server. Without it the engine runs inside this process, in dataDir.',
    ),
  user: text.prefault('default').describe('User on the server.'),
  password: SecretSource.nullable()
    .prefault(null)
    .describe('Password on the server: text, or {file: PATH}, or {env: NAME}.'),
  database: identifier
    .prefault('coldburn')
    .describe('Database that holds every table; migrations create it.'),
  cluster: identifier
    .nullable()
    .prefault(null)
    .describe(
      'Cluster name on the server: tables become Replicated with Distributed views, made ON CLUSTER.',
    ),
});

const Limits = z.strictObject({
  memoryBytes: memory(256 * MiB)
    .prefault('auto')
    .describe('Most memory the embedded engine may use. auto sizes it to the machine or its container.'),
  query: z
    .strictObject({
      timeMs: duration({ atLeastMs: 100, atMostMs: 3_600_000 })
        .prefault('30s')
        .describe('Longest time one question may take.'),
      memoryBytes: memory(16 * MiB)
        .prefault('auto')
        .describe('Most memory one question may use. auto is a share of limits.memoryBytes.'),
      concurrent: z
        .union([z.literal('auto'), z.int().min(1, { error: concurrency }).max(64, { error: concurrency })], {
          error: concurrency,
        })
        .prefault('auto')
        .describe(
          'Questions answered at the same time; the rest wait, so that dashboards never starve ingest. auto follows the number of cores.',
        ),
    })
    .prefault({}),
});

const Disk = z.strictObject({
  warnFreeRatio: ratio.prefault(0.15).describe('Below this share of free disk, /readyz and the log warn.'),
  stopFreeRatio: ratio.prefault(0.05).describe('Below this share of free disk, ingest answers 503.'),
  stopFreeBytes: byteSize({ atLeast: 0 })
    .prefault('256 MiB')
    .describe('The least stopFreeRatio may come to, for small disks.'),
});

const Ingest = z.strictObject({
  maxBodyBytes: byteSize({ atLeast: 1024 })
    .prefault('64 MiB')
    .describe('Largest request body, after decompression.'),
  insertEveryMs: duration({ atLeastMs: 10, atMostMs: 60_000 })
    .prefault('400ms')
    .describe('Longest time acknowledged telemetry waits before it is inserted and can be seen.'),
  duplicateWindowMs: duration({ atLeastMs: 0, atMostMs: dayMs })
    .prefault('10m')
    .describe(
      'A request with the same bytes as one of this long ago is acknowledged and not stored again. 0 stores all.',
    ),
  limits: z
    .strictObject({
      requestsPerSecond: z
        .int({ error: 'must be a whole number' })
        .min(0, { error: 'must not be negative' })
        .prefault(0)
        .describe('Requests one tenant may send in the long run; beyond it senders get 429. 0 is no limit.'),
      bytesPerSecond: byteSize({ atLeast: 0 })
        .prefault(0)
        .describe('Bytes one tenant may send in the long run, as they come over the wire. 0 is no limit.'),
      ...cardinalityLimits,
    })
    .prefault({}),
  sampling: Sampling.prefault({}),
  redaction: z
    .strictObject({
      rules: z
        .array(RedactionRule, { error: `must be a list of ${RedactionRule.options.join(', ')}` })
        .prefault(RedactionRule.options.filter((rule) => rule !== 'emails'))
        .describe(
          'Secrets that are replaced before telemetry is stored; an empty list stores all as it came.',
        ),
      keys: z
        .array(text.min(3, { error: 'must be at least 3 characters' }), { error: 'must be a list of words' })
        .prefault([])
        .describe('Further words that make the key of an attribute that of a secret.'),
      action: z
        .enum(['drop', 'hash'])
        .prefault('drop')
        .describe(
          'What stands for a secret: only its rule, or also a hash of it, made with redaction.key in dataDir.',
        ),
    })
    .prefault({}),
  classification: Classification.prefault({}),
  attribution: Attribution.prefault({}),
  spool: z
    .strictObject({
      quotaBytes: byteSize({ atLeast: MiB })
        .prefault('4 GiB')
        .describe(
          'Most disk acknowledged but not yet inserted telemetry may take; beyond it senders get 503.',
        ),
    })
    .prefault({}),
});

const Queues = z.strictObject({
  metrics: z
    .array(QueueMetric, { error: 'must be a list of {metric, queue, measure}' })
    .prefault([])
    .describe(
      'Metrics that tell of queues besides those known: {metric, queue, measure}. queue is the attribute that holds the name; measure is depth, inFlight, ageMs, ageSeconds, sent or received.',
    ),
  deadLetter: z
    .array(DeadLetterRule, { error: 'must be a list of {queue, of, function}' })
    .prefault([])
    .describe(
      'Dead-letter queues that their names do not give away: {queue, of, function}; of is the queue, function the function whose messages end there.',
    ),
});

const Settle = z.strictObject({
  everyMs: duration({ atLeastMs: 100, atMostMs: 60_000 })
    .prefault('10s')
    .describe(
      'How often platform reports, retries and repeated deliveries that came are worked into invocations.',
    ),
  reportGraceMs: duration({ atLeastMs: 0, atMostMs: 3_600_000 })
    .prefault('90s')
    .describe('How long a platform report waits for its span before it becomes an invocation by itself.'),
  lookbackMs: duration({ atLeastMs: 60_000, atMostMs: 3 * dayMs })
    .prefault('26h')
    .describe('Runs of one event further apart than this are requests of their own, not attempts of one.'),
  timeoutMs: duration({ atLeastMs: 1_000, atMostMs: dayMs })
    .prefault('15m')
    .describe('After this long, logged work of an invocation that never ended is taken for a time-out.'),
  timeouts: z
    .record(text, duration({ atLeastMs: 1_000, atMostMs: dayMs }), {
      error: 'must be a map of function names to durations',
    })
    .prefault({})
    .describe('The timeouts of single functions, by name, where they differ from settle.timeoutMs.'),
});

/** The only description of the configuration: parsing, the JSON Schema and docs/configuration.md all come from it. */
export const Settings = z.strictObject({
  listen: Listen.prefault({}),
  dataDir: text
    .refine((path) => !path.startsWith('~'), { error: 'is not expanded from "~"; write the whole path' })
    .prefault('./data')
    .describe(
      'Directory of the spool and the embedded engine; relative to the working directory. One process holds it.',
    ),
  clickhouse: ClickHouse.prefault({}),
  roles: z
    .array(ProcessRole, { error: 'must be a list such as [ingest, query]' })
    .min(1, { error: 'must name at least one role' })
    .refine((roles) => new Set(roles).size === roles.length, { error: 'names a role twice' })
    .prefault(['ingest', 'query', 'alerting', 'dashboards'])
    .describe('What this process does.'),
  log: z
    .strictObject({
      level: z
        .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal'])
        .prefault('info')
        .describe('Least important lines to log. debug also prints stack traces of unexpected errors.'),
      format: z
        .enum(['auto', 'json', 'pretty'])
        .prefault('auto')
        .describe('auto is pretty on a terminal and JSON elsewhere.'),
    })
    .prefault({}),
  limits: Limits.prefault({}),
  disk: Disk.prefault({}),
  retention: RetentionSettings.prefault({}),
  ingest: Ingest.prefault({}),
  backup: z
    .strictObject({
      directory: text
        .nullable()
        .prefault(null)
        .describe(
          'Where a running server writes the backups it is asked for (POST /api/v1/backups), each in a directory of its own. Not asked without it.',
        ),
    })
    .prefault({}),
  settle: Settle.prefault({}),
  slos: Slos.prefault({}),
  alerting: Alerting.prefault({}),
  access: z
    .strictObject({
      sessionMs: duration({ atLeastMs: 60_000, atMostMs: 90 * dayMs })
        .prefault('12h')
        .describe('How long a browser stays signed in.'),
      sessionSecret: SecretSource.nullable()
        .prefault(null)
        .describe(
          'Signs sessions: text of at least 32 characters, {file: PATH} or {env: NAME}, the same for every process behind one address. Without it each data directory makes its own.',
        ),
    })
    .prefault({}),
  queues: Queues.prefault({}),
  cost: Cost.prefault({}),
  business: Business.prefault({}),
  telemetry: Telemetry.prefault({}),
});

export type Settings = DeepReadonly<z.output<typeof Settings>>;
export type AlertingConfig = Omit<AlertingSettings, 'receivers'> & {
  readonly receivers: readonly ReceiverConfig[];
};

/** What the program runs on: every default filled in, every secret looked up. */
export type Config = Omit<Settings, 'access' | 'alerting' | 'clickhouse' | 'telemetry'> & {
  readonly alerting: AlertingConfig;
  readonly access: Omit<Settings['access'], 'sessionSecret'> & { readonly sessionSecret: Secret | null };
  readonly clickhouse: Omit<Settings['clickhouse'], 'password'> & { readonly password: Secret | null };
  readonly telemetry: Omit<Settings['telemetry'], 'headers'> & {
    readonly headers: Readonly<Record<string, Secret>>;
  };
};
