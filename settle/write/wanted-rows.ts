import type { Outcome, Wanted } from '../decide/facts.js';
import { RowBytes } from './row-bytes.js';

const outcomeEnum = `Enum8('ok' = 0, 'error' = 1, 'timeout' = 2, 'oom' = 3, 'throttled' = 4, 'rejected' = 5)`;
const outcomes: Record<Outcome, number> = { ok: 0, error: 1, timeout: 2, oom: 3, throttled: 4, rejected: 5 };
const sources = { span: 0, report: 1, inferred: 2 } as const;

/** The columns of `settle_wanted` in the order in which `wantedRows` writes them. */
export const wantedColumns: readonly { name: string; type: string }[] = [
  { name: 'batch', type: 'String' },
  { name: 'tenant', type: 'LowCardinality(String)' },
  { name: 'environment', type: 'LowCardinality(String)' },
  { name: 'function', type: 'LowCardinality(String)' },
  { name: 'started_at', type: `DateTime64(9, 'UTC')` },
  { name: 'span_id', type: 'FixedString(8)' },
  { name: 'wanted', type: 'Bool' },
  { name: 'to_source', type: `Enum8('span' = 0, 'report' = 1, 'inferred' = 2)` },
  { name: 'to_outcome', type: outcomeEnum },
  { name: 'to_error_type', type: 'LowCardinality(String)' },
  { name: 'to_error_message', type: 'String' },
  { name: 'to_cold', type: 'Bool' },
  { name: 'to_init_ns', type: 'UInt64' },
  { name: 'to_memory_bytes', type: 'UInt64' },
  { name: 'to_memory_used_bytes', type: 'UInt64' },
  { name: 'to_billed_ms', type: 'UInt64' },
  { name: 'to_reported', type: 'Bool' },
  { name: 'to_attempt', type: 'UInt16' },
  { name: 'to_superseded', type: 'Bool' },
  { name: 'to_duplicate', type: 'Bool' },
  { name: 'made_duration_ns', type: 'UInt64' },
  { name: 'made_invocation_id', type: 'String' },
  { name: 'made_delivery_id', type: 'String' },
  { name: 'made_report_at', type: `DateTime64(9, 'UTC')` },
  { name: 'made_report_environment', type: 'LowCardinality(String)' },
];

/** Decisions as rows of `settle_wanted`. */
export function wantedRows(batch: string, wanted: readonly Wanted[]): Buffer {
  const to = new RowBytes();
  for (const row of wanted) {
    to.text(batch);
    to.text(row.tenant);
    to.text(row.environment);
    to.text(row.function);
    to.i64(row.startedNs);
    to.hex(row.spanId);
    to.flag(row.kind === 'wanted');
    to.u8(sources[row.source]);
    to.u8(outcomes[row.outcome]);
    to.text(row.errorType);
    to.text(row.errorMessage);
    to.flag(row.cold);
    to.u64(row.initNs);
    to.u64(row.memoryBytes);
    to.u64(row.memoryUsedBytes);
    to.u64(row.billedMs);
    to.flag(row.reported);
    to.u16(Math.min(row.attempt, 65_535));
    to.flag(row.superseded);
    to.flag(row.duplicate);
    to.u64(row.made?.durationNs ?? 0);
    to.text(row.made?.invocationId ?? '');
    to.text(row.made?.deliveryId ?? '');
    to.i64(row.made?.report?.atNs ?? 0n);
    to.text(row.made?.report?.environment ?? '');
  }
  return to.done();
}
