import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { BacktestAnswer } from '../../../schemas/alerting/backtest.js';
import { insertInvocations } from '../../support/insert-invocations.js';
import { migratedWarehouse } from '../../support/migrated-warehouse.js';
import { repositoryRoot } from '../../support/repository-root.js';
import { startServing } from '../../support/serving-program.js';
import { tempDir } from '../../support/temp-dir.js';
import { spawnCli } from '../support/spawn-cli.js';

const minuteMs = 60_000;
const startMs = Math.floor(Date.now() / minuteMs) * minuteMs - 5 * 60 * minuteMs;
const file = `
slos:
  - id: checkout
    title: Checkout
    where: { function: checkout }
    sli: { kind: success }
    objective: 99.5%
`;
let directory: Awaited<ReturnType<typeof tempDir>>;
let data: string;
const asked = () => [
  'slo',
  'backtest',
  'slos.yaml',
  '--from',
  new Date(startMs).toISOString(),
  '--to',
  new Date(startMs + 240 * minuteMs).toISOString(),
];

before(async () => {
  directory = await tempDir();
  data = join(directory.path, 'data');
  await writeFile(join(directory.path, 'slos.yaml'), file);
  const warehouse = await migratedWarehouse(data);
  // Four calls a minute; all of them fail for ten minutes.
  await insertInvocations(
    warehouse,
    Array.from({ length: 4 * 240 }, (_, index) => {
      const minute = Math.floor(index / 4);
      const outcome = minute >= 100 && minute < 110 ? ('error' as const) : ('ok' as const);
      return { function: 'checkout', startedAt: new Date(startMs + minute * minuteMs + index), outcome };
    }),
  );
  await warehouse.close();
});
after(async () => await directory.remove());

test('slo backtest: a file over a data directory and over a running server, with a second policy beside it', async () => {
  const cwd = directory.path;
  const read = (stdout: string) => z.array(BacktestAnswer).parse(JSON.parse(stdout));
  const offline = await spawnCli([...asked(), '--data', data, '--json'], { cwd });
  assert.equal(offline.exitCode, 0, offline.stderr);
  const [played] = read(offline.stdout);
  assert.deepEqual([played?.budget.total, played?.budget.bad], [960, 40]);
  assert.equal(played?.summary.pages, 1);
  const program = await startServing(join(repositoryRoot, 'bin/coldburn.mjs'), cwd, 60_000, {
    COLDBURN_DATA_DIR: data,
  });
  try {
    const held = await spawnCli([...asked(), '--data', data], { cwd });
    assert.equal(held.exitCode, 1, 'a server has the directory open');
    const target = program.urls.get('http') ?? '';
    const online = await spawnCli([...asked(), '--target', target, '--json'], { cwd });
    assert.deepEqual(read(online.stdout), [played], online.stderr);
    const shown = await spawnCli([...asked(), '--target', target, '--compare', 'simple'], { cwd });
    assert.equal(shown.exitCode, 0, shown.stderr);
    assert.match(shown.stdout, /^checkout, .* \(counted from the rollups\): 40 of 960 bad/);
    assert.match(shown.stdout, /\n {22}as defined +simple\n {2}pages +1 +\d+\n/);
    assert.match(shown.stdout, /told after \(median\) +\d+ min/);
  } finally {
    await program.kill();
  }
});
