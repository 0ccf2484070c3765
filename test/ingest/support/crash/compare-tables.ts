import { z } from 'zod';
import type { Warehouse } from '../../../../warehouse/warehouse.js';
import type { SenderBook } from './persistent-senders.js';

const COUNTS = 'SELECT lower(hex(span_id)) AS id, count() AS copies FROM {table: Identifier} GROUP BY id';
const SUM = 'SELECT sum(n) AS n FROM {table: Identifier}';
/** What is summed at the insert, by minute, hour and day. */
const rollups = ['invocations_1m', 'invocations_1h', 'latency_1m', 'latency_1h', 'latency_1d'];
const Sum = z.object({ n: z.coerce.number() });
const Count = z.object({ id: z.string(), copies: z.coerce.number() });

/** What a table holds against what was acknowledged. */
export type Difference = {
  table: string;
  expected: number;
  lost: string[];
  doubled: string[];
  unknown: string[];
};

/** Compares the tables with what senders know, span by span. */
export async function compareTables(warehouse: Warehouse, book: SenderBook): Promise<Difference[]> {
  const differences: Difference[] = [];
  for (const [table, expected] of [
    ['spans', book.spans],
    ['invocations', book.runs],
  ] as const) {
    const found = new Set<string>();
    const doubled: string[] = [];
    const unknown: string[] = [];
    for await (const { id, copies } of warehouse.stream(COUNTS, { table }, Count)) {
      found.add(id);
      if (copies !== 1) doubled.push(id);
      if (!expected.has(id)) unknown.push(id);
    }
    const lost = [...expected].filter((id) => !found.has(id));
    differences.push({ table, expected: expected.size, lost, doubled, unknown });
  }
  return differences;
}

/** How many invocations each rollup has counted. */
export async function rollupCounts(warehouse: Warehouse): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of rollups) {
    const [row] = await warehouse.query(SUM, { table }, Sum);
    counts[table] = row?.n ?? 0;
  }
  return counts;
}

/** What `rollupCounts` answers when each of so many invocations is counted once. */
export function exactRollups(invocations: number): Record<string, number> {
  return Object.fromEntries(rollups.map((table) => [table, invocations]));
}
