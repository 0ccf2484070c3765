import type { Warehouse } from '../../warehouse/warehouse.js';
import { cpuSeconds, type Figure } from './figure.js';
import type { Filled } from './fill.js';
import { generateInvocations } from './generate.js';

const rows = 400_000;
const perSecond = 20_000;
const inserts = 20;

const COPY = `
  INSERT INTO {target: Identifier} SELECT * FROM bench_source
  WHERE started_at >= {from: DateTime64(3, 'UTC')} AND started_at < {to: DateTime64(3, 'UTC')}`;

/**
 * What materialized views add to an insert: the same rows of 20 busy seconds, in the inserts a spool would make of
 * them, into a table without views, and into the real one.
 */
export async function viewCost(warehouse: Warehouse, { now }: Filled): Promise<Figure[]> {
  const days = rows / perSecond / 86_400;
  const from = new Date(now.getTime() - 3_600_000);
  const source = { tenant: 'bench', from, days, first: 0, count: rows, total: rows };
  await warehouse.command(
    'CREATE TABLE bench_source AS invocations ENGINE = MergeTree PRIMARY KEY started_at ORDER BY started_at',
  );
  await warehouse.command('CREATE TABLE bench_plain AS invocations');
  await generateInvocations(warehouse, source, 'source');
  const lengthMs = (rows / perSecond) * 1000;
  const fill = async (target: string) =>
    (await cpuSeconds(async () => {
      for (let insert = 0; insert < inserts; insert += 1) {
        // Rows are spread by up to two seconds around their place.
        const at = (part: number) => new Date(from.getTime() - 1_000 + ((lengthMs + 4_000) * part) / inserts);
        await warehouse.command(COPY, { target, from: at(insert), to: at(insert + 1) });
      }
    })) /
    (rows / 1e6);
  const plain = await fill('bench_plain');
  const real = await fill('invocations');
  for (const name of ['bench_source', 'bench_plain']) await warehouse.command(`DROP TABLE ${name}`);
  for (const table of ['invocations', 'invocations_1m', 'invocations_1h', 'latency_1m', 'latency_1h'])
    await warehouse.command(`TRUNCATE TABLE ${table}`);
  const unit = 'CPU-s per million';
  return [
    { measure: 'insert without views', value: plain, unit },
    { measure: 'insert with all rollups', value: real, unit },
    { measure: 'rollups as a share of insert CPU', value: ((real - plain) / real) * 100, unit: '%' },
  ];
}
