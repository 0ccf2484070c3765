import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { type TempDir, tempDir } from '../../support/temp-dir.js';
import { spawnCli } from '../support/spawn-cli.js';

let directory: TempDir;
before(async () => {
  directory = await tempDir();
  const slo = (id: string, objective: string, more = '') =>
    `  - { id: ${id}, title: T, sli: { kind: success }, objective: ${objective}${more} }\n`;
  await writeFile(join(directory.path, 'good.yaml'), `slos:\n${slo('good', '99.9%')}`);
  await writeFile(join(directory.path, 'again.yaml'), `slos:\n${slo('good', '99%')}`);
  const composite = '{ kind: composite, of: [{ slo: good }, { slo: gone }] }';
  await writeFile(
    join(directory.path, 'parts.yaml'),
    `slos:\n${slo('parts', '99%').replace('{ kind: success }', composite)}`,
  );
  const dead = ', alerting: { tiers: [{ budget: 20%, long: 1h, short: 5m, severity: page }] }';
  await writeFile(join(directory.path, 'dead.yaml'), `slos:\n${slo('dead', '90%', dead)}`);
});
after(() => directory.remove());

test('slo validate: a good file says when each alert would be heard', async () => {
  const { exitCode, stdout, stderr } = await spawnCli(['slo', 'validate', 'good.yaml'], {
    cwd: directory.path,
  });
  assert.equal(stderr, '');
  assert.equal(exitCode, 0);
  assert.match(stdout, /good: 99\.9 % over the last 30 days.*a total outage spends it in 43m 12s/);
  assert.match(stdout, /page {3}14\.4× over 1h and 5m .*100 % bad: after 52s, ends 4m 56s after the fault/);
});

test('slo validate: every file is judged, ids across files too, and the answer is 1', async () => {
  const files = ['good.yaml', 'again.yaml', 'dead.yaml', 'missing.yaml'];
  const { exitCode, stderr } = await spawnCli(['slo', 'validate', ...files], { cwd: directory.path });
  assert.equal(exitCode, 1);
  assert.match(stderr, /again\.yaml:2: the id "good" is used in good\.yaml already/);
  assert.match(stderr, /dead\.yaml:2: dead, page tier: it can never fire: 144 times a budget of 10 %/);
  assert.match(stderr, /missing\.yaml/);
});

test('slo validate: parts of composites are looked for in all files', async () => {
  const { exitCode, stderr } = await spawnCli(['slo', 'validate', 'good.yaml', 'parts.yaml'], {
    cwd: directory.path,
  });
  assert.equal(exitCode, 1);
  assert.equal(
    stderr.trim(),
    'parts.yaml:2: parts: it names the objective "gone", which does not exist (give all files at once)',
  );
});

test('slo validate --json: the same as data', async () => {
  const { exitCode, stdout } = await spawnCli(['slo', 'validate', '--json', 'good.yaml'], {
    cwd: directory.path,
  });
  assert.equal(exitCode, 0);
  const Told = z.object({
    slos: z.array(z.object({ id: z.string(), tiers: z.array(z.object({ factor: z.number() })) })),
    problems: z.array(z.string()),
  });
  const { slos, problems } = Told.parse(JSON.parse(stdout));
  assert.deepEqual(problems, []);
  assert.deepEqual(
    slos[0]?.tiers.map(({ factor }) => factor),
    [14.4, 6, 1],
  );
});

test('slo: called wrongly it says what there is', async () => {
  const { exitCode, stderr } = await spawnCli(['slo', 'valdate', 'x.yaml'], { cwd: directory.path });
  assert.equal(exitCode, 2);
  assert.match(stderr, /did you mean "validate"/);
});

const backtests = [
  { name: 'without a window', args: ['good.yaml'], says: /"backtest" needs --from and --to/ },
  {
    name: 'of two places at once',
    args: ['good.yaml', '--from', '0', '--to', '1', '--data', '.', '--target', 'http://127.0.0.1:1'],
    says: /give --data or --target, not both/,
  },
  {
    name: 'beside a preset nobody knows',
    args: ['good.yaml', '--from', '0', '--to', '1', '--compare', 'mine'],
    says: /--compare must be one of sre-workbook, pyrra, datadog, simple/,
  },
];
for (const { name, args, says } of backtests)
  test(`slo backtest: refused ${name}`, async () => {
    const { exitCode, stderr } = await spawnCli(['slo', 'backtest', ...args], { cwd: directory.path });
    assert.equal(exitCode, 2);
    assert.match(stderr, says);
  });

test('slo backtest: a directory without data is named, and nothing is made in it', async () => {
  const args = ['good.yaml', '--from', '0', '--to', '60000', '--data', 'empty'];
  const { exitCode, stderr } = await spawnCli(['slo', 'backtest', ...args], { cwd: directory.path });
  assert.equal(exitCode, 1);
  assert.match(stderr, /empty is no data directory of Coldburn/);
});
