import { z } from 'zod';
import type { StatementOptions, TenantWarehouse } from '../../../warehouse/warehouse.js';
import { UsageRow } from './read-usage.js';

const SPAN_TIMES = `
  SELECT count() AS spans, min(started_at) - INTERVAL 15 MINUTE AS from,
    least(max(started_at), min(started_at) + INTERVAL 2 DAY) + INTERVAL 15 MINUTE AS to
  FROM spans WHERE tenant = {tenant: String} AND trace_id = toFixedString(unhex({traceHex: String}), 16)` as const;
const Times = z.object({ spans: z.coerce.number(), from: z.string(), to: z.string() });

// A run of a trace counts once, whatever it stands for where the sender sampled.
const SQL = `
  SELECT [lower(hex(span_id)), function, environment, team] AS labels, toString(toStartOfMonth(any(r.started_at))) AS at_month, 0 AS cut,
    function AS k_function, provider AS k_provider, region AS k_region, account AS k_account, arch AS k_arch, billing,
    if(billing = 'gcp-gen1', billed_memory_mb, toUInt32(0)) AS memory_mb, toFloat64(1) AS weight,
    toString(sum(sign)) AS runs, toString(sum(sign * toInt64(request_units))) AS units, toString(sum(sign * toInt64(r.billed_ms))) AS ms,
    toString(sum(sign * toInt64(r.billed_ms * billed_memory_mb))) AS mb_ms, toString(sum(sign * toInt64(billed_cpu_us))) AS cpu,
    toString(sum(sign * (outcome = 'ok'))) AS good,
    toString(sumIf(sign * toInt64(r.billed_ms), billed_memory_mb = 0)) AS ms_without_memory
  FROM invocations AS r
  WHERE tenant = {tenant: String} AND trace_id = toFixedString(unhex({traceHex: String}), 16)
    AND started_at >= {from: DateTime64(3, 'UTC')} AND started_at < {to: DateTime64(3, 'UTC')}
  GROUP BY span_id, function, environment, team, provider, region, account, arch, billing, billed_memory_mb
  HAVING sum(sign) > 0
  LIMIT {limit: UInt32}` as const;

const Row = UsageRow;
export type TraceUsage = { from: Date; to: Date; rows: UsageRow[] };

/** Usage of each run of a trace; null when nothing of the trace is stored. */
export async function readTraceUsage(
  warehouse: TenantWarehouse,
  question: { traceHex: string; limit: number },
  /** Where to look when no span is kept: runs are known by reports and logs too. */
  fallback: { from: Date; to: Date },
  options?: StatementOptions,
): Promise<TraceUsage | null> {
  const { traceHex, limit } = question;
  const [times] = await warehouse.query(SPAN_TIMES, { traceHex }, Times, options);
  const hasSpans = times !== undefined && times.spans > 0;
  const window = hasSpans ? { from: utc(times.from), to: utc(times.to) } : fallback;
  const rows = await warehouse.query(SQL, { traceHex, limit, ...window }, Row, options);
  return rows.length === 0 && !hasSpans ? null : { ...window, rows };
}

/** As the engine prints an instant, to the millisecond. */
function utc(text: string): Date {
  return new Date(`${text.slice(0, 23).replace(' ', 'T')}Z`);
}
