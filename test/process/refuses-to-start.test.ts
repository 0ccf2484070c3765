import assert from 'node:assert/strict';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { after, test } from 'node:test';
import { spawnCli } from '../cli/support/spawn-cli.js';
import { startEndpoint } from '../support/clickhouse-endpoint/start-endpoint.js';
import { tempDir } from '../support/temp-dir.js';

const anyPort = {
  COLDBURN_HTTP: '127.0.0.1:0',
  COLDBURN_OTLP_HTTP: '127.0.0.1:0',
  COLDBURN_OTLP_GRPC: '127.0.0.1:0',
};

const occupied = createServer();
await new Promise<void>((resolve) => occupied.listen(0, '127.0.0.1', resolve));
const takenPort = (occupied.address() as AddressInfo).port;
after(() => occupied.close());

type Case = {
  name: string;
  env?: Record<string, string>;
  args?: readonly string[];
  prepare?: (directory: string) => Promise<void>;
  says: RegExp;
};

/** Root may write anywhere, except where the kernel itself keeps the directory. */
const unwritable = process.getuid?.() === 0 ? '/sys/coldburn' : 'locked/data';

const cases: readonly Case[] = [
  {
    name: 'its web port is taken',
    env: { COLDBURN_HTTP: `127.0.0.1:${takenPort}` },
    says: /127\.0\.0\.1:\d+ is already in use by another program: stop it, or set COLDBURN_HTTP to another/,
  },
  {
    name: 'its OTLP port is taken',
    env: { COLDBURN_OTLP_HTTP: `127.0.0.1:${takenPort}` },
    says: /127\.0\.0\.1:\d+ is already in use by another program: stop it, or set COLDBURN_OTLP_HTTP to another/,
  },
  {
    name: 'its gRPC port is taken',
    env: { COLDBURN_OTLP_GRPC: `127.0.0.1:${takenPort}` },
    says: /127\.0\.0\.1:\d+ is already in use by another program: stop it, or set COLDBURN_OTLP_GRPC to another/,
  },
  {
    name: 'its gRPC port is open to others and there is no key',
    env: { COLDBURN_OTLP_GRPC: '0.0.0.0:0' },
    says: /0\.0\.0\.0 \(COLDBURN_OTLP_GRPC\)/,
  },
  {
    name: 'its data directory is read-only',
    env: { COLDBURN_DATA_DIR: unwritable },
    prepare: async (directory) => {
      await mkdir(join(directory, 'locked'));
      await chmod(join(directory, 'locked'), 0o555);
    },
    says: /data directory .* (COLDBURN_DATA_DIR)/,
  },
  {
    name: 'its data directory is a file',
    prepare: (directory) => writeFile(join(directory, 'data'), ''),
    says: /data directory .* COLDBURN_DATA_DIR/,
  },
  {
    name: 'the disk is full',
    prepare: async (directory) => {
      await mkdir(join(directory, 'data'));
      // Every write to this device fails as on a full disk.
      await symlink('/dev/full', join(directory, 'data', 'engine.xml'));
    },
    says: /(disk|no space|full)/i,
  },
  {
    name: 'the configuration is not YAML',
    prepare: (directory) => writeFile(join(directory, 'coldburn.yaml'), 'listen: [unclosed'),
    says: /the configuration is not valid: .*coldburn\.yaml/,
  },
  {
    name: 'the configuration has an unknown key',
    prepare: (directory) => writeFile(join(directory, 'coldburn.yaml'), 'dataDirr: ./x\n'),
    says: /coldburn\.yaml:1.*dataDirr.*dataDir/,
  },
  {
    name: 'an environment variable is misspelt',
    env: { COLDBURN_HTPP: '127.0.0.1:1' },
    says: /COLDBURN_HTPP.*COLDBURN_HTTP/,
  },
  {
    name: 'ClickHouse is down',
    env: { COLDBURN_CLICKHOUSE_URL: 'http://127.0.0.1:1' },
    says: /ClickHouse at http:\/\/127\.0\.0\.1:1\S* cannot be reached.*check COLDBURN_CLICKHOUSE_URL/,
  },
  {
    name: 'it would be open to the network without keys',
    env: { COLDBURN_HTTP: '0.0.0.0:0' },
    says: /there are no API keys.*token create/,
  },
];

for (const { name, env = {}, prepare, says } of cases) {
  test(`serve: when ${name}, it says so in one sentence and exits with 1`, async () => {
    const directory = await tempDir();
    await prepare?.(directory.path);
    const { exitCode, stdout, stderr } = await spawnCli(['serve'], {
      cwd: directory.path,
      env: { ...anyPort, ...env },
    });
    await chmod(join(directory.path, 'locked'), 0o755).catch(() => {});
    await directory.remove();
    assert.match(stderr, says);
    assert.equal(stderr.trimEnd().split('\n').length, 1, stderr);
    assert.doesNotMatch(`${stdout}${stderr}`, /^\s+at /m, 'no stack trace');
    assert.equal(exitCode, 1);
  });
}

test('serve: when the ClickHouse password is wrong, it says so in one sentence and exits with 1', async () => {
  const directory = await tempDir();
  const endpoint = await startEndpoint();
  const { exitCode, stderr } = await spawnCli(['serve'], {
    cwd: directory.path,
    env: { ...anyPort, COLDBURN_CLICKHOUSE_URL: endpoint.url, COLDBURN_CLICKHOUSE_PASSWORD: 'wrong' },
  });
  await endpoint.stop();
  await directory.remove();
  assert.match(stderr, /refused the user name or password; check COLDBURN_CLICKHOUSE_USER/);
  assert.doesNotMatch(stderr, /^\s+at /m);
  assert.doesNotMatch(stderr, /wrong/, 'the password is not repeated');
  assert.equal(exitCode, 1);
});
