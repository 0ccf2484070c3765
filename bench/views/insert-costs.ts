import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import process from 'node:process';
import { z } from 'zod';
import type { Warehouse } from '../../warehouse/warehouse.js';
import { median, type Row } from '../ingest/row.js';

const rounds = 5;

const VIEWS = `
  SELECT name, create_table_query AS made FROM system.tables
  WHERE database = currentDatabase() AND engine = 'MaterializedView' AND name IN (
    SELECT arrayJoin(dependencies_table) FROM system.tables WHERE database = currentDatabase() AND name = {table: String})
  ORDER BY name`;
const COLUMNS = `
  SELECT name, type FROM system.columns
  WHERE database = currentDatabase() AND table = {table: String} AND default_kind IN ('', 'DEFAULT') ORDER BY position`;
const Column = z.object({ name: z.string(), type: z.string() });
const View = z.object({ name: z.string().regex(/^\w+$/), made: z.string() });

/**
 * Processor time of inserts of so many rows: as they are, with one view taken away at a time, and without any. Merges
 * rest meanwhile, so that each insert pays for itself alone.
 */
export async function insertCosts(
  warehouse: Warehouse,
  table: 'invocations' | 'spans',
  size: number,
  directory: string,
): Promise<Row[]> {
  const columns = await warehouse.query(COLUMNS, { table }, Column);
  const path = join(directory, `${table}-${size}.gz`);
  const names = columns.map(({ name }) => name).join(', ');
  await warehouse.exportRows(
    `SELECT ${names} FROM bench_${table} ORDER BY received_at LIMIT {size: UInt32}`,
    { size },
    { path, columns },
    {},
  );
  const views = await warehouse.query(VIEWS, { table }, View);
  const drop = ({ name }: { name: string }) => warehouse.command(`DROP TABLE ${name} SYNC`);
  const insert = async () => {
    const before = process.cpuUsage();
    await warehouse.insertSegment({ table, columns, path, compression: 'gzip', token: randomUUID() }, {});
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
  const cost = async () => {
    const tookMs: number[] = [];
    for (let round = 0; round < rounds; round += 1) tookMs.push(await insert());
    return median(tookMs);
  };
  await warehouse.command('SYSTEM STOP MERGES');
  await insert();
  const whole = await cost();
  const rows: Row[] = [];
  const told = (measure: string, value: number, unit: string) =>
    rows.push({ measure: `${size.toLocaleString('en')} ${table}: ${measure}`, value, unit });
  told('all views', whole, 'CPU-ms');
  for (const view of views) {
    await drop(view);
    told(`of it ${view.name}`, whole - (await cost()), 'CPU-ms');
    await warehouse.command(view.made);
  }
  for (const view of views) await drop(view);
  const bare = await cost();
  for (const view of views) await warehouse.command(view.made);
  told('no views', bare, 'CPU-ms');
  told('share of views', ((whole - bare) / whole) * 100, '%');
  await warehouse.command('SYSTEM START MERGES');
  return rows;
}
