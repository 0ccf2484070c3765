import { z } from 'zod';

/**
 * Every table of telemetry that grows old: how many days of it are kept unless configured, and the instant its rows
 * age from, written as ClickHouse prints it. Rollups outlive what they sum up. A new table is one line here, one in
 * `eachTable`, one in config/setting-text.ts.
 */
export const retainedTables = {
  invocations: { days: 30, since: 'toDateTime(started_at)', holds: 'Invocations' },
  spans: { days: 14, since: 'toDateTime(started_at)', holds: 'Spans, and the resources they point at' },
  logs: { days: 14, since: 'toDateTime(at)', holds: 'Log records' },
  metric_points: { days: 30, since: 'toDateTime(at)', holds: 'Metric data points' },
  platform_reports: { days: 30, since: 'toDateTime(at)', holds: "The platforms' own records of invocations" },
  invocations_1m: { days: 95, since: 'minute', holds: 'Invocations summed by minute' },
  invocations_1h: { days: 800, since: 'hour', holds: 'Invocations summed by hour' },
  usage_1d: { days: 800, since: 'day', holds: 'Usage that is billed, summed by day' },
  shared_time_1h: { days: 800, since: 'hour', holds: 'Time that runs shared on instances, by hour' },
  tagged_usage_1h: {
    days: 800,
    since: 'hour',
    holds: 'Usage by product, feature, customer and tags, by hour',
  },
  latency_1m: { days: 95, since: 'minute', holds: 'Latency buckets by minute' },
  latency_1h: { days: 800, since: 'hour', holds: 'Latency buckets by hour' },
  latency_1d: { days: 800, since: 'day', holds: 'Latency buckets by day' },
  span_errors: { days: 30, since: 'toDateTime(at)', holds: 'Errors, one row each time one was raised' },
  errors_1m: { days: 95, since: 'minute', holds: 'Errors summed by group and minute' },
  dependencies_1m: { days: 95, since: 'minute', holds: 'Calls summed by minute' },
  provider_counts: { days: 95, since: 'minute', holds: "The clouds' own counts by minute" },
  counted_1h: { days: 95, since: 'hour', holds: "The clouds' own counts by hour" },
  seen_1h: { days: 95, since: 'hour', holds: 'What was seen of what clouds count, by hour' },
  queue_flow_1m: { days: 95, since: 'minute', holds: 'Messages sent and handled by minute' },
  concurrency_1m: { days: 95, since: 'minute', holds: 'Most runs at once by minute' },
  queue_depths: { days: 95, since: 'minute', holds: 'Depths of queues by minute' },
  slo_ledger_1m: { days: 95, since: 'minute', holds: 'Good and all events of objectives by minute' },
  slo_ledger_1h: { days: 800, since: 'hour', holds: 'Good and all events of objectives by hour' },
  slo_ledger_1d: { days: 800, since: 'day', holds: 'Good and all events of objectives by day' },
} as const satisfies Record<string, { days: number; since: string; holds: string }>;

export type RetainedTable = keyof typeof retainedTables;

function eachTable<Value>(make: (table: RetainedTable) => Value) {
  return {
    invocations: make('invocations'),
    spans: make('spans'),
    logs: make('logs'),
    metric_points: make('metric_points'),
    platform_reports: make('platform_reports'),
    invocations_1m: make('invocations_1m'),
    invocations_1h: make('invocations_1h'),
    usage_1d: make('usage_1d'),
    shared_time_1h: make('shared_time_1h'),
    tagged_usage_1h: make('tagged_usage_1h'),
    latency_1m: make('latency_1m'),
    latency_1h: make('latency_1h'),
    latency_1d: make('latency_1d'),
    span_errors: make('span_errors'),
    errors_1m: make('errors_1m'),
    dependencies_1m: make('dependencies_1m'),
    provider_counts: make('provider_counts'),
    counted_1h: make('counted_1h'),
    seen_1h: make('seen_1h'),
    queue_flow_1m: make('queue_flow_1m'),
    concurrency_1m: make('concurrency_1m'),
    queue_depths: make('queue_depths'),
    slo_ledger_1m: make('slo_ledger_1m'),
    slo_ledger_1h: make('slo_ledger_1h'),
    slo_ledger_1d: make('slo_ledger_1d'),
  } satisfies Record<RetainedTable, Value>;
}

const maxDays = 3650;
const expected = `must be whole days from 1 to ${maxDays}, such as "30d"`;

/** "30d" or 30: whole days, because tables are kept in files of a day. */
const days = z
  .union(
    [
      z.int().min(1, { error: expected }).max(maxDays, { error: expected }),
      z.string().regex(/^\d{1,4} ?d$/, { error: expected }),
    ],
    {
      error: expected,
    },
  )
  .transform((given) => (typeof given === 'number' ? given : Number.parseInt(given, 10)))
  .pipe(z.int().min(1, { error: expected }).max(maxDays, { error: expected }));

/** Sums that long windows are read from, with the finer table they stand for: gone before it, they would hide what is still there. */
const standsFor: readonly (readonly [sums: RetainedTable, finer: RetainedTable])[] = [
  ['latency_1d', 'latency_1h'],
  ['seen_1h', 'invocations_1m'],
  ['counted_1h', 'provider_counts'],
];

/** As the configuration has them: days by table, and what is different for a tenant. */
export const RetentionSettings = z
  .strictObject({
    ...eachTable((table) => {
      const { days: kept, holds } = retainedTables[table];
      return days.prefault(`${kept}d`).describe(`${holds}: days that are kept.`);
    }),
    tenants: z
      .record(
        z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, { error: 'must be the name of a tenant' }),
        z.strictObject(
          eachTable(() => days.optional()),
          { error: 'must be a map of tables to days' },
        ),
        { error: 'must be a map of tenants to tables and days' },
      )
      .prefault({})
      .describe('Other days for the tables of single tenants: {acme: {spans: 7d}}.'),
  })
  .superRefine((retention, context) => {
    const refuseShort = (own: TenantDays, path: readonly string[]) => {
      for (const [sums, finer] of standsFor) {
        if (own[sums] === undefined && own[finer] === undefined) continue;
        const finerDays = own[finer] ?? retention[finer];
        if ((own[sums] ?? retention[sums]) >= finerDays) continue;
        const message = `must be at least ${finerDays}d, as long as ${finer}, because long windows are read from it`;
        context.addIssue({ code: 'custom', path: [...path, sums], message });
      }
    };
    refuseShort(retention, []);
    for (const [tenant, own] of Object.entries(retention.tenants)) refuseShort(own, ['tenants', tenant]);
  });

type TableDays = Readonly<Record<RetainedTable, number>>;
type TenantDays = { readonly [Table in RetainedTable]?: number | undefined };
export type Retention = TableDays & {
  readonly tenants: Readonly<Record<string, TenantDays>>;
};

export const defaultRetention: Retention = RetentionSettings.parse({});

/** How many days of a table are kept for a tenant. */
export function keptDays(retention: Retention, table: RetainedTable, tenant: string): number {
  return retention.tenants[tenant]?.[table] ?? retention[table];
}
