import { z } from 'zod';
import { type DependencyEdge, PeerKind } from '../../schemas/dependencies.js';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import { callQuantileMs } from './call-quantile.js';

const SQL = `
  SELECT
    function, environment, call AS direction, peer_kind AS peerKind, peer, operation,
    sum(n) AS calls,
    sum(d.errors) AS errors,
    sum(d.retries) AS retries,
    sum(d.duration_ns) AS duration_ns,
    sumMap([toUInt32(bucket)], [n]) AS by_bucket,
    by_bucket.1 AS buckets,
    by_bucket.2 AS counts
  FROM dependencies_1m AS d
  WHERE tenant = {tenant: String}
    AND minute >= {from: DateTime64(3, 'UTC')} AND minute < {to: DateTime64(3, 'UTC')}
    AND ({function: Nullable(String)} IS NULL OR function = {function: Nullable(String)})
    AND ({environment: Nullable(String)} IS NULL OR environment = {environment: Nullable(String)})
    AND ({peer: Nullable(String)} IS NULL OR peer = {peer: Nullable(String)})
    AND ({peerKind: Nullable(String)} IS NULL OR toString(peer_kind) = {peerKind: Nullable(String)})
  GROUP BY function, environment, call, peer_kind, peer, operation
  ORDER BY calls DESC, function, environment, call, peer_kind, peer, operation
  LIMIT {limit: UInt32}`;

const count = z.coerce.number().int().nonnegative();
const Row = z.object({
  function: z.string(),
  environment: z.string(),
  direction: z.enum(['out', 'in']),
  peerKind: PeerKind,
  peer: z.string(),
  operation: z.string(),
  calls: count,
  errors: count,
  retries: count,
  duration_ns: z.coerce.number().nonnegative(),
  buckets: z.array(count),
  counts: z.array(count),
});

/** Whole minutes [from, to) and what to keep of them; null keeps all. */
export type DependenciesQuestion = {
  from: Date;
  to: Date;
  function: string | null;
  environment: string | null;
  peer: string | null;
  peerKind: z.infer<typeof PeerKind> | null;
  limit: number;
};

/** Who calls whom in the window, most calls first, and whether `limit` cut some off. */
export async function readDependencies(
  warehouse: TenantWarehouse,
  question: DependenciesQuestion,
  options?: StatementOptions,
): Promise<{ edges: DependencyEdge[]; truncated: boolean }> {
  const rows = await warehouse.query(SQL, { ...question, limit: question.limit + 1 }, Row, options);
  const seconds = (question.to.getTime() - question.from.getTime()) / 1000;
  return {
    edges: rows.slice(0, question.limit).map((row) => edgeOf(row, seconds)),
    truncated: rows.length > question.limit,
  };
}

function edgeOf(
  { buckets, counts, duration_ns, ...row }: z.infer<typeof Row>,
  seconds: number,
): DependencyEdge {
  const byBucket = buckets.map((bucket, index) => ({ bucket, n: counts[index] ?? 0 }));
  const quantileMs = (quantile: number): number => callQuantileMs(byBucket, quantile) ?? 0;
  return {
    ...row,
    perSecond: row.calls / seconds,
    errorRatio: row.errors / row.calls,
    meanMs: duration_ns / row.calls / 1e6,
    p50Ms: quantileMs(0.5),
    p95Ms: quantileMs(0.95),
    p99Ms: quantileMs(0.99),
  };
}
