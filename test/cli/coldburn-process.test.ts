import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { type TempDir, tempDir } from '../support/temp-dir.js';
import { type CliOptions, spawnCli } from './support/spawn-cli.js';

let dir: TempDir;
before(async () => {
  dir = await tempDir();
});
after(() => dir.remove());

async function folder(name: string, files: Record<string, string> = {}): Promise<string> {
  const path = join(dir.path, name);
  await mkdir(path);
  for (const [file, text] of Object.entries(files)) await writeFile(join(path, file), text);
  return path;
}

/** Runs it and holds it to what every failure promises: nothing on stdout, and no stack trace. */
async function failure(args: string[], options: CliOptions) {
  const { exitCode, stdout, stderr } = await spawnCli(args, options);
  assert.equal(stdout, '');
  assert.doesNotMatch(stderr, /^\s+at |node:internal|Error:/m);
  return { exitCode, stderr };
}

test('coldburn: config print shows a file, its lines and the environment, and reads back', async () => {
  const cwd = await folder('print', { 'coldburn.yaml': 'listen:\n  http: localhost:9000\n' });
  const { exitCode, stdout, stderr } = await spawnCli(['config', 'print'], {
    cwd,
    env: { COLDBURN_ROLES: 'query' },
  });
  assert.deepEqual({ exitCode, stderr }, { exitCode: 0, stderr: '' });
  assert.match(stdout, /^ {2}http: localhost:9000 +# coldburn\.yaml:2$/m);
  assert.match(stdout, /^roles: \[query\] +# COLDBURN_ROLES$/m);
  assert.match(stdout, /^dataDir: \.\/data +# default$/m);
  await writeFile(join(cwd, 'again.yaml'), stdout);
  const again = await spawnCli(['config', 'check', 'again.yaml'], { cwd });
  assert.deepEqual(again, { exitCode: 0, stdout: 'again.yaml: ok\n', stderr: '' });
});

test('coldburn: config print --json gives value and source of every setting', async () => {
  const cwd = await folder('json');
  const env = { COLDBURN_CLICKHOUSE_URL: 'http://c:1', COLDBURN_CLICKHOUSE_PASSWORD: 'hunter2' };
  const { exitCode, stdout } = await spawnCli(['config', 'print', '--json'], { cwd, env });
  assert.equal(exitCode, 0);
  const settings = JSON.parse(stdout);
  assert.deepEqual(settings['clickhouse.password'], {
    value: '(hidden)',
    source: 'COLDBURN_CLICKHOUSE_PASSWORD',
  });
  assert.deepEqual(settings['telemetry.headers'], { value: {}, source: 'default' });
});

test('coldburn: config schema and config reference print', async () => {
  const cwd = await folder('schema');
  const schema = await spawnCli(['config', 'schema'], { cwd });
  assert.equal(schema.exitCode, 0);
  assert.equal(JSON.parse(schema.stdout).title, 'coldburn.yaml');
  const reference = await spawnCli(['config', 'reference'], { cwd });
  assert.equal(reference.exitCode, 0);
  assert.match(reference.stdout, /`COLDBURN_DATA_DIR`/);
});

test('coldburn: config check tells of every file and every problem', async () => {
  const cwd = await folder('check', { 'good.yaml': '', 'bad.yaml': 'a: 1\nlisten: 5\n' });
  const { exitCode, stdout, stderr } = await spawnCli(
    ['config', 'check', 'nope.yaml', 'good.yaml', 'bad.yaml'],
    { cwd },
  );
  assert.equal(exitCode, 1);
  assert.equal(stdout, 'good.yaml: ok\n');
  assert.equal(
    stderr,
    'cannot read nope.yaml: there is no such file; check the path.\nbad.yaml:1: unknown key "a"; did you mean log?\nbad.yaml:2: listen must be a map of settings, indented below it\n',
  );
});

const failures: {
  name: string;
  args: string[];
  exitCode: number;
  stderr: RegExp;
  env?: Record<string, string>;
  yaml?: string;
}[] = [
  { name: 'no command', args: [], exitCode: 2, stderr: /^Usage: coldburn COMMAND/ },
  {
    name: 'an unknown command',
    args: ['confg'],
    exitCode: 2,
    stderr: /^coldburn: unknown command confg; did you mean config\? .*\n$/,
  },
  {
    name: 'an unknown option',
    args: ['doctor', '--jsn'],
    exitCode: 2,
    stderr: /^coldburn doctor: unknown option --jsn; did you mean --json\?\nUsage: /,
  },
  {
    name: 'an unknown action',
    args: ['config', 'prnt'],
    exitCode: 2,
    stderr: /^coldburn config: unknown action "prnt"; did you mean "print"\?\nUsage: /,
  },
  {
    name: 'no action',
    args: ['config'],
    exitCode: 2,
    stderr: /^coldburn config: say what to do: print, check, reference, schema\n/,
  },
  {
    name: 'a file too many',
    args: ['config', 'print', 'x'],
    exitCode: 2,
    stderr: /^coldburn config: "print" takes no file\n/,
  },
  {
    name: 'no file to check',
    args: ['config', 'check'],
    exitCode: 2,
    stderr: /^coldburn config: "check" needs a file\n/,
  },
  {
    name: 'a file to check that is not there',
    args: ['config', 'check', 'nope.yaml'],
    exitCode: 1,
    stderr: /^cannot read nope\.yaml: there is no such file; check the path\.\n$/,
  },
  {
    name: 'a corrupt file',
    args: ['config', 'print'],
    yaml: 'listen: [',
    exitCode: 1,
    stderr: /^coldburn: the configuration is not valid: coldburn\.yaml:1: [^\n]+\n$/,
  },
  {
    name: 'a corrupt file, to the doctor',
    args: ['doctor'],
    yaml: '\u0000',
    exitCode: 1,
    stderr: /^coldburn: the configuration is not valid: coldburn\.yaml:1: [^\n]+\n$/,
  },
  {
    name: 'several problems',
    args: ['doctor'],
    yaml: 'a: 1',
    env: { COLDBURN_X: '' },
    exitCode: 1,
    stderr: /^coldburn: the configuration has 2 problems:\n {2}coldburn\.yaml:1: .*\n {2}COLDBURN_X: .*\n$/,
  },
  {
    name: 'a named file that is not there',
    args: ['config', 'print'],
    env: { COLDBURN_CONFIG: 'nope' },
    exitCode: 1,
    stderr: /^coldburn: COLDBURN_CONFIG: cannot read nope: there is no such file; check the path\.\n$/,
  },
  {
    name: 'a directory as file',
    args: ['config', 'print'],
    env: { COLDBURN_CONFIG: '/', COLDBURN_LOG_LEVEL: 'debug' },
    exitCode: 1,
    stderr: /^coldburn: COLDBURN_CONFIG: cannot read \/: it is a directory; give the path of a file\.\n$/,
  },
];
for (const { name, args, exitCode, stderr, env = {}, yaml } of failures) {
  test(`coldburn: ${name} is told in words, with exit code ${exitCode} and no stack trace`, async () => {
    const cwd = await folder(
      `failure-${failures.findIndex((one) => one.name === name)}`,
      yaml === undefined ? {} : { 'coldburn.yaml': yaml },
    );
    const result = await failure(args, { cwd, env });
    assert.equal(result.exitCode, exitCode, result.stderr);
    assert.match(result.stderr, stderr);
  });
}

test('coldburn: a directory called coldburn.yaml is told', async () => {
  const cwd = await folder('directory');
  await mkdir(join(cwd, 'coldburn.yaml'));
  const { exitCode, stderr } = await failure(['config', 'print'], { cwd });
  assert.equal(exitCode, 1);
  assert.equal(stderr, 'coldburn: cannot read coldburn.yaml: it is a directory; give the path of a file.\n');
});

test('coldburn: a reader that stops reading is no failure', async () => {
  const door = fileURLToPath(new URL('../../../bin/coldburn.mjs', import.meta.url));
  const child = spawn(process.execPath, [door, 'config', 'schema'], { cwd: await folder('pipe'), env: {} });
  child.stdout.destroy();
  const stderr: string[] = [];
  child.stderr.on('data', (chunk) => stderr.push(String(chunk)));
  const exitCode = await new Promise((resolve) => child.on('close', resolve));
  assert.deepEqual({ exitCode, stderr: stderr.join('') }, { exitCode: 0, stderr: '' });
});

test('coldburn: the printed configuration is YAML with comments only', async () => {
  const { stdout } = await spawnCli(['config', 'print'], { cwd: await folder('yaml') });
  assert.equal(parse(stdout).listen.http, '127.0.0.1:8080');
});
