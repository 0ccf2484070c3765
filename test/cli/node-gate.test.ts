import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { z } from 'zod';
import { nodeVerdict } from '../../cli/doctor/verdicts/node-version.js';
import { spawnCli } from './support/spawn-cli.js';

const root = new URL('../../../', import.meta.url);

function pretending(version: string): string[] {
  const code = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`;
  return ['--import', `data:text/javascript,${encodeURIComponent(code)}`];
}

for (const version of ['12.22.0', '18.20.8', '20.18.3']) {
  test(`node gate: Node ${version} gets one sentence and exit code 1`, async () => {
    const result = await spawnCli(['--version'], { cwd: tmpdir(), nodeArgs: pretending(version) });
    assert.equal(result.exitCode, 1);
    assert.equal(result.stdout, '');
    assert.equal(
      result.stderr,
      `coldburn: needs Node 20.19 or newer, this is ${version}. Install a current Node (https://nodejs.org) and run it again.\n`,
    );
  });
}

for (const version of ['20.19.0', '22.0.0', '24.1.0']) {
  test(`node gate: Node ${version} comes in`, async () => {
    const result = await spawnCli(['--version'], { cwd: tmpdir(), nodeArgs: pretending(version) });
    assert.deepEqual({ ...result, stdout: 'version' }, { exitCode: 0, stdout: 'version', stderr: '' });
    assert.match(result.stdout, /^\d+\.\d+\.\d+\n$/);
  });
}

test('node gate: the door holds no syntax that an old Node cannot parse', async () => {
  const source = await readFile(new URL('bin/coldburn.mjs', root), 'utf8');
  const code = source.replace(/^#!.*|\/\/.*$/gm, '').replace(/`[^`]*`/g, '""');
  assert.doesNotMatch(code, /\?\.|\?\?|\bawait\b|^\s*(import|export)\s+[^(]|#\w+\b/m);
});

test('node gate: package.json, the door and the doctor name the same oldest version', async () => {
  const text = await readFile(new URL('package.json', root), 'utf8');
  const { engines } = z.object({ engines: z.object({ node: z.string() }) }).parse(JSON.parse(text));
  assert.equal(engines.node, '>=20.19.0');
  assert.equal(nodeVerdict('20.18.9').status, 'fail');
  assert.equal(nodeVerdict('18.99.0').status, 'fail');
  assert.equal(nodeVerdict('20.19.0').status, 'ok');
  assert.equal(nodeVerdict('24.0.0').status, 'ok');
});
