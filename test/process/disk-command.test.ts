import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { spawnCli } from '../cli/support/spawn-cli.js';
import { migratedWarehouse } from '../support/migrated-warehouse.js';
import { tempDir } from '../support/temp-dir.js';

const INSERT = `
  INSERT INTO {table: Identifier} (tenant, started_at, duration_ns)
  SELECT 'default', now64(3) - toIntervalDay(number), 1 FROM numbers(3)`;

const Partitions = z.array(z.object({ table: z.string(), id: z.string(), rowCount: z.number() }));

test('disk: shows what each day takes, drops the oldest days only when confirmed, and never today', async () => {
  const directory = await tempDir();
  try {
    const warehouse = await migratedWarehouse(`${directory.path}/data`);
    for (const table of ['spans', 'invocations']) await warehouse.command(INSERT, { table });
    await warehouse.close();
    const run = (...args: string[]) => spawnCli(['disk', ...args, '--json'], { cwd: directory.path });
    const kept = async () =>
      z.object({ partitions: Partitions }).parse(JSON.parse((await run()).stdout)).partitions;

    const before = await kept();
    assert.equal(before.length, 6, 'three days of two tables');
    const asked = await run('drop-oldest', '--count', '1');
    assert.equal(asked.exitCode, 1);
    assert.match(asked.stderr, /Nothing was dropped; add --yes to drop 1 partitions/);
    assert.equal((await kept()).length, 6);

    const dropped = await run('drop-oldest', '--count', '100', '--yes');
    assert.equal(dropped.exitCode, 0, dropped.stderr);
    const report = z.object({ dropped: Partitions }).parse(JSON.parse(dropped.stdout));
    const oldest = before.map(({ id }) => id).sort()[0];
    assert.deepEqual(
      report.dropped.slice(0, 2).map(({ table, id }) => [table, id]),
      [
        ['spans', oldest],
        ['invocations', oldest],
      ],
    );
    const today = before
      .map(({ id }) => id)
      .sort()
      .at(-1);
    assert.deepEqual(
      (await kept()).map(({ table, id }) => [table, id]),
      [
        ['invocations', today],
        ['spans', today],
      ],
    );
  } finally {
    await directory.remove();
  }
});

const wrongCalls = [
  { args: ['drop-oldest'], says: /needs either --count N or --until-free SIZE/ },
  { args: ['drop-oldest', '--count', '0'], says: /"0" is not a number from 1/ },
  { args: ['drop-oldest', '--until-free', 'lots'], says: /"lots" is not a size/ },
  { args: ['drop-oldest', '--count', '1', '--table', 'api_keys'], says: /no table "api_keys"/ },
  { args: ['drop-newest'], says: /unknown action "drop-newest"/ },
];
for (const { args, says } of wrongCalls) {
  test(`disk: "${args.join(' ')}" is called wrongly`, async () => {
    const directory = await tempDir();
    const { exitCode, stderr } = await spawnCli(['disk', ...args], { cwd: directory.path });
    await directory.remove();
    assert.match(stderr, says);
    assert.equal(exitCode, 2);
  });
}
