import type { Warehouse } from '../../warehouse/warehouse.js';

const SQL = `
  INSERT INTO platform_reports
    (tenant, environment, function, at, invocation_id, outcome, error_type, duration_ns, billed_ms, init_ns, memory_bytes,
     memory_used_bytes, provider, received_at)
  SELECT 'default', environment, function, fromUnixTimestamp64Milli(at_ms, 'UTC'), invocation_id, outcome, error_type,
    toUInt64(duration_ms * 1e6), billed_ms, toUInt64(init_ms * 1e6), 512 * 1048576, 100 * 1048576, 'aws', now64(3, 'UTC')
  FROM format(
    JSONEachRow,
    'environment String, function String, at_ms Int64, invocation_id String, outcome String, error_type String,
     duration_ms Float64, billed_ms UInt64, init_ms Float64',
    {rows: String})`;

export type TestReport = {
  environment?: string;
  function: string;
  at: Date;
  invocationId: string;
  outcome?: 'ok' | 'error' | 'timeout' | 'oom';
  errorType?: string;
  durationMs?: number;
  billedMs?: number;
  initMs?: number;
};

/** Stores platform reports as they would be after ingest. */
export async function insertReports(warehouse: Warehouse, reports: readonly TestReport[]): Promise<void> {
  const rows = reports.map((one) =>
    JSON.stringify({
      environment: one.environment ?? 'prod',
      function: one.function,
      at_ms: one.at.getTime(),
      invocation_id: one.invocationId,
      outcome: one.outcome ?? 'ok',
      error_type: one.errorType ?? '',
      duration_ms: one.durationMs ?? 10,
      billed_ms: one.billedMs ?? 11,
      init_ms: one.initMs ?? 0,
    }),
  );
  await warehouse.command(SQL, { rows: rows.join('\n') });
}
