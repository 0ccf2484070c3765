import type { Warehouse } from '../../warehouse/warehouse.js';

const SQL = `
  INSERT INTO span_errors (tenant, environment, function, at, fingerprint, type, title, culprit, message, version, escaped,
    source, trace_id, received_at)
  SELECT tenant, environment, function, fromUnixTimestamp64Milli(at_ms, 'UTC'),
    reinterpretAsUInt64(reverse(unhex(fingerprint))), 'TypeError', title, 'a.ts f', message, version, escaped, source,
    toFixedString(unhex(trace_id), 16), now64(3, 'UTC')
  FROM format(
    JSONEachRow,
    'tenant String, environment String, function String, at_ms Int64, fingerprint String, title String, message String,
     version String, escaped Bool, source String, trace_id String',
    {rows: String})`;

export type TestError = {
  tenant: string;
  /** Sixteen hexadecimal digits. */
  fingerprint: string;
  at: Date;
  environment?: string;
  function?: string;
  title?: string;
  message?: string;
  version?: string;
  escaped?: boolean;
  source?: 'span' | 'log';
  traceId?: string;
};

/** Stores errors as they would be after ingest; what a test leaves out has one plain value. */
export async function insertErrors(warehouse: Warehouse, errors: readonly TestError[]): Promise<void> {
  const rows = errors.map((one) =>
    JSON.stringify({
      tenant: one.tenant,
      environment: one.environment ?? 'prod',
      function: one.function ?? 'checkout',
      at_ms: one.at.getTime(),
      fingerprint: one.fingerprint,
      title: one.title ?? 'TypeError: boom in a.ts f',
      message: one.message ?? 'boom',
      version: one.version ?? '',
      escaped: one.escaped ?? false,
      source: one.source ?? 'span',
      trace_id: one.traceId ?? '',
    }),
  );
  await warehouse.command(SQL, { rows: rows.join('\n') });
}
