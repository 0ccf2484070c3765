import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openSessionSecret } from '../../../access/session/session-secret.js';
import { StartupError } from '../../../schemas/startup-error.js';

async function inTempDir(run: (directory: string) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'coldburn-secret-'));
  try {
    await run(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

test('session secret: made once, the same at the next start, readable by its owner only', () =>
  inTempDir(async (directory) => {
    const path = join(directory, 'new', 'session-secret');
    const first = await openSessionSecret(path, randomBytes);
    assert.equal(first.length, 32);
    assert.deepEqual(await openSessionSecret(path, randomBytes), first);
    assert.equal((await stat(path)).mode & 0o777, 0o600);
  }));

test('session secret: processes that start at once agree, and leave no drafts', () =>
  inTempDir(async (directory) => {
    const path = join(directory, 'session-secret');
    const secrets = await Promise.all(Array.from({ length: 8 }, () => openSessionSecret(path, randomBytes)));
    assert.equal(new Set(secrets.map((secret) => secret.toString('hex'))).size, 1);
    assert.deepEqual(await readdir(directory), ['session-secret']);
  }));

test('session secret: a truncated file is refused with a sentence', () =>
  inTempDir(async (directory) => {
    const path = join(directory, 'session-secret');
    await writeFile(path, 'short');
    await assert.rejects(openSessionSecret(path, randomBytes), (error) => {
      assert.ok(error instanceof StartupError);
      assert.ok(error.message.includes(path) && error.message.includes('too short'));
      return true;
    });
  }));

test('session secret: a place that cannot hold a file is refused with a sentence', () =>
  inTempDir(async (directory) => {
    const file = join(directory, 'file');
    await writeFile(file, '');
    await assert.rejects(openSessionSecret(join(file, 'session-secret'), randomBytes), StartupError);
  }));
