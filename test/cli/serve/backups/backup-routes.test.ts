import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BackupBookDeps, createBackupBook } from '../../../../cli/serve/backups/backup-book.js';
import { backupRoutes } from '../../../../cli/serve/backups/backup-routes.js';
import { createApp } from '../../../../http/create-app.js';
import { Tenant } from '../../../../schemas/access.js';
import { BackupRun, BackupRuns } from '../../../../schemas/backup-run.js';
import { waitUntil } from '../../../support/wait-until.js';

async function fixture(write: BackupBookDeps['write']) {
  let tenant = 'default';
  let made = 0;
  const failures: unknown[] = [];
  const book = createBackupBook({
    write,
    placeOf: (at, id) => `/backups/${at.toISOString()}-${id}`,
    onFailure: (error) => failures.push(error),
    now: () => new Date('2026-11-20T12:00:00Z'),
    newId: () => `id-${++made}`,
  });
  const app = createApp({
    newId: () => 'id',
    logger: false,
    authenticate: async () => ({ tenant: Tenant.parse(tenant), role: 'admin', keyId: 'k' }),
  });
  await backupRoutes(book)(app);
  const call = async (method: 'GET' | 'POST', as = 'default') => {
    tenant = as;
    return await app.inject({ method, url: '/api/v1/backups' });
  };
  const latest = async () => BackupRuns.parse((await call('GET')).json()).backups[0];
  return { book, call, latest, failures };
}

test('backups: one at a time; progress and end can be seen', async () => {
  let end = () => {};
  const { call, latest } = await fixture(async (directory, id, onProgress) => {
    assert.equal(directory, `/backups/2026-11-20T12:00:00.000Z-${id}`);
    onProgress({ table: 'a', files: 1, rows: 10 });
    onProgress({ table: 'a', files: 2, rows: 20 });
    onProgress({ table: 'b', files: 1, rows: 5 });
    await new Promise<void>((resolve) => {
      end = resolve;
    });
  });
  const first = await call('POST');
  assert.equal(first.statusCode, 202);
  assert.equal(BackupRun.parse((await call('POST')).json()).id, 'id-1', 'the one under way');
  const { state, tables, files, rows } = (await latest()) ?? {};
  assert.deepEqual({ state, tables, files, rows }, { state: 'running', tables: 2, files: 3, rows: 25 });
  end();
  await waitUntil('it is done', async () => (await latest())?.state === 'done');
  assert.equal((await latest())?.endedAt, '2026-11-20T12:00:00.000Z');
  assert.equal(BackupRun.parse((await call('POST')).json()).id, 'id-2');
  end();
});

test('backups: a failure keeps its sentence, and a stop waits until the one under way has cleared up', async () => {
  const failing = await fixture(async () => {
    throw new Error('The disk is full.');
  });
  await failing.call('POST');
  await waitUntil('it has failed', async () => (await failing.latest())?.state === 'failed');
  assert.equal((await failing.latest())?.error, 'The disk is full.');
  assert.equal(failing.failures.length, 1);

  let cleared = false;
  const stopped = await fixture(async (_directory, _id, _onProgress, signal) => {
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    cleared = true;
    throw signal.reason;
  });
  await stopped.call('POST');
  await stopped.book.stop();
  assert.ok(cleared);
  assert.match((await stopped.latest())?.error ?? '', /The server stopped before the backup was whole/);
});

test('backups: they hold every tenant, so the admin of another tenant may not ask', async () => {
  const { call } = await fixture(async () => undefined);
  for (const method of ['GET', 'POST'] as const) {
    const answer = await call(method, 'acme');
    assert.equal(answer.statusCode, 403);
    assert.match(answer.body, /admin key of the tenant .*default/);
  }
});
