import type { Warehouse } from '../../warehouse/warehouse.js';

const SQL = `
  INSERT INTO logs (tenant, environment, service, function, at, invocation_id, body, received_at)
  SELECT 'default', 'prod', function, function, fromUnixTimestamp64Milli(at_ms, 'UTC'), invocation_id, 'working',
    now64(3, 'UTC')
  FROM format(JSONEachRow, 'function String, at_ms Int64, invocation_id String', {rows: String})`;

export type TestLog = { function: string; at: Date; invocationId: string };

/** Stores log records that name their invocation. */
export async function insertLogs(warehouse: Warehouse, logs: readonly TestLog[]): Promise<void> {
  const rows = logs.map((one) =>
    JSON.stringify({ function: one.function, at_ms: one.at.getTime(), invocation_id: one.invocationId }),
  );
  await warehouse.command(SQL, { rows: rows.join('\n') });
}
