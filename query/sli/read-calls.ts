import { z } from 'zod';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import { COLUMN, OF_FUNCTIONS } from './dimension-sql.js';
import type { Dimension } from './dimensions.js';
import { paramsOf } from './read-sums.js';
import type { SliQuestion } from './sli.js';

export const callDimensions = [
  'function',
  'environment',
  'peer',
  'peerKind',
  'operation',
] as const satisfies readonly Dimension[];

const SQL = `
  SELECT column, labels, sum(same) AS total, sum(failed) AS errors, groupArray((bucket, same)) AS counts
  FROM (
    SELECT ${COLUMN}, labels, bucket, sum(n) AS same, sum(c.errors) AS failed
    FROM (
      SELECT toInt64(toUnixTimestamp(minute)) * 1000 AS at_ms, bucket, n, errors,
        arrayMap(name -> multiIf(name = 'function', toString(function), name = 'environment', toString(environment),
          name = 'peer', toString(peer), name = 'peerKind', toString(peer_kind), name = 'operation', toString(operation), ''),
          {groupBy: Array(String)}) AS labels
      FROM dependencies_1m
      WHERE tenant = {tenant: String} AND call = 'out' AND ${OF_FUNCTIONS}
        AND minute >= {from: DateTime64(3, 'UTC')} AND minute < {to: DateTime64(3, 'UTC')}
        AND ({peer: Nullable(String)} IS NULL OR peer = {peer: Nullable(String)})
        AND ({peerKind: Nullable(String)} IS NULL OR toString(peer_kind) = {peerKind: Nullable(String)})
        AND ({operation: Nullable(String)} IS NULL OR operation = {operation: Nullable(String)})
    ) AS c
    GROUP BY column, labels, bucket
  )
  GROUP BY column, labels
  ORDER BY column, labels
  LIMIT {most: UInt32}` as const;

const count = z.coerce.number();
const Row = z
  .object({
    column: count,
    labels: z.array(z.string()),
    total: count,
    errors: count,
    counts: z.array(z.tuple([count, count])),
  })
  .transform(({ counts, ...rest }) => ({ ...rest, counts: new Map(counts) }));
export type CallsRow = z.infer<typeof Row>;

/** Calls that functions made to what they depend on, by step: how many, how many failed, and how long they took by bucket. */
export async function readCalls(warehouse: TenantWarehouse, question: SliQuestion): Promise<CallsRow[]> {
  return await warehouse.query(SQL, paramsOf(question), Row);
}
