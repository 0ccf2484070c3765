import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { appendFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { Manifest } from '../../../warehouse/backup/manifest.js';
import { embeddedWarehouse, type TestWarehouse } from '../../support/embedded-warehouse.js';
import { type TempDir, tempDir } from '../../support/temp-dir.js';
import { backup, failingAt, makeDatabase, restore, schemaVersion } from './backup-harness.js';
import { allFigures, fillTables, leftovers } from './fill-tables.js';

const SUMS = `
  SELECT
    (SELECT sum(sign) FROM {database: Identifier}.invocations) AS invocations,
    (SELECT sum(n) FROM {database: Identifier}.invocations_1m) AS by_minute,
    (SELECT sum(n) FROM {database: Identifier}.latency_1h) AS latency_by_hour,
    (SELECT count() FROM {database: Identifier}.function_versions FINAL) AS versions`;
const sum = z.coerce.number();
const Sums = z.object({ invocations: sum, by_minute: sum, latency_by_hour: sum, versions: sum });

let dir: TempDir;
const newPlace = () => join(dir.path, randomUUID());

let opened: TestWarehouse;
const warehouse = () => opened.warehouse;
let from: string;
let place: string;
before(async () => {
  dir = await tempDir();
  opened = await embeddedWarehouse();
  from = await makeDatabase(warehouse());
  await fillTables(warehouse(), from, 2000);
  place = newPlace();
  await backup(warehouse(), from, place);
});
after(async () => {
  await opened.close();
  await dir.remove();
});
const sums = async (database: string) => (await warehouse().query(SUMS, { database }, Sums))[0];

test('backup: a backup is of one moment, whatever is stored while it is written', async () => {
  const busy = await makeDatabase(warehouse());
  await fillTables(warehouse(), busy, 1000);
  const figures = await allFigures(warehouse(), busy);
  const at = newPlace();
  let stored = 0;
  await backup(warehouse(), busy, at, {
    whileStill: async (work) => {
      await work();
      await fillTables(warehouse(), busy, 10);
      stored++;
    },
  });
  assert.equal(stored, 1);
  assert.notDeepEqual(await allFigures(warehouse(), busy), figures);
  const to = await makeDatabase(warehouse());
  await restore(warehouse(), to, at);
  assert.deepEqual(await allFigures(warehouse(), to), figures);
});

test('restore: a target with rows is refused, unless they are to be added to', async () => {
  const to = await makeDatabase(warehouse());
  await fillTables(warehouse(), to, 100);
  await assert.rejects(restore(warehouse(), to, place), /is not empty: \w+ holds \d+ rows.*--add/);
  const present = await sums(to);
  await restore(warehouse(), to, place, { adds: true });
  const total = await sums(to);
  const added = await sums(from);
  assert.equal(total?.invocations, (present?.invocations ?? 0) + (added?.invocations ?? 0));
  assert.equal(total?.by_minute, total?.invocations);
});

test('restore: a damaged file is found before anything is restored', async () => {
  const at = newPlace();
  const { tables } = await backup(warehouse(), from, at);
  const [file] = tables.find(({ name }) => name === 'spans')?.files ?? [];
  assert.ok(file !== undefined);
  await appendFile(join(at, file.path), 'x');
  const to = await makeDatabase(warehouse());
  await assert.rejects(restore(warehouse(), to, at), /The backup is damaged: .*spans\/000001\.bin\.gz/);
  await rm(join(at, file.path));
  await assert.rejects(restore(warehouse(), to, at), /The backup is not whole/);
  assert.deepEqual(await allFigures(warehouse(), to), {});
});

test('restore: what arrives is compared with what was written, and nothing else is let in', async () => {
  const at = newPlace();
  await backup(warehouse(), from, at);
  const path = join(at, 'manifest.json');
  const manifest = Manifest.parse(JSON.parse(await readFile(path, 'utf8')));
  const spans = manifest.tables.find(({ name }) => name === 'spans');
  assert.ok(spans !== undefined);
  spans.figures.hash = '1';
  await writeFile(path, JSON.stringify(manifest));
  const to = await makeDatabase(warehouse());
  await assert.rejects(restore(warehouse(), to, at), /What arrived in spans is not what was backed up/);
  assert.deepEqual(await allFigures(warehouse(), to), {});
  assert.deepEqual(await leftovers(warehouse(), to), []);
});

test('restore: a newer schema and an unfinished backup are sentences', async () => {
  const to = await makeDatabase(warehouse());
  const older = { schemaVersion: schemaVersion - 1 };
  await assert.rejects(
    restore(warehouse(), to, place, older),
    /made by coldburn 1\.2\.3 with schema version 17; this one knows up to 16/,
  );
  await assert.rejects(restore(warehouse(), to, dir.path), /no finished backup in .* manifest\.json/);
});

test('backup: a directory with something in it is refused, and a failure leaves no tables behind', async () => {
  await assert.rejects(backup(warehouse(), from, place), /is not empty/);
  const at = newPlace();
  await assert.rejects(backup(failingAt(warehouse(), 40, 'before'), from, at), /cut off/);
  assert.deepEqual(await leftovers(warehouse(), from), []);
  assert.ok(!(await readdir(at)).includes('manifest.json'));
});
