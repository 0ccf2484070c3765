import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { repositoryRoot } from '../support/repository-root.js';
import { type ServingProgram, startServing } from '../support/serving-program.js';
import { type TempDir, tempDir } from '../support/temp-dir.js';
import { waitUntil } from '../support/wait-until.js';
import { compareTables } from './support/crash/compare-tables.js';
import { type CrashPlace, openCrashPlace } from './support/crash/crash-places.js';
import { isDrained } from './support/crash/is-drained.js';
import { startSenders, type Target } from './support/crash/persistent-senders.js';
import { portsOf } from './support/ports-of.js';
import { knownSender } from './support/send-known.js';

const entry = join(repositoryRoot, 'bin/coldburn.mjs');
const startDeadlineMs = 60_000;
/** Every commit under the limit leaves a segment of its own, and each is an insert. */
const drainDeadlineMs = 60_000;
/** Each refusal costs the senders a pause, and each commit a segment. */
const manyRequestsDeadlineMs = 60_000;
/**
 * No file of the process may grow beyond 8 KiB: the kernel takes a part of a write and refuses the rest, as it does on a
 * full disk, and any user may ask for it. The signal that comes with it is ignored, so that the write itself fails.
 */
const narrow = ['bash', '-c', 'trap "" XFSZ; ulimit -S -f 8; exec "$@"', 'bash'];

let dir: TempDir;
let place: CrashPlace;
let program: ServingProgram;

before(async () => {
  dir = await tempDir();
  // The engine is a server in another process: only the spool meets the limit.
  place = await openCrashPlace('server', dir.path);
});
after(async () => {
  await program?.kill();
  await place?.close();
  await dir?.remove();
});

const start = (launcher: readonly string[]) =>
  startServing(entry, dir.path, startDeadlineMs, place.env, ['otlpHttp', 'otlpGrpc'], [], launcher);

test('a disk that takes only a part of each write: what it did not take is refused, and all else is stored exactly once', async () => {
  program = await start(narrow);
  let target: Target = portsOf(program);
  const refused = await knownSender(9).http(target.http, 100);
  assert.equal(refused.status, 503);
  assert.equal(refused.headers['retry-after'], '5');
  assert.match(refused.body.toString(), /could not write to its disk/);
  const senders = startSenders(() => target);
  try {
    const enough = () => senders.book.requests > 200 && senders.book.retries > 5;
    await waitUntil('many requests are taken and some refused', enough, manyRequestsDeadlineMs);
    await program.kill();
    program = await start([]);
    target = portsOf(program);
    await senders.finish();
    await waitUntil('the spool is empty', () => isDrained(dir.path), drainDeadlineMs);
  } finally {
    senders.abandon();
  }
  assert.equal(await program.stop(15_000), 0);
  const warehouse = await place.open();
  const differences = await compareTables(warehouse, senders.book).finally(() => warehouse.close());
  const { spans, runs } = senders.book;
  assert.deepEqual(differences, [
    { table: 'spans', expected: spans.size, lost: [], doubled: [], unknown: [] },
    { table: 'invocations', expected: runs.size, lost: [], doubled: [], unknown: [] },
  ]);
});
