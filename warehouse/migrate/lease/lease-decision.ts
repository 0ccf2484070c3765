/**
 * The lease lives in table names: `schema_migrations_lease_7` is its seventh holder. `CREATE TABLE` without IF NOT
 * EXISTS succeeds for exactly one of any number of callers, on a plain server and (through the cluster's one queue of
 * DDL) on a cluster, which no row in a table promises. The highest number decides; it only grows.
 */
export type LeaseSeen = {
  generation: number;
  /** Null once its holder has let go. */
  holder: string | null;
  /** Goes up with every sign of life. */
  beat: number;
};

/** Since when, on the watcher's own clock, a lease has shown no new sign of life: clocks are never compared. */
export type LeaseWatch = { generation: number; beat: number; sinceMs: number };

export type LeaseDecision =
  | { kind: 'claim'; generation: number; from: 'nobody' | 'stale' }
  | { kind: 'wait'; watch: LeaseWatch };

export type LeaseRules = {
  /** A holder silent for this long is taken for dead. */
  leaseMs: number;
  /** True for a holder that cannot be alive, such as an earlier process of a data directory only one may open. */
  isAbandoned: (holder: string) => boolean;
};

export function decideLease(
  seen: LeaseSeen | null,
  watched: LeaseWatch | null,
  nowMs: number,
  { leaseMs, isAbandoned }: LeaseRules,
): LeaseDecision {
  const generation = (seen?.generation ?? 0) + 1;
  if (seen === null || seen.holder === null) return { kind: 'claim', generation, from: 'nobody' };
  const same = watched?.generation === seen.generation && watched.beat === seen.beat;
  const sinceMs = same ? watched.sinceMs : nowMs;
  if (nowMs - sinceMs >= leaseMs || isAbandoned(seen.holder))
    return { kind: 'claim', generation, from: 'stale' };
  return { kind: 'wait', watch: { generation: seen.generation, beat: seen.beat, sinceMs } };
}
