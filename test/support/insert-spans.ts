import type { Warehouse } from '../../warehouse/warehouse.js';

const SQL = `
  INSERT INTO spans (tenant, environment, service, name, kind, started_at, duration_ns, status, trace_id, span_id,
    parent_span_id, attribute_keys, attribute_values, events, received_at, function, call, peer_kind, peer, operation)
  SELECT tenant, 'prod', service, name, kind, fromUnixTimestamp64Micro(started_us, 'UTC'), toUInt64(duration_ms * 1e6),
    status, toFixedString(unhex(trace_hex), 16), toFixedString(unhex(span_hex), 8), toFixedString(unhex(parent_hex), 8),
    keys, values,
    if(exception = '', [], [(fromUnixTimestamp64Micro(started_us, 'UTC')::DateTime64(9, 'UTC'), 'exception',
      map('exception.type', 'TypeError', 'exception.message', exception))]),
    now64(3, 'UTC'), function, if(peer = '', 'none', 'out'), if(peer = '', 'none', 'http'), peer, ''
  FROM format(
    JSONEachRow,
    'tenant String, service String, name String, kind String, started_us Int64, duration_ms Float64, status String, trace_hex String,
     span_hex String, parent_hex String, keys String, values String, exception String, function String, peer String',
    {rows: String})`;

export type TestSpan = {
  tenant: string;
  traceId: string;
  /** Sixteen hexadecimal digits. */
  spanId: string;
  parentSpanId?: string;
  name: string;
  /** `internal` when left out. */
  kind?: 'internal' | 'server' | 'client' | 'consumer';
  service?: string;
  startedAt: Date;
  durationMs: number;
  status?: 'unset' | 'ok' | 'error';
  attributes?: Readonly<Record<string, string>>;
  /** Message of an exception recorded at the start. */
  exception?: string;
  function?: string;
  /** Host that is called. */
  peer?: string;
};

/** Stores spans as they would be after ingest; what a test leaves out has one plain value. */
export async function insertSpans(warehouse: Warehouse, spans: readonly TestSpan[]): Promise<void> {
  const rows = spans.map((one) =>
    JSON.stringify({
      tenant: one.tenant,
      service: one.service ?? 'checkout',
      name: one.name,
      kind: one.kind ?? 'internal',
      started_us: one.startedAt.getTime() * 1000,
      duration_ms: one.durationMs,
      status: one.status ?? 'unset',
      trace_hex: one.traceId,
      span_hex: one.spanId,
      parent_hex: one.parentSpanId ?? '',
      keys: JSON.stringify(Object.keys(one.attributes ?? {})),
      values: JSON.stringify(Object.values(one.attributes ?? {})),
      exception: one.exception ?? '',
      function: one.function ?? '',
      peer: one.peer ?? '',
    }),
  );
  for (let from = 0; from < rows.length; from += 300)
    await warehouse.command(SQL, { rows: rows.slice(from, from + 300).join('\n') });
}
