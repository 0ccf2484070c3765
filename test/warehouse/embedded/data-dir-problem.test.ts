import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import { dataDirProblem } from '../../../warehouse/embedded/data-dir-problem.js';
import { openEmbedded } from '../../../warehouse/embedded/open-embedded.js';
import { testLimits } from '../../support/embedded-warehouse.js';
import { tempDir } from '../../support/temp-dir.js';

const cases = [
  { code: 'EACCES', says: /may not be written by this user; give the user write access/ },
  { code: 'EROFS', says: /read-only file system; mount it writable/ },
  { code: 'ENOTDIR', says: /is not a directory; remove the file/ },
  { code: 'ENOSPC', says: /full disk; free some space/ },
  { code: 'EIO', says: /cannot be used \(EIO: trouble\); check it/ },
];
for (const { code, says } of cases) {
  test(`dataDirProblem: ${code} is one sentence with the directory and the way out`, () => {
    const error = dataDirProblem(Object.assign(new Error(`${code}: trouble`), { code }), '/var/lib/coldburn');
    assert.equal(error.name, 'StartupError');
    assert.match(error.message, says);
    assert.match(error.message, /^The data directory \/var\/lib\/coldburn .* COLDBURN_DATA_DIR\.$/);
  });
}

/** Root may write anywhere, so for the length of `work` it is nobody. */
async function asOrdinaryUser(work: () => Promise<void>): Promise<void> {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(65534);
  try {
    await work();
  } finally {
    process.seteuid?.(0);
  }
}

test('openEmbedded: a directory that may not be written is one sentence', async () => {
  const dir = await tempDir();
  await chmod(dir.path, 0o500);
  const options = { database: 'coldburn', limits: testLimits, newId: randomUUID, now: () => new Date() };
  await asOrdinaryUser(() =>
    assert.rejects(openEmbedded({ ...options, dataDir: join(dir.path, 'data') }), {
      name: 'StartupError',
      message: /^The data directory .* may not be written by this user; .*\.$/,
    }),
  );
  await chmod(dir.path, 0o700);
  await dir.remove();
});
