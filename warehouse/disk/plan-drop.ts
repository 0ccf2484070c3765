/** One day or month of one table; `id` is the engine's partition id, `20261120` or `202611`. */
export type Partition = { table: string; id: string; bytes: number; rowCount: number };

/** When to stop: so many partitions dropped, or so much free (counting what the drops give back). */
export type DropGoal = { kind: 'count'; count: number } | { kind: 'freeBytes'; freeBytes: number };

/**
 * Chooses what to give up: the oldest day first, and within a day in the order of `tables`, so the caller says what is
 * dearest by naming it last. The newest partition of a table is never chosen: it is being written.
 */
export function planDrop(
  partitions: readonly Partition[],
  goal: DropGoal,
  freeBytesNow: number,
  tables: readonly string[],
): Partition[] {
  const newest = new Map<string, string>();
  for (const { table, id } of partitions) {
    const known = newest.get(table);
    if (known === undefined || lastDay(id) > lastDay(known)) newest.set(table, id);
  }
  const candidates = partitions
    .filter(({ table, id }) => tables.includes(table) && newest.get(table) !== id)
    .toSorted(
      (a, b) =>
        lastDay(a.id).localeCompare(lastDay(b.id)) || tables.indexOf(a.table) - tables.indexOf(b.table),
    );
  if (goal.kind === 'count') return candidates.slice(0, goal.count);
  const chosen: Partition[] = [];
  let freeBytes = freeBytesNow;
  for (const partition of candidates) {
    if (freeBytes >= goal.freeBytes) break;
    chosen.push(partition);
    freeBytes += partition.bytes;
  }
  return chosen;
}

// A month is as young as its last day.
function lastDay(id: string): string {
  return id.padEnd(8, '99');
}
