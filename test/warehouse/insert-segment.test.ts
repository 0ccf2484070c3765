import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { inEveryMode } from '../support/in-every-mode.js';
import { writeSegment } from '../support/segment-file.js';
import { type TempDir, tempDir } from '../support/temp-dir.js';

const TABLE = `CREATE TABLE readings (id UInt32, label String) ENGINE = MergeTree ORDER BY id
  SETTINGS non_replicated_deduplication_window = 1000`;
const ROLLUP = `CREATE TABLE totals (label String, n UInt64) ENGINE = SummingMergeTree ORDER BY label
  SETTINGS non_replicated_deduplication_window = 1000`;
const VIEW = `CREATE MATERIALIZED VIEW totals_view TO totals AS
  SELECT label, count() AS n FROM readings GROUP BY label`;
const DAYS = `CREATE TABLE days (id UInt32, label String) ENGINE = MergeTree PARTITION BY id ORDER BY id`;
const NAMES = `CREATE TABLE names (id UInt32, label LowCardinality(String)) ENGINE = MergeTree ORDER BY id`;
const NAMES_READ = `SELECT uniqExact(label) AS labels, countIf(label = concat('name-', toString(id))) AS right FROM names`;
const NamesRead = z.object({ labels: z.coerce.number(), right: z.coerce.number() });
const ODD =
  "CREATE TABLE `odd``table` (`select` UInt32, `it's \\\\ \\`odd\\`` String) ENGINE = MergeTree ORDER BY tuple()";

const COUNTS = `SELECT (SELECT count() FROM readings WHERE label = {label: String}) AS stored,
  (SELECT sum(n) FROM totals WHERE label = {label: String}) AS rolledUp`;
const Counts = z.object({ stored: z.coerce.number(), rolledUp: z.coerce.number() });
const N = z.object({ n: z.coerce.number() });

inEveryMode('insertSegment', (warehouse) => {
  let dir: TempDir;
  before(async () => {
    dir = await tempDir();
    for (const sql of [TABLE, ROLLUP, VIEW, DAYS]) await warehouse().command(sql);
  });
  after(() => dir.remove());

  const segment = (token: string, label: string, rows: number) =>
    writeSegment(
      dir.path,
      'readings',
      token,
      Array.from({ length: rows }, (_, id) => ({ id, label })),
    );
  const counts = (label: string) => warehouse().query(COUNTS, { label }, Counts);

  test('stores every row, and its rollup', async () => {
    await warehouse().insertSegment(await segment('plain', 'plain', 5000));
    assert.deepEqual(await counts('plain'), [{ stored: 5000, rolledUp: 5000 }]);
  });

  test('the same segment again changes nothing, rollups included', async () => {
    const file = await segment('again', 'again', 700);
    for (let time = 0; time < 3; time += 1) await warehouse().insertSegment(file);
    assert.deepEqual(await counts('again'), [{ stored: 700, rolledUp: 700 }]);
  });

  test('two segments with the same rows and different tokens are both stored', async () => {
    await warehouse().insertSegment(await segment('twin-1', 'twin', 10));
    await warehouse().insertSegment(await segment('twin-2', 'twin', 10));
    assert.deepEqual(await counts('twin'), [{ stored: 20, rolledUp: 20 }]);
  });

  test('a segment of several blocks is stored once too', async () => {
    const file = await segment('large', 'large', 1_200_000);
    await warehouse().insertSegment(file);
    await warehouse().insertSegment(file);
    assert.deepEqual(await counts('large'), [{ stored: 1_200_000, rolledUp: 1_200_000 }]);
  });

  test('an empty file is nothing to do', async () => {
    await warehouse().insertSegment(await segment('empty', 'empty', 0));
    assert.deepEqual(await counts('empty'), [{ stored: 0, rolledUp: 0 }]);
  });

  test('a segment may touch more partitions than the engine allows by default', async () => {
    const rows = Array.from({ length: 150 }, (_, id) => ({ id, label: 'late' }));
    await warehouse().insertSegment(await writeSegment(dir.path, 'days', 'late', rows));
    assert.deepEqual(await warehouse().query('SELECT count() AS n FROM days', {}, N), [{ n: 150 }]);
  });

  test('texts of a dictionary are stored as such, however many there are', async () => {
    await warehouse().command(NAMES);
    const rows = Array.from({ length: 200_000 }, (_, id) => ({ id, label: `name-${id}` }));
    const file = await writeSegment(dir.path, 'names', 'names', rows);
    const columns = [
      { name: 'id', type: 'UInt32' },
      { name: 'label', type: 'LowCardinality(String)' },
    ];
    await warehouse().insertSegment({ ...file, columns });
    assert.deepEqual(await warehouse().query(NAMES_READ, {}, NamesRead), [
      { labels: 200_000, right: 200_000 },
    ]);
  });

  test('a cut-off file is refused and nothing of it is stored', async () => {
    const file = await segment('cut', 'cut', 3);
    await writeFile(file.path, Buffer.from([1, 0, 0, 0, 3, 0x63, 0x75, 0x74, 2, 0, 0]));
    await assert.rejects(warehouse().insertSegment(file), { kind: 'bad-query' });
    assert.deepEqual(await counts('cut'), [{ stored: 0, rolledUp: 0 }]);
  });

  test('a missing file is our own mistake, and is named', async () => {
    const file = { ...(await segment('gone', 'gone', 1)), path: join(dir.path, 'nowhere.segment') };
    await assert.rejects(warehouse().insertSegment(file), /nowhere\.segment/);
  });

  test('a missing table is our own mistake', async () => {
    const file = { ...(await segment('tableless', 'x', 1)), table: 'nowhere' };
    await assert.rejects(warehouse().insertSegment(file), { kind: 'bad-query', code: 60 });
  });

  test('names that need quoting are quoted', async () => {
    await warehouse().command(ODD);
    const file = await writeSegment(dir.path, 'odd`table', 'odd', [{ id: 7, label: 'seven' }]);
    const columns = [
      { name: 'select', type: 'UInt32' },
      { name: "it's \\ `odd`", type: 'String' },
    ];
    await warehouse().insertSegment({ ...file, columns });
    const sql = 'SELECT `select` AS n FROM `odd``table`';
    assert.deepEqual(await warehouse().query(sql, {}, N), [{ n: 7 }]);
  });
});
