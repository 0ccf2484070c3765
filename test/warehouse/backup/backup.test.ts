import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { inEveryMode } from '../../support/in-every-mode.js';
import { type TempDir, tempDir } from '../../support/temp-dir.js';
import { backup, failingAt, makeDatabase, restore } from './backup-harness.js';
import { allFigures, fillTables, leftovers } from './fill-tables.js';

const SUMS = `
  SELECT
    (SELECT sum(sign) FROM {database: Identifier}.invocations) AS invocations,
    (SELECT sum(n) FROM {database: Identifier}.invocations_1m) AS by_minute,
    (SELECT sum(n) FROM {database: Identifier}.latency_1h) AS latency_by_hour,
    (SELECT sum(n) FROM {database: Identifier}.latency_1d) AS latency_by_day,
    (SELECT count() FROM {database: Identifier}.function_versions FINAL) AS versions`;
const sum = z.coerce.number();
const Sums = z.object({
  invocations: sum,
  by_minute: sum,
  latency_by_hour: sum,
  latency_by_day: sum,
  versions: sum,
});

let dir: TempDir;
before(async () => {
  dir = await tempDir();
});
after(() => dir.remove());
const newPlace = () => join(dir.path, randomUUID());

inEveryMode('backup', (warehouse) => {
  let from: string;
  let place: string;
  let original: Record<string, string>;
  before(async () => {
    from = await makeDatabase(warehouse());
    await fillTables(warehouse(), from, 4000);
    original = await allFigures(warehouse(), from);
    place = newPlace();
    await backup(warehouse(), from, place);
  });
  const sums = async (database: string) => (await warehouse().query(SUMS, { database }, Sums))[0];

  test('backup and restore: every table has the same rows, and what views sum up is there once', async () => {
    const tables = [
      'invocations',
      'spans',
      'resources',
      'metric_points',
      'api_keys',
      'invocations_1m',
      'latency_1h',
      'latency_1d',
      'tagged_usage_1h',
      'slo_versions',
      'slo_corrections',
      'slo_ledger_1m',
      'slo_ledger_1h',
      'slo_ledger_1d',
      'incident_events',
      'notices',
      'silences',
      'deployments',
    ];
    for (const table of tables) assert.ok(original[table] !== undefined, `${table} holds rows in this test`);
    const to = await makeDatabase(warehouse());
    const { resumed } = await restore(warehouse(), to, place);
    assert.equal(resumed, false);
    assert.deepEqual(await allFigures(warehouse(), to), original);
    assert.deepEqual(await sums(to), await sums(from));
    assert.equal((await sums(to))?.invocations, (await sums(to))?.by_minute);
    for (const database of [from, to]) assert.deepEqual(await leftovers(warehouse(), database), []);
    await fillTables(warehouse(), to, 100);
    assert.equal((await sums(to))?.invocations, (await sums(to))?.by_minute, 'the views go on from there');
  });

  test('restore: a rollup younger than the backup is made of what the backup has, beside what is there', async () => {
    const BY_DAY = `SELECT toString(day) AS day, bucket, toFloat64(sum(n)) AS n FROM {database: Identifier}.latency_1d
      GROUP BY day, bucket ORDER BY day, bucket`;
    const Row = z.object({ day: z.string(), bucket: z.number(), n: z.number() });
    const byDay = async (database: string) => await warehouse().query(BY_DAY, { database }, Row);
    const to = await makeDatabase(warehouse());
    await restore(warehouse(), to, place, {}, 'latency_1d');
    const expected = await byDay(from);
    assert.ok(expected.length > 3);
    assert.deepEqual(await byDay(to), expected);
    const beside = await makeDatabase(warehouse());
    await fillTables(warehouse(), beside, 100);
    await restore(warehouse(), beside, place, { adds: true }, 'latency_1d');
    const total = await sums(beside);
    assert.ok(total !== undefined && total.latency_by_day > 4000);
    assert.equal(total.latency_by_day, total.latency_by_hour);
    assert.deepEqual(await leftovers(warehouse(), to), []);
  });

  test('restore: cut off anywhere and run again, it ends with every row once', async () => {
    const to = await makeDatabase(warehouse());
    let cuts = 0;
    for (let statement = 5; ; statement += 27) {
      const when = cuts % 2 === 0 ? 'before' : 'after';
      const ended = await restore(failingAt(warehouse(), statement, when), to, place).then(
        () => true,
        (error: unknown) => {
          assert.match(String(error), /cut off/);
          return false;
        },
      );
      if (ended) break;
      cuts++;
    }
    assert.ok(cuts >= 4, `it was cut off ${cuts} times`);
    assert.deepEqual(await allFigures(warehouse(), to), original);
    assert.deepEqual(await sums(to), await sums(from));
    assert.deepEqual(await leftovers(warehouse(), to), []);
  });
});
