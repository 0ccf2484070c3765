import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLifecycle } from '../../../cli/serve/lifecycle.js';

const never = () => new Promise<void>(() => {});

test('lifecycle: parts stop in reverse order, once, with what is left of the budget', async () => {
  let now = 0;
  const log: string[] = [];
  const lifecycle = createLifecycle({
    nowMs: () => now,
    wait: never,
    onStopped: (name) => log.push(`stopped ${name}`),
  });
  for (const name of ['warehouse', 'ingest', 'web']) {
    await lifecycle.start(
      name,
      () => name,
      async (part, remainingMs) => {
        log.push(`${part} has ${remainingMs}`);
        now += 30;
      },
    );
  }
  const [first, second] = await Promise.all([lifecycle.stopAll(50), lifecycle.stopAll(50)]);
  assert.deepEqual(first, []);
  assert.equal(first, second);
  assert.deepEqual(log, [
    'web has 50',
    'stopped web',
    'ingest has 20',
    'stopped ingest',
    'warehouse has 0',
    'stopped warehouse',
  ]);
});

test('lifecycle: a part that fails to stop is named and does not keep the others running', async () => {
  const stopped: string[] = [];
  const lifecycle = createLifecycle({ nowMs: () => 0, wait: never, onStopped: (name) => stopped.push(name) });
  await lifecycle.start(
    'warehouse',
    () => 1,
    async () => {},
  );
  await lifecycle.start(
    'ingest',
    () => 2,
    async () => {
      throw new Error('disk gone');
    },
  );
  assert.deepEqual(await lifecycle.stopAll(1000), ['ingest: disk gone']);
  assert.deepEqual(stopped, ['warehouse']);
});

test('lifecycle: a part that fails to start leaves those before it to be stopped', async () => {
  const stopped: string[] = [];
  const lifecycle = createLifecycle({ nowMs: () => 0, wait: never, onStopped: (name) => stopped.push(name) });
  await lifecycle.start(
    'warehouse',
    () => 1,
    async () => {},
  );
  await assert.rejects(
    lifecycle.start(
      'web',
      () => Promise.reject(new Error('port taken')),
      async () => {},
    ),
    /port taken/,
  );
  await lifecycle.stopAll(1000);
  assert.deepEqual(stopped, ['warehouse']);
});

test('lifecycle: a part that hangs is left behind when its time is up, and the others still stop', async () => {
  const waits: number[] = [];
  const stopped: string[] = [];
  const lifecycle = createLifecycle({
    nowMs: () => 0,
    wait: async (ms) => {
      waits.push(ms);
    },
    onStopped: (name) => stopped.push(name),
  });
  await lifecycle.start(
    'warehouse',
    () => 1,
    () => new Promise(() => {}),
  );
  assert.deepEqual(await lifecycle.stopAll(8_000), ['warehouse: did not stop in time; it is left behind']);
  assert.deepEqual(waits, [8_000]);
  assert.deepEqual(stopped, []);
});
