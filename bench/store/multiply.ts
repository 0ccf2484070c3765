import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Warehouse } from '../../warehouse/warehouse.js';

// The rows of a day with other ids, later by some seconds and a little longer or shorter, so that nothing compresses better for
// being a copy. Ids keep their form.
const INVOCATIONS = `
  INSERT INTO invocations
  SELECT * REPLACE (
    started_at + toIntervalMicrosecond({copy: UInt32} * 7300000 + cityHash64(span_id, {copy: UInt32}) % 2000000) AS started_at,
    intDiv(duration_ns * (900 + cityHash64(span_id, {copy: UInt32}, 1) % 200), 1000000) * 1000 AS duration_ns,
    received_at + toIntervalMillisecond({copy: UInt32} * 7300 + cityHash64(span_id, {copy: UInt32}, 2) % 4000) AS received_at,
    if(length(invocation_id) = 36, toString(reinterpretAsUUID(${otherId('trace_id')})), if(invocation_id = '', '', hex(cityHash64(invocation_id, {copy: UInt32})))) AS invocation_id,
    ${otherId('trace_id')} AS trace_id,
    reinterpretAsFixedString(cityHash64(span_id, {copy: UInt32})) AS span_id)
  FROM bench_invocations WHERE _partition_id = {day: String} AND sign = 1`;

const SPANS = `
  INSERT INTO spans
  SELECT * REPLACE (
    started_at + toIntervalMicrosecond({copy: UInt32} * 7300000 + cityHash64(trace_id, {copy: UInt32}) % 2000000) AS started_at,
    intDiv(duration_ns * (900 + cityHash64(span_id, {copy: UInt32}, 1) % 200), 1000000) * 1000 AS duration_ns,
    received_at + toIntervalMillisecond({copy: UInt32} * 7300 + cityHash64(span_id, {copy: UInt32}, 2) % 4000) AS received_at,
    ${otherId('trace_id')} AS trace_id,
    reinterpretAsFixedString(cityHash64(span_id, {copy: UInt32})) AS span_id,
    if(parent_span_id = toFixedString('', 8), parent_span_id, reinterpretAsFixedString(cityHash64(parent_span_id, {copy: UInt32}))) AS parent_span_id)
  FROM bench_spans WHERE _partition_id = {day: String}`;

function otherId(column: string): string {
  return `toFixedString(concat(reinterpretAsFixedString(cityHash64(${column}, {copy: UInt32}, 3)), reinterpretAsFixedString(cityHash64(${column}, {copy: UInt32}, 4))), 16)`;
}

const PARTITIONS = `
  SELECT table, partition_id AS day FROM system.parts
  WHERE active AND database = currentDatabase() AND table IN ('bench_invocations', 'bench_spans') AND rows > 0
  GROUP BY table, day ORDER BY table, day DESC`;
const Partition = z.object({ table: z.enum(['bench_invocations', 'bench_spans']), day: z.string() });

// Nothing is to be settled or counted anew of what is made here.
const JOBS = `
  SELECT name FROM system.tables WHERE database = currentDatabase() AND engine = 'MaterializedView'
    AND (startsWith(name, 'settle_') OR startsWith(name, 'slo_'))`;
const Name = z.object({ name: z.string().regex(/^\w+$/) });

/** Makes `copies` further months of the one there is. Answers whether all are made; after a stop it goes on. */
export async function multiply(
  warehouse: Warehouse,
  dataDir: string,
  copies: number,
  signal: AbortSignal,
): Promise<boolean> {
  const statePath = join(dataDir, 'copied.json');
  const done = new Set(
    z.array(z.string()).parse(JSON.parse(await readFile(statePath, 'utf8').catch(() => '[]'))),
  );
  if (!done.has('begun')) {
    for (const { name } of await warehouse.query(JOBS, {}, Name))
      await warehouse.command(`DROP TABLE ${name} SYNC`);
    for (const table of ['invocations', 'spans']) await keepMonth(warehouse, table);
    done.add('begun');
    await writeFile(statePath, JSON.stringify([...done]));
  }
  const days = await warehouse.query(PARTITIONS, {}, Partition);
  const parts = days.flatMap((one) =>
    Array.from({ length: copies }, (_, nth) => ({ ...one, copy: nth + 1 })),
  );
  for (const { table, day, copy } of parts) {
    const part = `${table} ${day} ${copy}`;
    if (done.has(part)) continue;
    if (signal.aborted) return false;
    const options = { onceToken: part, timeoutMs: 600_000, memoryBytes: 4e9 };
    await warehouse.command(table === 'bench_spans' ? SPANS : INVOCATIONS, { copy, day }, options);
    done.add(part);
    await writeFile(statePath, JSON.stringify([...done]));
  }
  return true;
}

/** The same parts under another name, which takes no disk. */
async function keepMonth(warehouse: Warehouse, table: string): Promise<void> {
  await warehouse.command(`CREATE TABLE IF NOT EXISTS bench_${table} AS ${table}`);
  const sql = `SELECT DISTINCT partition_id AS name FROM system.parts
    WHERE active AND database = currentDatabase() AND table = {table: String} AND rows > 0`;
  for (const { name } of await warehouse.query(sql, { table }, Name))
    await warehouse.command(`ALTER TABLE bench_${table} REPLACE PARTITION ID '${name}' FROM ${table}`);
}
