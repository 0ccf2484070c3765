import type { Warehouse } from '../../warehouse/warehouse.js';

const SQL = `
  INSERT INTO invocations
    (tenant, environment, function, started_at, duration_ns, outcome, cold, provider, region, team, received_at,
    invocation_id, delivery_id, version, error_type, error_message, trace_id, span_id, weight, attempt, duplicate, superseded,
    revision, sign,
    init_ns, event_age_ms, memory_bytes, memory_used_bytes, http_status, customer, tags, trigger, alias)
  SELECT tenant, environment, function, fromUnixTimestamp64Milli(started_ms, 'UTC'), toUInt64(duration_ms * 1e6),
    outcome, cold, provider, region, team, now64(3, 'UTC'),
    invocation_id, delivery_id, version, error_type, error_message, toFixedString(unhex(trace_hex), 16),
    toFixedString(unhex(span_hex), 8), weight, attempt, duplicate, superseded, revision, sign,
    toUInt64(init_ms * 1e6), event_age_ms, memory_mb * 1048576, memory_used_mb * 1048576, http_status, customer, tags, trigger, alias
  FROM format(
    JSONEachRow,
    'tenant String, environment String, function String, started_ms Int64, duration_ms Float64, outcome String,
     cold Bool, provider String, region String, team String, invocation_id String, delivery_id String,
     version String, error_type String, error_message String, trace_hex String, span_hex String,
     weight Float64, attempt UInt16, duplicate Bool, superseded Bool, revision UInt16, sign Int8,
     init_ms Float64, event_age_ms Nullable(UInt32), memory_mb UInt64, memory_used_mb UInt64, http_status UInt16, customer String,
     tags Map(String, String), trigger String, alias String',
    {rows: String})`;

export type TestInvocation = {
  tenant?: string;
  environment?: string;
  function: string;
  startedAt: Date;
  durationMs?: number;
  outcome?: 'ok' | 'error' | 'timeout' | 'oom' | 'throttled' | 'rejected';
  cold?: boolean;
  provider?: string;
  region?: string;
  team?: string;
  invocationId?: string;
  deliveryId?: string;
  version?: string;
  errorType?: string;
  errorMessage?: string;
  traceId?: string;
  /** Sixteen hexadecimal digits. */
  spanId?: string;
  weight?: number;
  attempt?: number;
  duplicate?: boolean;
  /** A later attempt of the same request exists. */
  superseded?: boolean;
  revision?: number;
  sign?: 1 | -1;
  initMs?: number;
  eventAgeMs?: number;
  memoryMb?: number;
  memoryUsedMb?: number;
  httpStatus?: number;
  customer?: string;
  tags?: Readonly<Record<string, string>>;
  trigger?: string;
  alias?: string;
};

/** Stores invocations as they would be after ingest; what a test leaves out has one plain value. */
export async function insertInvocations(
  warehouse: Warehouse,
  invocations: readonly TestInvocation[],
): Promise<void> {
  const rows = invocations.map((one) =>
    JSON.stringify({
      tenant: one.tenant ?? 'default',
      environment: one.environment ?? 'prod',
      function: one.function,
      started_ms: one.startedAt.getTime(),
      duration_ms: one.durationMs ?? 10,
      outcome: one.outcome ?? 'ok',
      cold: one.cold ?? false,
      provider: one.provider ?? 'aws',
      region: one.region ?? 'eu-central-1',
      team: one.team ?? 'payments',
      invocation_id: one.invocationId ?? '',
      delivery_id: one.deliveryId ?? '',
      version: one.version ?? '',
      error_type: one.errorType ?? '',
      error_message: one.errorMessage ?? '',
      trace_hex: one.traceId ?? '',
      span_hex: one.spanId ?? '',
      weight: one.weight ?? 1,
      attempt: one.attempt ?? 1,
      duplicate: one.duplicate ?? false,
      superseded: one.superseded ?? false,
      revision: one.revision ?? 0,
      sign: one.sign ?? 1,
      init_ms: one.initMs ?? 0,
      event_age_ms: one.eventAgeMs ?? null,
      memory_mb: one.memoryMb ?? 0,
      memory_used_mb: one.memoryUsedMb ?? 0,
      http_status: one.httpStatus ?? 0,
      customer: one.customer ?? '',
      tags: one.tags ?? {},
      trigger: one.trigger ?? '',
      alias: one.alias ?? '',
    }),
  );
  for (const chunk of chunksOf(rows, 100_000)) await warehouse.command(SQL, { rows: chunk.join('\n') });
}

/** The engine refuses statements above 256 kB, parameters included. */
function chunksOf(lines: readonly string[], maxCharacters: number): string[][] {
  const chunks: string[][] = [];
  let room = 0;
  for (const line of lines) {
    room -= line.length;
    if (room < 0) {
      chunks.push([]);
      room = maxCharacters - line.length;
    }
    chunks.at(-1)?.push(line);
  }
  return chunks;
}
