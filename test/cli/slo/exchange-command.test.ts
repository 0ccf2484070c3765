import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type TempDir, tempDir } from '../../support/temp-dir.js';
import { spawnCli } from '../support/spawn-cli.js';

const fixture = (name: string) =>
  fileURLToPath(new URL(`../../../../test/fixtures/slo-import/${name}`, import.meta.url));

let directory: TempDir;
before(async () => {
  directory = await tempDir();
});
after(() => directory.remove());

test('slo import --out: files that validate, and a report of what was lost', async () => {
  const out = join(directory.path, 'slos');
  const files = ['sloth-k8s.yaml', 'openslo-v2alpha.yaml'].map(fixture);
  const imported = await spawnCli(['slo', 'import', ...files, '--out', out], { cwd: directory.path });
  assert.equal(imported.exitCode, 0, imported.stderr);
  assert.match(
    imported.stdout,
    /sloth-k8s\.yaml:1: Sloth sloth\.slok\.dev\/v1 PrometheusServiceLevel "mail"\n {2}became mail-sent/,
  );
  assert.match(imported.stdout, /RatioTimeslices/);
  assert.deepEqual((await readdir(out)).sort(), ['openslo-v2alpha.yaml', 'sloth-k8s.yaml']);
  const made = ['openslo-v2alpha.yaml', 'sloth-k8s.yaml'].map((name) => join(out, name));
  assert.equal((await spawnCli(['slo', 'validate', ...made], { cwd: directory.path })).exitCode, 0);
  const again = await spawnCli(['slo', 'import', ...files, '--out', out], { cwd: directory.path });
  assert.equal(again.exitCode, 1);
  assert.match(again.stderr, /is there already and is not overwritten/);
});

test('slo import: without --out the objectives are printed; what is not taken over is answered with 1', async () => {
  const { exitCode, stdout, stderr } = await spawnCli(['slo', 'import', fixture('sloth.yaml')], {
    cwd: directory.path,
  });
  assert.equal(exitCode, 1);
  assert.match(stdout, /^slos:\n {2}- /);
  assert.match(stderr, /not taken over\n {4}the query is made by the plugin/);
});

test('slo export --openslo, and back', async () => {
  const ours = join(directory.path, 'ours.yaml');
  await writeFile(
    ours,
    'slos:\n  - { id: pay, title: Pay, sli: { kind: success }, objective: 99.9%, owner: ann }\n',
  );
  const exported = await spawnCli(['slo', 'export', '--openslo', ours], { cwd: directory.path });
  assert.equal(exported.exitCode, 0, exported.stderr);
  const open = join(directory.path, 'open.yaml');
  await writeFile(open, exported.stdout);
  const out = join(directory.path, 'back');
  assert.equal((await spawnCli(['slo', 'import', open, '--out', out], { cwd: directory.path })).exitCode, 0);
  const again = await spawnCli(['slo', 'export', '--openslo', join(out, 'open.yaml')], {
    cwd: directory.path,
  });
  assert.equal(again.stdout, exported.stdout);
  assert.match(await readFile(join(out, 'open.yaml'), 'utf8'), /owner: ann/);
});

for (const { args, says } of [
  { args: ['export'], says: /needs --openslo/ },
  { args: ['import'], says: /needs a file/ },
  { args: ['compliance'], says: /needs one id/ },
]) {
  test(`slo ${args.join(' ')}: called wrongly`, async () => {
    const { exitCode, stderr } = await spawnCli(['slo', ...args], { cwd: directory.path });
    assert.equal(exitCode, 2);
    assert.match(stderr, says);
  });
}

test('slo compliance: no server is a sentence', async () => {
  const args = ['slo', 'compliance', 'pay', '--target', 'http://127.0.0.1:9'];
  const { exitCode, stderr } = await spawnCli(args, { cwd: directory.path });
  assert.equal(exitCode, 1);
  assert.match(stderr, /No Coldburn answers at http:\/\/127\.0\.0\.1:9/);
});
