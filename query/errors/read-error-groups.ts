import { z } from 'zod';
import type { ErrorGroupSummary } from '../../schemas/errors.js';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';

// Some senders tell of one error in a span and in a log record: of the two sums of a minute the greater counts.
// The sums and the dimension are read apart and joined, because a group lives as long as anybody sees it again.
const SQL = `
  SELECT
    leftPad(lower(hex(fingerprint)), 16, '0') AS fingerprint, type, title, culprit,
    n, escaped, functions, environments, versions, steps, counts,
    toUnixTimestamp64Milli(first_seen) AS first_seen_ms, toUnixTimestamp64Milli(last_seen) AS last_seen_ms
  FROM (
    SELECT
      fingerprint,
      sum(told) AS n,
      sum(escaped) AS escaped,
      arraySort(groupUniqArray(50)(toString(function))) AS functions,
      arraySort(groupUniqArray(50)(toString(environment))) AS environments,
      arraySort(groupUniqArrayIf(50)(toString(version), version != '')) AS versions,
      sumMap([step], [told]) AS by_step,
      by_step.1 AS steps,
      by_step.2 AS counts
    FROM (
      SELECT
        fingerprint, function, environment, version,
        toUInt32(intDiv(toUnixTimestamp(minute) - toUnixTimestamp({from: DateTime64(3, 'UTC')}), {stepSeconds: UInt32})) AS step,
        greatest(sum(spans), sum(logs)) AS told,
        sum(m.escaped) AS escaped
      FROM errors_1m AS m
      WHERE tenant = {tenant: String}
        AND minute >= {from: DateTime64(3, 'UTC')} AND minute < {to: DateTime64(3, 'UTC')}
        AND ({function: Nullable(String)} IS NULL OR function = {function: Nullable(String)})
        AND ({environment: Nullable(String)} IS NULL OR environment = {environment: Nullable(String)})
        AND ({version: Nullable(String)} IS NULL OR version = {version: Nullable(String)})
        AND ({fingerprint: Nullable(String)} IS NULL
          OR fingerprint = reinterpretAsUInt64(reverse(unhex(ifNull({fingerprint: Nullable(String)}, '')))))
      GROUP BY fingerprint, function, environment, version, minute
    )
    GROUP BY fingerprint
  ) AS sums
  INNER JOIN (
    SELECT
      fingerprint, anyLast(g.type) AS type, anyLast(g.title) AS title, anyLast(g.culprit) AS culprit,
      min(g.first_seen) AS first_seen, max(g.last_seen) AS last_seen
    FROM error_groups AS g
    WHERE tenant = {tenant: String}
      AND ({fingerprint: Nullable(String)} IS NULL
        OR fingerprint = reinterpretAsUInt64(reverse(unhex(ifNull({fingerprint: Nullable(String)}, '')))))
    GROUP BY fingerprint
    HAVING last_seen >= {from: DateTime64(3, 'UTC')} AND first_seen < {to: DateTime64(3, 'UTC')}
  ) AS named USING (fingerprint)
  WHERE {q: String} = '' OR positionCaseInsensitiveUTF8(title, {q: String}) > 0
  ORDER BY n DESC, fingerprint
  LIMIT {limit: UInt32}`;

const count = z.coerce.number().int().nonnegative();
const Row = z.object({
  fingerprint: z.string(),
  type: z.string(),
  title: z.string(),
  culprit: z.string(),
  n: count,
  escaped: count,
  functions: z.array(z.string()),
  environments: z.array(z.string()),
  versions: z.array(z.string()),
  steps: z.array(count),
  counts: z.array(count),
  first_seen_ms: count,
  last_seen_ms: count,
});
type Row = z.infer<typeof Row>;

/** Whole minutes [from, to) and what to keep of them; null keeps all. */
export type ErrorsQuestion = {
  from: Date;
  to: Date;
  stepMs: number;
  function: string | null;
  environment: string | null;
  version: string | null;
  /** Part of the title; '' keeps all. */
  q: string;
  fingerprint: string | null;
  limit: number;
};

type Group = Omit<ErrorGroupSummary, 'sampleTraceIds'>;

/** The groups of errors in the window, most occurrences first, and whether `limit` cut some off. */
export async function readErrorGroups(
  warehouse: TenantWarehouse,
  { stepMs, ...question }: ErrorsQuestion,
  options?: StatementOptions,
): Promise<{ groups: Group[]; truncated: boolean }> {
  const params = { ...question, stepSeconds: stepMs / 1000, limit: question.limit + 1 };
  const rows = await warehouse.query(SQL, params, Row, options);
  const length = Math.ceil((question.to.getTime() - question.from.getTime()) / stepMs);
  return {
    groups: rows.slice(0, question.limit).map((row) => groupOf(row, question.from, length)),
    truncated: rows.length > question.limit,
  };
}

function groupOf(row: Row, from: Date, length: number): Group {
  const { fingerprint, type, title, culprit, escaped, functions, environments, versions } = row;
  const series = new Array<number>(length).fill(0);
  for (const [index, step] of row.steps.entries()) series[step] = row.counts[index] ?? 0;
  return {
    fingerprint,
    type,
    title,
    culprit,
    count: row.n,
    // Told twice, it left the code once.
    escaped: Math.min(escaped, row.n),
    functions,
    environments,
    versions,
    firstSeenAt: new Date(row.first_seen_ms).toISOString(),
    lastSeenAt: new Date(row.last_seen_ms).toISOString(),
    isNew: row.first_seen_ms >= from.getTime(),
    series,
  };
}
