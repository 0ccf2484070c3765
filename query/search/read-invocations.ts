import { z } from 'zod';
import type { InvocationRow } from '../../schemas/invocations.js';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import { keptSql } from './kept-sql.js';
import type { SliceQuestion } from './read-page.js';

// The row that a correction replaced and its counterpart with sign -1 are alike in every column but the sign, so a filter
// takes both or neither and their sum is 0, whatever is asked for.
const COLUMNS = `
    toString(toUnixTimestamp64Nano(started_at)) AS at_ns,
    toString(cityHash64(span_id, environment, function, trace_id)) AS tie,
    function, environment, version, outcome, cold, trigger, region, team, customer, source, attempt, superseded, duplicate,
    http_status, error_type, substring(error_message, 1, 300) AS error_message,
    duration_ns, init_ns, invocation_id,
    lower(hex(trace_id)) AS trace, lower(hex(span_id)) AS span` as const;

const FOUND = `
  SELECT ${COLUMNS}, sum(sign) AS net
  FROM invocations AS i
  WHERE tenant = {tenant: String}
    AND started_at >= {sliceFrom: DateTime64(3, 'UTC')} AND started_at < {sliceTo: DateTime64(3, 'UTC')}
    AND (started_at < fromUnixTimestamp64Nano({atNs: Int64}, 'UTC')
      OR (started_at = fromUnixTimestamp64Nano({atNs: Int64}, 'UTC')
        AND cityHash64(span_id, environment, function, trace_id) < {tie: UInt64}))` as const;

// Of a trace, whose rows are few: they are summed here, since grouping by every column costs the engine more than reading them.
// A row and what takes it back have the same start and span, so both come or neither.
const OF_TRACE = `
  SELECT ${COLUMNS}, sign
  FROM invocations AS i
  WHERE tenant = {tenant: String}
    AND started_at >= {sliceFrom: DateTime64(3, 'UTC')} AND started_at < {sliceTo: DateTime64(3, 'UTC')}
    AND trace_id = toFixedString(unhex({traceHex: String}), 16)
  ORDER BY started_at DESC, span_id
  LIMIT {limit: UInt32} WITH TIES` as const;

const CONDITIONS: Readonly<Record<keyof InvocationsFilter, string>> = {
  environment: 'environment = {environment: String}',
  function: 'function = {function: String}',
  version: 'version = {version: String}',
  outcome: 'outcome = {outcome: String}',
  cold: 'cold = {cold: Bool}',
  trigger: 'trigger = {trigger: String}',
  region: 'region = {region: String}',
  team: 'team = {team: String}',
  customer: 'customer = {customer: String}',
  errorType: 'error_type = {errorType: String}',
  fingerprint: 'error_fingerprint = reinterpretAsUInt64(reverse(unhex({fingerprint: String})))',
  httpStatus: 'http_status = {httpStatus: UInt16}',
  minDurationNs: 'duration_ns >= {minDurationNs: UInt64}',
  maxDurationNs: 'duration_ns < {maxDurationNs: UInt64}',
  invocationId: 'invocation_id = {invocationId: String}',
  traceHex: 'trace_id = toFixedString(unhex({traceHex: String}), 16)',
  text: 'positionCaseInsensitiveUTF8(i.error_message, {text: String}) > 0',
};

const LISTED = `
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
const SignedRow = Row.extend({ sign: z.number() });

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
  /** 32 hex digits. */
  traceHex: string | null;
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
  traceHex: null,
  text: null,
};

/** Invocations of a slice of time, newest first, each as the last correction left it. */
export async function readInvocations(
  warehouse: TenantWarehouse,
  question: InvocationsFilter & SliceQuestion,
  options: StatementOptions,
): Promise<Row[]> {
  const sql = `${FOUND} ${keptSql(CONDITIONS, question)} ${LISTED}` as const;
  return await warehouse.query(sql, question, Row, options);
}

/** Invocations of a trace in a slice of time, newest first, each as the last correction left it. */
export async function readInvocationsOfTrace(
  warehouse: TenantWarehouse,
  question: { sliceFrom: Date; sliceTo: Date; traceHex: string; limit: number },
  options: StatementOptions,
): Promise<Row[]> {
  const most = question.limit * 4;
  const rows = await warehouse.query(OF_TRACE, { ...question, limit: most }, SignedRow, options);
  const net = new Map<string, { row: Row; n: number }>();
  for (const { sign, ...row } of rows) {
    const key = JSON.stringify(row);
    net.set(key, { row, n: (net.get(key)?.n ?? 0) + sign });
  }
  return [...net.values()]
    .filter(({ n }) => n > 0)
    .map(({ row }) => row)
    .slice(0, question.limit);
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
