import { z } from 'zod';

/** A name that is safe in SQL without quoting; everything a target puts into a statement is one. */
const Identifier = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,62}$/, 'letters, digits and underscores, not starting with a digit');

/** As the servers' `remote_servers` names it; `{cluster}` stands for the macro of that name in their configuration. */
const Cluster = z
  .string()
  .regex(/^(\{\w{1,63}\}|[A-Za-z0-9_.-]{1,63})$/, 'letters, digits, "_", ".", "-", or a {macro}');

/** Where the schema is built. One file of SQL renders for both kinds. */
export const Target = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('single'), database: Identifier }),
  z.object({ kind: z.literal('cluster'), database: Identifier, cluster: Cluster }),
]);
export type Target = z.infer<typeof Target>;

/** How a table's rows lie on a cluster; on a single node both are the same plain table. */
export type Placement =
  /** Each row on one shard, chosen by the key; `NAME` is the Distributed table over the `NAME_local` of each shard. */
  | { kind: 'sharded'; key: string }
  /** Every row on every node: small state that any node reads locally. */
  | { kind: 'every-node' };

export type Placements = ReadonlyMap<string, Placement>;

export function onCluster(target: Target): string {
  return target.kind === 'cluster' ? ` ON CLUSTER '${target.cluster}'` : '';
}

/** The table that holds rows on each node. */
export function storageTable(target: Target, name: string, placement: Placement): string {
  const suffix = target.kind === 'cluster' && placement.kind === 'sharded' ? '_local' : '';
  return `${target.database}.${name}${suffix}`;
}

/**
 * The start of a Replicated engine's arguments. Written out (no `{uuid}` or `{table}`), so a node that joins later
 * finds the same path. `{shard}` and `{replica}` are macros that the server's own configuration sets.
 */
export function replicaArguments(target: Target, name: string, placement: Placement): string {
  const [, table = ''] = storageTable(target, name, placement).split('.');
  return placement.kind === 'sharded'
    ? `'/clickhouse/tables/{shard}/${target.database}/${table}', '{replica}'`
    : `'/clickhouse/tables/every-node/${target.database}/${table}', '{shard}-{replica}'`;
}
