import assert from 'node:assert/strict';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { loadConfig, problemsText } from '../../cli/load-config.js';
import { fileProblem, readTextFile } from '../../cli/read-text-file.js';
import { StartupError } from '../../schemas/startup-error.js';
import { type TempDir, tempDir } from '../support/temp-dir.js';

let dir: TempDir;
before(async () => {
  dir = await tempDir();
});
after(() => dir.remove());

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(dir.path, name);
  await writeFile(path, content);
  return path;
}

async function refusal(path: string): Promise<string> {
  try {
    await loadConfig({ COLDBURN_CONFIG: path });
  } catch (error) {
    assert.ok(error instanceof StartupError, String(error));
    return error.message;
  }
  return assert.fail('it was loaded');
}

test('loadConfig: reads the file COLDBURN_CONFIG names and looks secrets up beside it', async () => {
  await file('password', 'hunter2\n');
  const path = await file('c.yaml', 'clickhouse: {url: "http://c:1", password: {file: password}}\n');
  const loaded = await loadConfig({ COLDBURN_CONFIG: path, COLDBURN_LOG_LEVEL: 'warn' });
  assert.equal(loaded.path, path);
  assert.equal(loaded.config.clickhouse.password?.reveal(), 'hunter2');
  assert.equal(loaded.config.log.level, 'warn');
});

test('loadConfig: a secret file that is missing is a sentence', async () => {
  const path = await file('d.yaml', 'clickhouse: {password: {file: nowhere}}\n');
  assert.equal(
    await refusal(path),
    `the configuration is not valid: ${path}:1: clickhouse.password points at nowhere, which cannot be read: there is no such file; check the path`,
  );
});

test('loadConfig: a named file that is missing, a directory, a circle, below a file or not text is a sentence', async () => {
  const at = (name: string) => join(dir.path, name);
  await mkdir(at('folder'));
  await symlink('circle', at('circle'));
  await file('plain', '');
  await file('latin1.yaml', Uint8Array.of(0x64, 0xe9, 0x0a));
  const reasons = {
    missing: 'there is no such file; check the path',
    folder: 'it is a directory; give the path of a file',
    circle: 'its symbolic links go round in a circle; check where they point',
    'plain/below': 'part of the path is not a directory; check the path',
    'latin1.yaml': 'it is not UTF-8 text; save it as UTF-8',
  };
  for (const [name, reason] of Object.entries(reasons)) {
    assert.equal(await refusal(at(name)), `COLDBURN_CONFIG: cannot read ${at(name)}: ${reason}.`);
  }
});

test('fileProblem: a file this user may not read, and what nobody foresaw', () => {
  const denied = Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
  assert.equal(fileProblem(denied), 'this user may not read it; change its permissions or run as its owner');
  assert.equal(fileProblem(new Error('odd')), 'odd');
});

test('readTextFile: an empty file is an empty text', async () => {
  assert.equal(await readTextFile(await file('empty', '')), '');
});

test('problemsText: one problem is one line, several are a list', () => {
  const one = { where: 'c.yaml:1', says: 'a' };
  assert.equal(problemsText([one]), 'the configuration is not valid: c.yaml:1: a');
  assert.equal(
    problemsText([one, { where: 'COLDBURN_X', says: 'b' }]),
    'the configuration has 2 problems:\n  c.yaml:1: a\n  COLDBURN_X: b',
  );
});
