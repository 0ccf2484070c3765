import { z } from 'zod';
import type { Deployment } from '../../schemas/deployment.js';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';

// A version is new when its function ran another one before, in that environment and region. It is no deployment of
// its own where somebody posted one of that function and version: an empty place in what was posted means any.
const SQL = `
  WITH
    events AS (
      SELECT
        deployment_id AS id,
        countIf(event = 'posted') > 0 AS is_posted,
        argMaxIf((function, environment, version, region, at, until, source, author, commit, url, notes),
          recorded_at, event = 'posted') AS last_posted,
        argMax((event, author, reason, recorded_at), (recorded_at, event)) AS last
      FROM deployments
      WHERE tenant = {tenant: String}
      GROUP BY deployment_id
    ),
    posted AS (
      SELECT
        id, last_posted.1 AS function, last_posted.2 AS environment, last_posted.3 AS version,
        last_posted.4 AS region, toUnixTimestamp64Milli(last_posted.5) AS at_ms,
        toUnixTimestamp64Milli(last_posted.6) AS until_ms, toString(last_posted.7) AS source,
        last_posted.8 AS author, last_posted.9 AS commit, last_posted.10 AS url, last_posted.11 AS notes,
        last
      FROM events
      WHERE is_posted
    ),
    versions AS (
      SELECT
        function, environment, region, version,
        min(first_at) AS version_first_at,
        min(version_first_at) OVER (PARTITION BY function, environment, region) AS function_first_at
      FROM function_versions
      WHERE tenant = {tenant: String}
        AND ({function: Nullable(String)} IS NULL OR function = {function: Nullable(String)})
      GROUP BY function, environment, region, version
    ),
    places AS (
      SELECT function, version, groupArray((environment, region)) AS told
      FROM posted
      WHERE last.1 = 'posted'
      GROUP BY function, version
    ),
    detected AS (
      SELECT
        concat('v', lower(hex(sipHash128(function, environment, region, version)))) AS id,
        function, environment, version, region,
        toUnixTimestamp64Milli(version_first_at) AS at_ms, CAST(NULL, 'Nullable(Int64)') AS until_ms,
        'detected' AS source, '' AS author, '' AS commit, '' AS url, '' AS notes
      FROM versions
      LEFT JOIN places USING (function, version)
      WHERE version_first_at > function_first_at
        AND NOT arrayExists(place -> place.1 IN ('', environment) AND place.2 IN ('', region), told)
    )
  SELECT
    id, function, environment, version, region, at_ms, until_ms, source, author, commit, url, notes,
    last.1 = 'deleted' AS is_deleted,
    last.2 AS deleted_by, last.3 AS deleted_why, toUnixTimestamp64Milli(last.4) AS deleted_at_ms
  FROM (
    SELECT * FROM posted
    UNION ALL
    SELECT detected.*, events.last AS last FROM detected LEFT JOIN events ON events.id = detected.id
  )
  WHERE at_ms >= {fromMs: Int64} AND at_ms < {toMs: Int64}
    AND ({function: Nullable(String)} IS NULL OR function = {function: Nullable(String)})
    AND ({environment: Nullable(String)} IS NULL
      OR environment IN (assumeNotNull({environment: Nullable(String)}), if(source = 'detected', environment, '')))
    AND ({version: Nullable(String)} IS NULL OR version = {version: Nullable(String)})
    AND ({id: Nullable(String)} IS NULL OR id = {id: Nullable(String)})
    AND ({includeDeleted: Bool} OR NOT is_deleted)
  ORDER BY at_ms DESC, id
  LIMIT {limit: UInt32}`;

const unixMs = z.coerce.number().int();
const Row = z.object({
  id: z.string(),
  function: z.string(),
  environment: z.string(),
  version: z.string(),
  region: z.string(),
  at_ms: unixMs,
  until_ms: unixMs.nullable(),
  source: z.enum(['api', 'cli', 'detected']),
  author: z.string(),
  commit: z.string(),
  url: z.string(),
  notes: z.string(),
  is_deleted: z.coerce.boolean(),
  deleted_by: z.string(),
  deleted_why: z.string(),
  deleted_at_ms: unixMs,
});

/** A window [from, to) and what to keep of it; null keeps all. */
export type DeploymentsQuestion = {
  from: Date;
  to: Date;
  function: string | null;
  environment: string | null;
  version: string | null;
  id: string | null;
  includeDeleted: boolean;
  limit: number;
};

/** Deployments posted and detected, the latest first, and whether `limit` cut some off. */
export async function readDeployments(
  warehouse: TenantWarehouse,
  { from, to, limit, ...question }: DeploymentsQuestion,
  options?: StatementOptions,
): Promise<{ deployments: Deployment[]; truncated: boolean }> {
  const params = { ...question, fromMs: from.getTime(), toMs: to.getTime(), limit: limit + 1 };
  const rows = await warehouse.query(SQL, params, Row, options);
  return { deployments: rows.slice(0, limit).map(toDeployment), truncated: rows.length > limit };
}

function toDeployment(row: z.infer<typeof Row>): Deployment {
  const {
    at_ms,
    until_ms,
    is_deleted,
    deleted_by: author,
    deleted_why: reason,
    deleted_at_ms,
    ...rest
  } = row;
  const iso = (ms: number) => new Date(ms).toISOString();
  return {
    ...rest,
    at: iso(at_ms),
    until: until_ms === null ? null : iso(until_ms),
    deleted: is_deleted ? { at: iso(deleted_at_ms), author, reason } : null,
  };
}
