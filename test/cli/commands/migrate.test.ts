import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { migrateCommand, usage } from '../../../cli/commands/migrate.js';
import { readMigrations } from '../../../warehouse/migrate/read-migrations.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { embeddedWarehouse } from '../../support/embedded-warehouse.js';
import { runnerDeps, single } from '../../warehouse/migrate/migrate-harness.js';

let warehouse: Warehouse;
let close: () => Promise<void>;
before(async () => {
  ({ warehouse, close } = await embeddedWarehouse());
});
after(async () => await close());

async function run(args: string[], database = 'coldburn', program = '0.1.0', fileCount = 99) {
  const out: string[] = [];
  const err: string[] = [];
  let opened = 0;
  let closed = 0;
  const deps = {
    ...runnerDeps('cli', { program }),
    readMigrations: async () =>
      (await readMigrations(new URL('../../../schemas/sql/', import.meta.url))).slice(0, fileCount),
    open: async () => {
      opened += 1;
      const close = async () => {
        closed += 1;
      };
      return { warehouse: { ...warehouse, close }, target: single(database) };
    },
  };
  const io = { out: (line: string) => out.push(line), err: (line: string) => err.push(line) };
  const code = await migrateCommand(args, io, deps);
  assert.equal(closed, opened, 'what was opened is closed');
  return { code, out, err, opened };
}

test('migrate: --dry-run prints the SQL and changes nothing, --status tells, then it applies, then there is nothing', async () => {
  const dry = await run(['--dry-run']);
  assert.equal(dry.code, 0);
  assert.equal(dry.out[0], '-- 0001_invocations.sql');
  assert.match(dry.out[1] ?? '', /^CREATE TABLE IF NOT EXISTS coldburn\.invocations\n/);
  assert.equal((await run(['--status'])).out[0], '0001 invocations: pending');

  const applied = await run([]);
  assert.equal(applied.code, 0);
  assert.equal(applied.out[0], '0001 invocations: applied');
  assert.match(applied.out.at(-1) ?? '', /^The schema is at version \d+\.$/);
  assert.match(
    (await run(['--status'])).out[0] ?? '',
    /^0001 invocations: applied \d{4}-.*Z by coldburn 0\.1\.0$/,
  );
  assert.deepEqual((await run(['--dry-run'])).out, []);
  assert.equal((await run([])).out.length, 1);
});

test('migrate: --json is one document, whatever is asked', async () => {
  const Report = z.object({ schemaVersion: z.number(), applied: z.array(z.object({ version: z.number() })) });
  const [report = ''] = (await run(['--json'], 'other')).out;
  assert.equal(Report.parse(JSON.parse(report)).applied[0]?.version, 1);
  const Status = z.object({ migrations: z.array(z.object({ state: z.literal('applied') })).min(1) });
  const [status = ''] = (await run(['--status', '--json'], 'other')).out;
  Status.parse(JSON.parse(status));
  const Pending = z.object({ pending: z.array(z.object({ statements: z.array(z.string()) })).min(1) });
  const [pending = ''] = (await run(['--dry-run', '--json'], 'third')).out;
  Pending.parse(JSON.parse(pending));
});

test('migrate: a refusal is one sentence on err and exit code 1', async () => {
  await run([], 'ahead', '0.2.0');
  const { code, out, err } = await run([], 'ahead', '0.1.0', 1);
  assert.deepEqual([code, out, err.length], [1, [], 1]);
  assert.match(err[0] ?? '', /made by coldburn 0\.2\.0, but this is coldburn 0\.1\.0/);
});

for (const args of [['--nonsense'], ['--status', '--dry-run'], ['extra']])
  test(`migrate: ${args.join(' ')} is answered with the usage, and nothing is opened`, async () => {
    const { code, err, opened } = await run(args);
    assert.deepEqual([code, err.at(-1), opened], [2, usage, 0]);
  });

test('migrate: --help opens nothing', async () => {
  const { code, out, opened } = await run(['--help']);
  assert.deepEqual([code, out, opened], [0, [usage], 0]);
});
