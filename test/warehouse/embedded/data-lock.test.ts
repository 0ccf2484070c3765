import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { Holder } from '../../../warehouse/embedded/process-identity.js';
import { type TempDir, tempDir } from '../../support/temp-dir.js';

const program = fileURLToPath(new URL('../../support/hold-data-dir.js', import.meta.url));
const Report = z.discriminatedUnion('opened', [
  z.object({ opened: z.literal(true) }),
  z.object({ opened: z.literal(false), name: z.string(), message: z.string() }),
]);
const patience = { signal: AbortSignal.timeout(60_000) };

describe('data directory', () => {
  let dir: TempDir;
  let children: ChildProcess[] = [];
  beforeEach(async () => {
    dir = await tempDir();
  });
  afterEach(async () => {
    for (const child of children) child.kill('SIGKILL');
    children = [];
    await dir.remove();
  });

  const start = async (directory = dir.path) => {
    const child = fork(program, [directory], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    children.push(child);
    const [message] = await once(child, 'message', patience);
    return { child, report: Report.parse(message) };
  };
  const end = async (child: ChildProcess, how: () => void) => {
    const gone = once(child, 'exit', patience);
    how();
    await gone;
  };
  const readHolder = async () =>
    Holder.parse(JSON.parse(await readFile(join(dir.path, 'holder.json'), 'utf8')));

  test('a second process is told who holds it, since when, and what to do', async () => {
    const first = await start();
    assert.deepEqual(first.report, { opened: true });
    const { report } = await start();
    assert.ok(!report.opened);
    assert.equal(report.name, 'StartupError');
    assert.ok(report.message.includes(dir.path));
    assert.ok(report.message.includes(`process ${first.child.pid} on ${hostname()} since 20`));
    assert.match(report.message, /hold-data-dir\.js/);
    assert.match(report.message, /stop that process.*COLDBURN_DATA_DIR\.$/);
  });

  test('it is free again after an orderly end, and after kill -9', async () => {
    const first = await start();
    await end(first.child, () => void first.child.send('close'));
    await assert.rejects(stat(join(dir.path, 'holder.json')), { code: 'ENOENT' });
    const second = await start();
    assert.deepEqual(second.report, { opened: true });
    await end(second.child, () => void second.child.kill('SIGKILL'));
    assert.equal((await readHolder()).pid, second.child.pid, 'the killed one left its name behind');
    const third = await start();
    assert.deepEqual(third.report, { opened: true });
    assert.equal((await readHolder()).pid, third.child.pid);
  });

  test('a name left behind whose number another process has now holds nothing', async () => {
    const left: Holder = {
      pid: process.pid,
      host: hostname(),
      command: 'long gone',
      since: '2020-01-01T00:00:00.000Z',
      start: 'another-boot/1',
    };
    await writeFile(join(dir.path, 'holder.json'), JSON.stringify(left));
    assert.deepEqual((await start()).report, { opened: true });
  });

  test('when the name is unreadable, the engine itself still keeps the second one out', async () => {
    const first = await start();
    assert.deepEqual(first.report, { opened: true });
    await writeFile(join(dir.path, 'holder.json'), '{"pid": 1');
    const { report } = await start();
    assert.ok(!report.opened);
    assert.equal(report.name, 'StartupError');
    assert.match(report.message, /another process is using it/);
  });

  test('a file in its place is one sentence', async () => {
    const path = join(dir.path, 'file');
    await writeFile(path, '');
    const { report } = await start(path);
    assert.ok(!report.opened);
    assert.match(report.message, /^The data directory .*file is not a directory; .*COLDBURN_DATA_DIR\.$/);
  });

  test('only its user may read the engine’s configuration', async () => {
    assert.deepEqual((await start()).report, { opened: true });
    assert.equal((await stat(join(dir.path, 'engine.xml'))).mode & 0o777, 0o600);
  });
});
