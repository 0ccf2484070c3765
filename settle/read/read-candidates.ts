import type { Warehouse } from '../../warehouse/warehouse.js';
import { CandidateRow } from './candidate-row.js';

// All facts of the requests that something new is known of, if that may change a row; traffic where each run came once
// and nothing else was told of it never leaves the engine. Three ways for a request to be asked about: facts that have
// just come, reports whose grace is over, and work whose time is over.
const SQL = `
  WITH
    fromUnixTimestamp64Milli({sinceMs: Int64}, 'UTC') AS since,
    touched AS (
      SELECT key FROM settle_facts
      WHERE inserted_at >= fromUnixTimestamp64Milli({touchedFromMs: Int64}, 'UTC') AND (
        (kind IN ('run', 'report') AND toUnixTimestamp64Milli(inserted_at) IN {arrivalsMs: Array(Int64)})
        OR (kind IN ('run', 'report') AND inserted_at >= fromUnixTimestamp64Milli({againFromMs: Int64}, 'UTC')
          AND inserted_at < fromUnixTimestamp64Milli({againToMs: Int64}, 'UTC'))
        OR (kind = 'report' AND inserted_at >= fromUnixTimestamp64Milli({reportsFromMs: Int64}, 'UTC')
          AND inserted_at < fromUnixTimestamp64Milli({reportsToMs: Int64}, 'UTC'))
        OR (kind = 'work' AND inserted_at >= fromUnixTimestamp64Milli({worksFromMs: Int64}, 'UTC')
          AND inserted_at < fromUnixTimestamp64Milli({worksToMs: Int64}, 'UTC')
          AND has({worksOf: Array(String)}, toString(function)) = {worksOnlyOf: Bool}
          AND (source = 'span' OR (tenant, function) GLOBAL IN (SELECT tenant, function FROM function_versions)))
      )
    ),
    requests AS (
      SELECT key FROM (
        SELECT key FROM touched
        UNION DISTINCT
        SELECT key FROM settle_facts WHERE is_link AND inserted_at >= since AND run GLOBAL IN (SELECT key FROM touched)
      ) WHERE key % {parts: UInt32} = {part: UInt32}
    ),
    links AS (
      SELECT run, any(f.key) AS request FROM settle_facts AS f
      WHERE is_link AND inserted_at >= since AND key GLOBAL IN (SELECT key FROM requests)
      GROUP BY run
    ),
    changing AS (
      SELECT if(l.request != 0, l.request, f.key) AS request
      FROM settle_facts AS f GLOBAL ANY LEFT JOIN links AS l ON f.key = l.run
      WHERE f.inserted_at >= since
        AND (f.key GLOBAL IN (SELECT key FROM requests) OR f.key GLOBAL IN (SELECT run FROM links))
      GROUP BY request
      HAVING request % {parts: UInt32} = {part: UInt32} AND (
        (dateDiff('millisecond', min(f.inserted_at), max(f.inserted_at)) >= {spreadMs: Int64}
          AND (countIf(f.kind = 'run') > 1 OR (countIf(f.kind = 'run') = 1 AND countIf(f.kind IN ('report', 'made')) > 0)))
        OR ({reportsToMs: Int64} > 0
          AND countIf(f.kind = 'report' AND f.inserted_at < fromUnixTimestamp64Milli({reportsToMs: Int64}, 'UTC'))
            > countIf(f.kind = 'run') + countIf(f.kind = 'made' AND f.source = 'report'))
        OR ({worksToMs: Int64} > 0 AND countIf(f.kind = 'work') > 0 AND countIf(f.kind IN ('run', 'report', 'made')) = 0))
    )
  SELECT
    any(f.tenant) AS tenant,
    any(f.function) AS function,
    count() AS facts,
    groupArrayIf(300)(tuple(toString(f.key), toString(f.run), f.environment, toUnixTimestamp64Nano(f.started_at), f.duration_ns,
      lower(hex(f.span_id)), f.outcome, f.error_type, f.error_message, f.init_ns, f.memory_bytes, f.memory_used_bytes,
      f.billed_ms, f.cold, f.attempt, f.delivery_id), f.kind = 'run') AS runs,
    groupArrayIf(300)(tuple(toString(f.run), f.environment, toUnixTimestamp64Nano(f.started_at), f.duration_ns, f.outcome,
      f.error_type, f.error_message, f.init_ns, f.memory_bytes, f.memory_used_bytes, f.billed_ms, f.invocation_id,
      toUnixTimestamp64Milli(f.inserted_at)), f.kind = 'report') AS reports,
    groupArrayIf(300)(tuple(f.environment, toUnixTimestamp64Nano(f.started_at), lower(hex(f.span_id)), f.source),
      f.kind = 'made') AS made,
    groupArrayIf(300)(tuple(toString(f.run), f.environment, toUnixTimestamp64Nano(f.started_at), f.duration_ns,
      f.invocation_id, toUnixTimestamp64Milli(f.inserted_at)), f.kind = 'work') AS works
  FROM settle_facts AS f GLOBAL ANY LEFT JOIN links AS l ON f.key = l.run
  WHERE f.inserted_at >= since AND if(l.request != 0, l.request, f.key) GLOBAL IN (SELECT request FROM changing)
  GROUP BY if(l.request != 0, l.request, f.key)
  ORDER BY tenant, any(f.environment), function, min(f.started_at)`;

type Range = { fromMs: number; toMs: number };

export type CandidateQuestion = {
  /** Facts older than this are not looked at. */
  sinceMs: number;
  /** Times of the inserts that brought something new. */
  arrivalsMs: readonly number[];
  /** Arrivals to look at again with a longer memory. */
  again: Range;
  /** Only requests whose facts came at least this far apart: nearer ones were settled when they came. */
  spreadMs: number;
  /** Arrivals whose reports have waited long enough for their spans. */
  reports: Range;
  /** Arrivals whose logged work should have ended; of these functions, or of all others. */
  works: Range & { functions: readonly string[]; only: boolean };
  /** One of so many equal parts of all requests, so that an answer stays small. */
  part: number;
  parts: number;
};

/** Later than anything: the year 2100. */
const latestMs = 4_102_444_800_000;

export const noRange: Range = { fromMs: 0, toMs: 0 };

/** The requests that may have to be corrected, each with all that is known of it, in the order of `invocations` on disk. */
export function readCandidates(
  warehouse: Warehouse,
  { sinceMs, arrivalsMs, again, spreadMs, reports, works, part, parts }: CandidateQuestion,
  signal: AbortSignal,
): AsyncIterable<CandidateRow> {
  const starts = [
    ...arrivalsMs,
    ...[again, reports, works].flatMap(({ fromMs, toMs }) => (toMs > fromMs ? [fromMs] : [])),
  ];
  const params = {
    touchedFromMs: starts.reduce((least, startMs) => Math.min(least, startMs), latestMs),
    sinceMs,
    arrivalsMs,
    againFromMs: again.fromMs,
    againToMs: again.toMs,
    spreadMs,
    reportsFromMs: reports.fromMs,
    reportsToMs: reports.toMs,
    worksFromMs: works.fromMs,
    worksToMs: works.toMs,
    worksOf: works.functions,
    worksOnlyOf: works.only,
    part,
    parts,
  };
  // Streamed, so that other work of the process gets its turn between the blocks of a large answer.
  return warehouse.stream(SQL, params, CandidateRow, { signal });
}
