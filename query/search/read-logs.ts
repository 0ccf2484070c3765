import { z } from 'zod';
import type { LogLine } from '../../schemas/trace.js';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import { keptSql } from './kept-sql.js';
import { isoOf } from './read-invocations.js';
import type { SliceQuestion } from './read-page.js';

// Records have no id of their own: the tie is a hash over what they say, and records alike in all of it are shown once.
const FOUND = `
  SELECT
    toString(toUnixTimestamp64Nano(at)) AS at_ns,
    toString(cityHash64(body, span_id, observed_at, function, severity)) AS tie,
    function, environment, service, severity, severity_text, event_name, substring(body, 1, 4000) AS text,
    invocation_id, lower(hex(trace_id)) AS trace, lower(hex(span_id)) AS span, any(attributes) AS tags
  FROM logs
  WHERE tenant = {tenant: String}
    AND at >= {sliceFrom: DateTime64(3, 'UTC')} AND at < {sliceTo: DateTime64(3, 'UTC')}
    AND (at < fromUnixTimestamp64Nano({atNs: Int64}, 'UTC')
      OR (at = fromUnixTimestamp64Nano({atNs: Int64}, 'UTC')
        AND cityHash64(body, span_id, observed_at, function, severity) < {tie: UInt64}))` as const;

const CONDITIONS: Readonly<Record<keyof LogsFilter, string>> = {
  environment: 'environment = {environment: String}',
  function: 'function = {function: String}',
  severity: 'severity >= {severity: UInt8}',
  invocationId: 'invocation_id = {invocationId: String}',
  traceHex: 'trace_id = toFixedString(unhex({traceHex: String}), 16)',
  text: 'positionCaseInsensitiveUTF8(body, {text: String}) > 0',
};

const LISTED = `
  GROUP BY ALL
  ORDER BY toInt64(at_ns) DESC, toUInt64(tie) DESC
  LIMIT {limit: UInt32}` as const;

const Row = z.object({
  at_ns: z.string(),
  tie: z.string(),
  function: z.string(),
  environment: z.string(),
  service: z.string(),
  severity: z.number(),
  severity_text: z.string(),
  event_name: z.string(),
  text: z.string(),
  invocation_id: z.string(),
  trace: z.string(),
  span: z.string(),
  tags: z.record(z.string(), z.string()),
});
type Row = z.infer<typeof Row>;

/** What to keep; null keeps all. */
export type LogsFilter = {
  environment: string | null;
  function: string | null;
  /** This OTLP severity number or graver; 0 keeps records that tell none. */
  severity: number;
  invocationId: string | null;
  traceHex: string | null;
  text: string | null;
};

/** Keeps all. */
export const everyLog: LogsFilter = {
  environment: null,
  function: null,
  severity: 0,
  invocationId: null,
  traceHex: null,
  text: null,
};

/** Log records of a slice of time, newest first. */
export async function readLogs(
  warehouse: TenantWarehouse,
  question: LogsFilter & SliceQuestion,
  options: StatementOptions,
): Promise<Row[]> {
  const sql = `${FOUND} ${keptSql(CONDITIONS, question)} ${LISTED}` as const;
  return await warehouse.query(sql, question, Row, options);
}

export function logLineOf(row: Row): LogLine {
  return {
    at: isoOf(row.at_ns),
    function: row.function,
    environment: row.environment,
    service: row.service,
    severity: row.severity,
    severityText: row.severity_text,
    eventName: row.event_name,
    body: row.text,
    invocationId: row.invocation_id,
    traceId: /^0+$/.test(row.trace) ? null : row.trace,
    spanId: /^0+$/.test(row.span) ? null : row.span,
    attributes: row.tags,
  };
}
