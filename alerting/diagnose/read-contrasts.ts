import { z } from 'zod';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import type { ValueCounts } from './contrast.js';

/** Which runs an incident is about; an empty text keeps all. */
export type RunsAsked = {
  function: string;
  environment: string;
  region: string;
  /** A run that took so long is bad too; 0: only failed ones are. */
  slowNs: number;
  /** When the fault began, its end, and since when is compared. */
  from: Date;
  to: Date;
  before: Date;
};

const KEPT = `
  tenant = {tenant: String}
  AND ({function: String} = '' OR function = {function: String})
  AND ({environment: String} = '' OR environment = {environment: String})
  AND ({region: String} = '' OR region = {region: String})` as const;

// A run that was slow and went well is bad without an error, and that failed runs failed explains nothing.
const SQL = `
  SELECT pair.1 AS dimension, pair.2 AS value,
    sumIf(net, is_bad AND is_in) AS bad_runs, sumIf(net, is_in) AS all_runs, sumIf(net, NOT is_in) AS runs_before
  FROM (
    SELECT
      outcome != 'ok' OR ({slowNs: UInt64} > 0 AND duration_ns >= {slowNs: UInt64}) AS is_bad,
      started_at >= {from: DateTime64(3, 'UTC')} AS is_in,
      sign * weight AS net,
      arrayJoin(arrayFilter(one -> one.2 != '', [
        ('', 'all'), ('version', toString(version)), ('region', toString(region)), ('trigger', toString(trigger)),
        ('cold', if(cold, 'cold', 'warm')), ('function', toString(function)), ('environment', toString(environment)),
        ('error', multiIf(NOT is_bad, '', error_type != '', toString(error_type), outcome IN ('ok', 'error'), '', toString(outcome)))])) AS pair
    FROM invocations
    WHERE ${KEPT}
      AND started_at >= {before: DateTime64(3, 'UTC')} AND started_at < {to: DateTime64(3, 'UTC')}
  )
  GROUP BY dimension, value
  HAVING bad_runs > 0 OR dimension = ''
  ORDER BY bad_runs DESC
  LIMIT 500` as const;

const Row = z.object({
  dimension: z.string(),
  value: z.string(),
  bad_runs: z.number(),
  all_runs: z.number(),
  runs_before: z.number(),
});

export type RunContrasts = { bad: number; total: number; values: ValueCounts[] };

/** How many runs had each value of each dimension, and how many of those failed. */
export async function readContrasts(warehouse: TenantWarehouse, asked: RunsAsked): Promise<RunContrasts> {
  const rows = await warehouse.query(SQL, asked, Row);
  const all = rows.find(({ dimension }) => dimension === '');
  const isKnownBefore = (all?.runs_before ?? 0) > 0;
  return {
    bad: Math.max(0, all?.bad_runs ?? 0),
    total: Math.max(0, all?.all_runs ?? 0),
    values: rows
      .filter(({ dimension }) => dimension !== '')
      .map(({ dimension, value, bad_runs, all_runs, runs_before }) => ({
        dimension,
        value,
        bad: bad_runs,
        total: all_runs,
        isNew: isKnownBefore && runs_before <= 0,
      })),
  };
}

const FIRST = `
  SELECT lower(hex(trace_id)) AS trace, lower(hex(span_id)) AS span, function,
    toUnixTimestamp64Milli(started_at) AS at_ms, error_type, substring(error_message, 1, 300) AS message, sum(sign) AS net
  FROM invocations
  WHERE ${KEPT}
    AND started_at >= {from: DateTime64(3, 'UTC')} AND started_at < {to: DateTime64(3, 'UTC')}
    AND (outcome != 'ok' OR ({slowNs: UInt64} > 0 AND duration_ns >= {slowNs: UInt64}))
  GROUP BY trace, span, function, at_ms, error_type, message
  HAVING net > 0
  ORDER BY trace = repeat('0', 32), at_ms
  LIMIT 1` as const;

// The innermost span that failed is the one that no failed span has for a parent.
const INNERMOST = `
  SELECT lower(hex(span_id)) AS span, function, name, toUnixTimestamp64Milli(started_at) AS at_ms,
    substring(status_message, 1, 300) AS message
  FROM spans
  WHERE tenant = {tenant: String} AND trace_id = toFixedString(unhex({trace: String}), 16) AND status = 'error'
    AND span_id NOT IN (
      SELECT parent_span_id FROM spans
      WHERE tenant = {tenant: String} AND trace_id = toFixedString(unhex({trace: String}), 16) AND status = 'error')
  ORDER BY started_at
  LIMIT 1` as const;

const First = z.object({
  trace: z.string(),
  span: z.string(),
  function: z.string(),
  at_ms: z.coerce.number(),
  error_type: z.string(),
  message: z.string(),
});
const Innermost = z.object({
  span: z.string(),
  function: z.string(),
  name: z.string(),
  at_ms: z.coerce.number(),
  message: z.string(),
});

export type FirstFailing = {
  traceId: string;
  spanId: string;
  function: string;
  name: string;
  at: string;
  message: string;
};

/** The first run that failed, and within its trace the innermost span that did. */
export async function readFirstFailing(
  warehouse: TenantWarehouse,
  asked: RunsAsked,
): Promise<FirstFailing | null> {
  const [run] = await warehouse.query(FIRST, asked, First);
  if (run === undefined) return null;
  const [span] = await warehouse.query(INNERMOST, { trace: run.trace }, Innermost);
  const message = span?.message || [run.error_type, run.message].filter((text) => text !== '').join(': ');
  return {
    traceId: run.trace,
    spanId: span?.span ?? run.span,
    function: span?.function || run.function,
    name: span?.name ?? run.function,
    at: new Date(span?.at_ms ?? run.at_ms).toISOString(),
    message,
  };
}
