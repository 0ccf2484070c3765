import { z } from 'zod';
import type { InvocationRow } from '../../schemas/invocations.js';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import type { SliceQuestion } from './read-page.js';

// The row that a correction replaced and its counterpart with sign -1 are alike in every column but the sign, so a filter
// takes both or neither and their sum is 0, whatever is asked for.
const SQL = `
  SELECT
    toString(toUnixTimestamp64Nano(started_at)) AS at_ns,
    toString(cityHash64(span_id, environment, function, trace_id)) AS tie,
    function, environment, version, outcome, cold, trigger, region, team, customer, source, attempt, superseded, duplicate,
    http_status, error_type, substring(error_message, 1, 300) AS error_message,
    duration_ns, init_ns, invocation_id,
    lower(hex(trace_id)) AS trace, lower(hex(span_id)) AS span, sum(sign) AS net
  FROM invocations
  WHERE tenant = {tenant: String}
    AND started_at >= {sliceFrom: DateTime64(3, 'UTC')} AND started_at < {sliceTo: DateTime64(3, 'UTC')}
    AND (started_at < fromUnixTimestamp64Nano({atNs: Int64}, 'UTC')
      OR (started_at = fromUnixTimestamp64Nano({atNs: Int64}, 'UTC')
        AND cityHash64(span_id, environment, function, trace_id) < {tie: UInt64}))
    AND ({environment: Nullable(String)} IS NULL OR environment = {environment: Nullable(String)})
    AND ({function: Nullable(String)} IS NULL OR function = {function: Nullable(String)})
    AND ({version: Nullable(String)} IS NULL OR version = {version: Nullable(String)})
    AND ({outcome: Nullable(String)} IS NULL OR outcome = {outcome: Nullable(String)})
    AND ({cold: Nullable(Bool)} IS NULL OR cold = {cold: Nullable(Bool)})
    AND ({trigger: Nullable(String)} IS NULL OR trigger = {trigger: Nullable(String)})
    AND ({region: Nullable(String)} IS NULL OR region = {region: Nullable(String)})
    AND ({team: Nullable(String)} IS NULL OR team = {team: Nullable(String)})
    AND ({customer: Nullable(String)} IS NULL OR customer = {customer: Nullable(String)})
    AND ({errorType: Nullable(String)} IS NULL OR error_type = {errorType: Nullable(String)})
    AND ({fingerprint: Nullable(String)} IS NULL
      OR error_fingerprint = reinterpretAsUInt64(reverse(unhex(ifNull({fingerprint: Nullable(String)}, '')))))
    AND ({httpStatus: Nullable(UInt16)} IS NULL OR http_status = {httpStatus: Nullable(UInt16)})
    AND ({minDurationNs: Nullable(UInt64)} IS NULL OR duration_ns >= {minDurationNs: Nullable(UInt64)})
    AND ({maxDurationNs: Nullable(UInt64)} IS NULL OR duration_ns < {maxDurationNs: Nullable(UInt64)})
    AND ({invocationId: Nullable(String)} IS NULL OR invocation_id = {invocationId: Nullable(String)})
    AND ({traceHex: String} = '' OR trace_id = toFixedString(unhex({traceHex: String}), 16))
    AND ({text: Nullable(String)} IS NULL OR positionCaseInsensitiveUTF8(error_message, {text: Nullable(String)}) > 0)
  GROUP BY ALL HAVING net > 0
  ORDER BY toInt64(at_ns) DESC, toUInt64(tie) DESC
  LIMIT {limit: UInt32}` as const;

const Row = z.object({
  at_ns: z.string(),
  tie: z.string(),
  function: z.string(),
  environment: z.string(),
  version: z.string(),
  outcome: z.enum(['ok', 'error', 'timeout', 'oom', 'throttled', 'rejected']),
  cold: z.boolean(),
  trigger: z.string(),
  region: z.string(),
  team: z.string(),
  customer: z.string(),
  source: z.enum(['span', 'report', 'inferred']),
  attempt: z.number(),
  superseded: z.boolean(),
  duplicate: z.boolean(),
  http_status: z.number(),
  error_type: z.string(),
  error_message: z.string(),
  duration_ns: z.coerce.number(),
  init_ns: z.coerce.number(),
  invocation_id: z.string(),
  trace: z.string(),
  span: z.string(),
});
type Row = z.infer<typeof Row>;

/** What to keep; null keeps all. */
export type InvocationsFilter = {
  environment: string | null;
  function: string | null;
  version: string | null;
  outcome: string | null;
  cold: boolean | null;
  trigger: string | null;
  region: string | null;
  team: string | null;
  customer: string | null;
  errorType: string | null;
  fingerprint: string | null;
  httpStatus: number | null;
  minDurationNs: number | null;
  maxDurationNs: number | null;
  invocationId: string | null;
  /** 32 hex digits, or empty for any. */
  traceHex: string;
  text: string | null;
};

/** Keeps all. */
export const everyInvocation: InvocationsFilter = {
  environment: null,
  function: null,
  version: null,
  outcome: null,
  cold: null,
  trigger: null,
  region: null,
  team: null,
  customer: null,
  errorType: null,
  fingerprint: null,
  httpStatus: null,
  minDurationNs: null,
  maxDurationNs: null,
  invocationId: null,
  traceHex: '',
  text: null,
};

/** Invocations of a slice of time, newest first, each as the last correction left it. */
export async function readInvocations(
  warehouse: TenantWarehouse,
  question: InvocationsFilter & SliceQuestion,
  options: StatementOptions,
): Promise<Row[]> {
  return await warehouse.query(SQL, question, Row, options);
}

const noTrace = '0'.repeat(32);

export function invocationOf(row: Row): InvocationRow {
  return {
    startedAt: isoOf(row.at_ns),
    function: row.function,
    environment: row.environment,
    version: row.version,
    outcome: row.outcome,
    cold: row.cold,
    durationMs: row.duration_ns / 1e6,
    initMs: row.init_ns === 0 ? null : row.init_ns / 1e6,
    trigger: row.trigger,
    region: row.region,
    team: row.team,
    customer: row.customer,
    httpStatus: row.http_status === 0 ? null : row.http_status,
    errorType: row.error_type,
    errorMessage: row.error_message,
    invocationId: row.invocation_id,
    attempt: row.attempt,
    isSuperseded: row.superseded,
    isDuplicate: row.duplicate,
    source: row.source,
    traceId: row.trace === noTrace ? null : row.trace,
    spanId: row.span === noTrace.slice(16) ? null : row.span,
  };
}

/** ISO 8601 in UTC with all nine digits. */
export function isoOf(ns: string): string {
  const at = BigInt(ns);
  const seconds = new Date(Number(at / 1_000_000_000n) * 1000).toISOString().slice(0, 19);
  return `${seconds}.${(at % 1_000_000_000n).toString().padStart(9, '0')}Z`;
}
