import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { openEmbedded } from '../../../warehouse/embedded/open-embedded.js';
import { startEndpoint } from '../../support/clickhouse-endpoint/start-endpoint.js';
import { testLimits } from '../../support/embedded-warehouse.js';
import { type TempDir, tempDir } from '../../support/temp-dir.js';
import { spawnCli } from '../support/spawn-cli.js';

let dir: TempDir;
before(async () => {
  dir = await tempDir();
});
after(() => dir.remove());

const Report = z.object({
  status: z.enum(['ok', 'warn', 'fail']),
  settings: z.record(z.string(), z.object({ value: z.unknown(), source: z.string() })),
  checks: z.array(
    z.object({ name: z.string(), status: z.string(), says: z.string(), do: z.string().nullable() }),
  ),
});

const anyPort = {
  COLDBURN_HTTP: '127.0.0.1:0',
  COLDBURN_OTLP_HTTP: '127.0.0.1:0',
  COLDBURN_OTLP_GRPC: '127.0.0.1:0',
};

async function doctor(name: string, env: Record<string, string>) {
  const cwd = join(dir.path, name);
  await mkdir(cwd, { recursive: true });
  const { exitCode, stdout, stderr } = await spawnCli(['doctor', '--json'], {
    cwd,
    env: { ...anyPort, ...env },
  });
  assert.equal(stderr, '');
  const report = Report.parse(JSON.parse(stdout));
  const check = (wanted: string) => report.checks.find((one) => one.name === wanted);
  return { exitCode, report, check, cwd };
}

test('doctor: an empty folder with the embedded engine has no failure, and stays empty', async () => {
  const { exitCode, report, check, cwd } = await doctor('embedded', {});
  assert.equal(exitCode, 0, JSON.stringify(report.checks));
  assert.notEqual(report.status, 'fail');
  assert.deepEqual(report.settings['listen.http'], { value: '127.0.0.1:0', source: 'COLDBURN_HTTP' });
  assert.match(check('embedded engine')?.says ?? '', /^ClickHouse \d+\.\d+\.\S+ runs in this process$/);
  assert.match(check('data directory')?.says ?? '', /will be created$/);
  assert.deepEqual(await readdir(cwd), []);
});

test('doctor: for people it prints the settings, then one line a check', async () => {
  const cwd = join(dir.path, 'people');
  await mkdir(cwd);
  const { exitCode, stdout } = await spawnCli(['doctor'], { cwd, env: anyPort });
  assert.equal(exitCode, 0, stdout);
  assert.match(stdout, /^ {2}http: 127\.0\.0\.1:0 +# COLDBURN_HTTP$/m);
  assert.match(stdout, /^ok {4}listen\.http: 127\.0\.0\.1:0: a free port will be picked$/m);
});

test('doctor: a data directory in use warns with the process that has it, and is left alone', async () => {
  const dataDir = join(dir.path, 'held');
  const now = () => new Date();
  const warehouse = await openEmbedded({
    dataDir,
    database: 'coldburn',
    limits: testLimits,
    newId: randomUUID,
    now,
  });
  try {
    const { exitCode, check } = await doctor('held-by-us', { COLDBURN_DATA_DIR: dataDir });
    assert.equal(exitCode, 0);
    assert.equal(check('data directory holder')?.status, 'warn');
    assert.match(check('data directory holder')?.says ?? '', new RegExp(`in use by process ${process.pid} `));
    assert.equal(check('embedded engine')?.status, 'ok');
  } finally {
    await warehouse.close();
  }
});

test('doctor: a data directory that cannot be one fails with exit code 1 and a remedy', async () => {
  const path = join(dir.path, 'a-file');
  await writeFile(path, '');
  const { exitCode, check } = await doctor('impossible', { COLDBURN_DATA_DIR: path });
  assert.equal(exitCode, 1);
  assert.equal(check('data directory')?.says, `${path} is not a directory`);
  assert.match(check('data directory')?.do ?? '', /COLDBURN_DATA_DIR/);
});

test('doctor: a ClickHouse server in order is examined instead of the embedded engine', async () => {
  const endpoint = await startEndpoint();
  try {
    const env = {
      COLDBURN_CLICKHOUSE_URL: endpoint.url,
      COLDBURN_CLICKHOUSE_PASSWORD: endpoint.password,
      COLDBURN_CLICKHOUSE_DATABASE: 'default',
    };
    const { exitCode, report, check } = await doctor('server', env);
    assert.equal(exitCode, 0, JSON.stringify(report.checks));
    assert.equal(check('ClickHouse')?.status, 'ok');
    assert.equal(check('ClickHouse rights')?.status, 'ok');
    assert.equal(check('embedded engine'), undefined);
    assert.ok(!JSON.stringify(report).includes(endpoint.password));
    const wrong = await doctor('wrong-password', { ...env, COLDBURN_CLICKHOUSE_PASSWORD: 'hunter2' });
    assert.equal(wrong.exitCode, 1);
    assert.equal(wrong.check('ClickHouse')?.status, 'fail');
    assert.ok(!JSON.stringify(wrong.report).includes('hunter2'));
  } finally {
    await endpoint.stop();
  }
});

test('doctor: a ClickHouse server that is down fails with exit code 1 and a remedy', async () => {
  const { exitCode, check } = await doctor('down', { COLDBURN_CLICKHOUSE_URL: 'http://127.0.0.1:1' });
  assert.equal(exitCode, 1);
  assert.equal(check('ClickHouse')?.status, 'fail');
  assert.match(check('ClickHouse')?.do ?? '', /clickhouse\.url/);
});
