import assert from 'node:assert/strict';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { spool } from '../../../cli/commands/spool.js';
import { UsageError } from '../../../cli/parse-command-args.js';
import { setAside } from '../../../ingest/spool/poison.js';
import { StartupError } from '../../../schemas/startup-error.js';
import { migratedWarehouse } from '../../support/migrated-warehouse.js';
import { type TempDir, tempDir } from '../../support/temp-dir.js';
import { fakeContext } from '../support/fake-context.js';

const reason = 'Code: 33. DB::Exception: Cannot read all data';
const columns = [
  { name: 'tenant', type: 'LowCardinality(String)' },
  { name: 'resource_hash', type: 'UInt64' },
  { name: 'seen_on', type: 'Date' },
  { name: 'attributes', type: 'Map(LowCardinality(String), String)' },
];
let directory: TempDir;

before(async () => {
  directory = await tempDir();
});
after(() => directory.remove());

async function run(...args: string[]) {
  const { context, out, err } = fakeContext({ env: { COLDBURN_DATA_DIR: directory.path } });
  const at = { ...context, now: () => new Date('2026-03-01T03:00:00Z') };
  return { code: await spool.run(args, at), out, err };
}

/** One resource, seen today, as the spool would have written it. */
function goodRow(): Buffer {
  const day = Math.floor(Date.now() / 86_400_000);
  const row = Buffer.alloc(1 + 1 + 8 + 2 + 1);
  row.writeUInt8(1, 0);
  row.write('t', 1);
  row.writeBigUInt64LE(7n, 2);
  row.writeUInt16LE(day, 10);
  return row;
}

async function poison(token: string, bytes: Buffer): Promise<void> {
  const spoolDirectory = join(directory.path, 'spool');
  await mkdir(spoolDirectory, { recursive: true });
  const path = join(spoolDirectory, `${token}.tmp`);
  await writeFile(path, bytes);
  const segment = { table: 'resources', token, columns, path };
  await setAside(spoolDirectory, segment, 1, reason, new Date('2026-03-01T00:00:00Z'));
}

const files = () => readdir(join(directory.path, 'spool/poison'));

test('spool list: with nothing set aside it says so', async () => {
  assert.deepEqual(await run('list'), { code: 0, out: ['Nothing is set aside.'], err: [] });
});

test('spool list: what, how much, since when and why, as text and as JSON', async () => {
  await poison('seg-a', goodRow());
  const { code, out } = await run('list');
  assert.equal(code, 0);
  assert.deepEqual(out, ['seg-a  resources  1 rows, 13 B, set aside 3 h ago', `  ${reason}`]);
  const json = await run('list', '--json');
  assert.deepEqual(JSON.parse(json.out[0] ?? ''), {
    poison: [
      { id: 'seg-a', table: 'resources', rows: 1, bytes: 13, reason, setAsideAt: '2026-03-01T00:00:00.000Z' },
    ],
  });
});

test('spool drop: nothing without --yes, nothing unknown, and then for good', async () => {
  await poison('seg-b', goodRow());
  const asked = await run('drop', 'seg-b');
  assert.deepEqual([asked.code, asked.out], [1, []]);
  assert.match(asked.err.join(' '), /add --yes to delete 1 segment, 1 row for good/);
  const unknown = await run('drop', 'seg-x', '--yes');
  assert.match(unknown.err.join(' '), /Nothing is set aside under "seg-x"/);
  assert.equal((await files()).length, 4);
  assert.deepEqual((await run('drop', 'seg-b', '--yes')).out, ['Dropped 1 segment, 1 row.']);
  assert.deepEqual(await files(), ['seg-a.json', 'seg-a.rows']);
});

test('spool retry: while a server holds the data directory it says who does, and nothing is lost', async () => {
  const warehouse = await migratedWarehouse(directory.path);
  try {
    await assert.rejects(run('retry', '--all'), (error) => {
      assert.ok(error instanceof StartupError);
      assert.match(error.message, /in use by process \d+.*stop that process/);
      return true;
    });
    assert.equal((await run('list')).code, 0, 'looking is allowed');
  } finally {
    await warehouse.close();
  }
  assert.equal((await files()).length, 2);
});

test('spool retry: stores what fits now, keeps what does not with the reason', async () => {
  await poison('seg-c', Buffer.from([1, 2]));
  const { code, out, err } = await run('retry', '--all');
  assert.deepEqual([code, out], [1, ['Stored 1 segment, 1 row.']]);
  assert.match(err.join(' '), /seg-c is refused again and stays: /);
  assert.deepEqual(await files(), ['seg-c.json', 'seg-c.rows']);
  const warehouse = await migratedWarehouse(directory.path);
  try {
    const Row = z.object({ tenant: z.string() });
    const rows = await warehouse.query('SELECT tenant FROM resources WHERE resource_hash = 7', {}, Row);
    assert.deepEqual(rows, [{ tenant: 't' }]);
  } finally {
    await warehouse.close();
  }
});

for (const args of [[], ['burn'], ['retry'], ['drop', 'a', '--all'], ['list', 'a']]) {
  test(`spool ${args.join(' ')}: called wrongly, it says how to`, async () => {
    await assert.rejects(run(...args), UsageError);
  });
}
