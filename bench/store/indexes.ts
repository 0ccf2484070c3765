import { z } from 'zod';
import type { Warehouse } from '../../warehouse/warehouse.js';
import { type Figure, timesOf } from './figure.js';
import type { Month } from './pages.js';

const BYTES = `
  SELECT name, sum(data_compressed_bytes) AS bytes FROM system.data_skipping_indices
  WHERE database = currentDatabase() AND table = 'invocations' GROUP BY name`;
const Bytes = z.object({ name: z.string(), bytes: z.coerce.number() });
const VALUES = `
  SELECT invocation_id, lower(hex(trace_id)) AS trace FROM invocations
  WHERE tenant = {tenant: String} AND invocation_id != '' AND started_at > {since: DateTime64(3, 'UTC')}
    AND reinterpretAsUInt64(span_id) % 10 = 0
  ORDER BY cityHash64(span_id) LIMIT 20`;
const Values = z.object({ invocation_id: z.string(), trace: z.string() });

const COUNT = 'SELECT count() AS n FROM invocations';
const Count = z.object({ n: z.coerce.number() });

const candidates = [
  {
    name: 'by_invocation_id',
    column: 'invocation_id',
    type: 'bloom_filter(0.01)',
    where: 'invocation_id = {id: String}',
  },
  {
    name: 'by_trace_id',
    column: 'trace_id',
    type: 'bloom_filter(0.01)',
    where: 'trace_id = toFixedString(unhex({trace: String}), 16)',
  },
  { name: 'by_outcome', column: 'outcome', type: 'set(0)', where: "outcome = 'oom'" },
  { name: 'by_error_type', column: 'error_type', type: 'set(64)', where: "error_type = 'Runtime.Timeout'" },
  { name: 'by_duration', column: 'duration_ns', type: 'minmax', where: 'duration_ns > 8e9' },
  { name: 'by_customer', column: 'customer', type: 'bloom_filter(0.01)', where: "customer = 'customer-799'" },
] as const;

/** What each skip index takes on disk, and what a search over the whole month takes with and without it. */
export async function indexFigures(warehouse: Warehouse, { tenant, until }: Month): Promise<Figure[]> {
  const since = new Date(until.getTime() - 10 * 86_400_000);
  const values = await warehouse.query(VALUES, { tenant, since }, Values);
  const [counted] = await warehouse.query(COUNT, {}, Count);
  const rows = counted?.n ?? Number.NaN;
  const figures: Figure[] = [];
  for (const { name, column, type, where } of candidates) {
    await warehouse.command(
      `ALTER TABLE invocations ADD INDEX IF NOT EXISTS ${name} ${column} TYPE ${type} GRANULARITY 1`,
    );
    await warehouse.command(
      `ALTER TABLE invocations MATERIALIZE INDEX ${name} SETTINGS mutations_sync = 2`,
      {},
      { timeoutMs: 900_000 },
    );
    const search = async (round: number, used: 0 | 1) => {
      const { invocation_id: id, trace } = values[round % values.length] ?? { invocation_id: '', trace: '' };
      const sql = `SELECT toString(sum(sign)) AS n, toString(max(started_at)) AS last FROM invocations
        WHERE tenant = {tenant: String} AND ${where} SETTINGS use_skip_indexes = ${used}`;
      await warehouse.query(sql, { tenant, id, trace }, z.object({ n: z.string() }));
    };
    const sizes = await warehouse.query(BYTES, {}, Bytes);
    const bytes = sizes.find((one) => one.name === name)?.bytes ?? Number.NaN;
    const without = await timesOf(10, (round) => search(round, 0));
    const withIt = await timesOf(10, (round) => search(round, 1));
    figures.push(
      { measure: `index ${name} ${type}`, value: bytes / rows, unit: 'bytes per invocation' },
      { measure: `search without ${name}, p95`, value: without.p95Ms, unit: 'ms' },
      { measure: `search with ${name}, p95`, value: withIt.p95Ms, unit: 'ms' },
    );
    if (!name.startsWith('by_trace') && !name.startsWith('by_invocation'))
      await warehouse.command(`ALTER TABLE invocations DROP INDEX ${name}`, {}, { timeoutMs: 900_000 });
  }
  return figures;
}
