import assert from 'node:assert/strict';
import { test } from 'node:test';
import { examine, type Machine } from '../../../cli/doctor/examine.js';
import { parseConfig } from '../../../schemas/config/parse-config.js';

/** A machine in order, which writes down what it is asked. */
function machine(more: Partial<Machine> = {}): { machine: Machine; asked: string[] } {
  const asked: string[] = [];
  const healthy: Machine = {
    nodeVersion: '22.0.0',
    port: async ({ port }) => {
      asked.push(`port ${port}`);
      return { kind: 'free' };
    },
    dataDir: async (path) => ({
      path,
      state: 'directory',
      writeError: null,
      space: { freeBytes: 2 ** 40, totalBytes: 2 ** 41 },
      fileSystemType: null,
    }),
    holder: async () => null,
    clock: async () => ({ nowMs: Date.UTC(2026, 0, 1), driftMs: 0, watchedMs: 250 }),
    memory: () => ({ machineBytes: 2 ** 34, containerBytes: null, engineBytes: 2 ** 33, engineIsAuto: true }),
    openFiles: async () => null,
    platform: () => ({ platform: 'linux', arch: 'x64', libc: 'glibc' }),
    engine: async () => {
      asked.push('engine');
      return { kind: 'answers', version: '26.7' };
    },
    server: async () => {
      asked.push('server');
      return { kind: 'unreachable', reason: 'down' };
    },
  };
  return { machine: { ...healthy, ...more }, asked };
}

function config(env: Record<string, string> = {}) {
  const parsed = parseConfig({ yamlText: null, yamlPath: 'c.yaml', env });
  assert.ok(parsed.kind === 'ok');
  return parsed.config;
}

test('examine: everything in order is ok, three ports and the engine asked', async () => {
  const { machine: healthy, asked } = machine();
  const checks = await examine(config(), healthy);
  assert.deepEqual(
    checks.filter(({ status }) => status !== 'ok'),
    [],
  );
  assert.deepEqual(asked, ['port 8080', 'port 4318', 'port 4317', 'engine']);
});

test('examine: without the ingest role its ports do not matter', async () => {
  const { machine: healthy, asked } = machine();
  await examine(config({ COLDBURN_ROLES: 'query' }), healthy);
  assert.deepEqual(asked, ['port 8080', 'engine']);
});

test('examine: with a server the embedded engine and its memory do not matter', async () => {
  const { machine: healthy, asked } = machine();
  const checks = await examine(config({ COLDBURN_CLICKHOUSE_URL: 'http://c:1' }), healthy);
  assert.deepEqual(asked.slice(3), ['server']);
  assert.deepEqual(
    checks.map(({ name }) => name).filter((name) => /memory|engine/.test(name)),
    [],
  );
  assert.deepEqual(
    checks.filter(({ status }) => status === 'fail').map(({ says }) => says),
    ['down'],
  );
});

test('examine: where the engine cannot run it is not tried', async () => {
  const { machine: alpine, asked } = machine({
    platform: () => ({ platform: 'linux', arch: 'x64', libc: 'musl' }),
  });
  const checks = await examine(config(), alpine);
  assert.ok(!asked.includes('engine'));
  assert.equal(checks.at(-1)?.status, 'fail');
});
