import type { Warehouse } from '../../warehouse/warehouse.js';

const SQL = `
  INSERT INTO invocations
    (tenant, environment, function, started_at, duration_ns, outcome, cold, provider, region, team, invocation_id,
     delivery_id, span_id, received_at)
  SELECT tenant, environment, function, fromUnixTimestamp64Milli(started_ms, 'UTC'), toUInt64(duration_ms * 1e6),
    outcome, cold, provider, region, team, invocation_id, delivery_id, unhex(span_id), now64(3, 'UTC')
  FROM format(
    JSONEachRow,
    'tenant String, environment String, function String, started_ms Int64, duration_ms Float64, outcome String,
     cold Bool, provider String, region String, team String, invocation_id String, delivery_id String, span_id String',
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
  /** Sixteen hexadecimal digits. */
  spanId?: string;
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
      span_id: one.spanId ?? '',
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
