import assert from 'node:assert/strict';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { measureClock } from '../../../cli/doctor/measures/clock.js';
import { measureDataDir } from '../../../cli/doctor/measures/data-dir.js';
import { measureOpenFiles } from '../../../cli/doctor/measures/open-files.js';
import { measurePlatform } from '../../../cli/doctor/measures/platform.js';
import { measurePort } from '../../../cli/doctor/measures/port.js';
import { machineMemory, usableMemoryBytes } from '../../../cli/machine-memory.js';
import { type TempDir, tempDir } from '../../support/temp-dir.js';

let dir: TempDir;
before(async () => {
  dir = await tempDir();
});
after(() => dir.remove());

const host = '127.0.0.1';

/** Listens on a free port while `use` runs. */
async function listening<T>(server: Server | HttpServer, use: (port: number) => Promise<T>): Promise<T> {
  await new Promise<void>((resolve) => server.listen({ host, port: 0 }, resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  try {
    return await use(address.port);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

test('measurePort: a port is free, and still is afterwards', async () => {
  const port = await listening(createServer(), async (free) => free);
  assert.deepEqual(await measurePort({ host, port }, fetch), { kind: 'free' });
  assert.deepEqual(await measurePort({ host, port }, fetch), { kind: 'free' });
});

test('measurePort: taken by something that does not speak HTTP', async () => {
  const server = createServer((socket) =>
    socket
      .on('error', () => {})
      .resume()
      .end('SSH-2.0\r\n'),
  );
  const facts = await listening(server, (port) => measurePort({ host, port }, fetch));
  assert.deepEqual(facts, { kind: 'taken', by: 'other' });
});

test('measurePort: taken by something that never answers', async () => {
  const sockets: Socket[] = [];
  const server = createServer((socket) => void sockets.push(socket));
  const facts = await listening(server, async (port) => {
    const measured = await measurePort({ host, port }, fetch);
    for (const socket of sockets) socket.destroy();
    return measured;
  });
  assert.deepEqual(facts, { kind: 'taken', by: 'other' });
});

test('measurePort: taken by a web server that is not ours', async () => {
  const server = createHttpServer((_request, response) => response.writeHead(200).end('{"status":"UP"}'));
  const facts = await listening(server, (port) => measurePort({ host, port }, fetch));
  assert.deepEqual(facts, { kind: 'taken', by: 'other' });
});

test('measurePort: taken by a Coldburn, which answers its health check', async () => {
  const server = createHttpServer((request, response) => {
    const healthy = request.url === '/healthz';
    response.writeHead(healthy ? 200 : 404, { 'content-type': 'application/json' }).end('{"status":"alive"}');
  });
  const facts = await listening(server, (port) => measurePort({ host, port }, fetch));
  assert.deepEqual(facts, { kind: 'taken', by: 'coldburn' });
});

test('measurePort: an address this machine does not have', async () => {
  // 192.0.2.0/24 is reserved for documentation (RFC 5737).
  const facts = await measurePort({ host: '192.0.2.1', port: 8080 }, fetch);
  assert.deepEqual(facts, { kind: 'refused', code: 'EADDRNOTAVAIL' });
});

test('measureDataDir: an existing directory is written to and left as it was', async () => {
  const path = join(dir.path, 'there');
  await mkdir(path);
  const facts = await measureDataDir(path);
  assert.deepEqual([facts.path, facts.state, facts.writeError], [path, 'directory', null]);
  assert.ok(
    facts.space !== null && facts.space.freeBytes <= facts.space.totalBytes && facts.space.totalBytes > 0,
  );
  assert.deepEqual(await readdir(path), []);
});

test('measureDataDir: a missing one is judged by what is above it, and not created', async () => {
  const path = join(dir.path, 'not', 'yet', 'there');
  const facts = await measureDataDir(path);
  assert.deepEqual([facts.path, facts.state, facts.writeError], [path, 'missing', null]);
  assert.ok(!(await readdir(dir.path)).includes('not'));
});

test('measureDataDir: a file, and a path below a file, are no directories', async () => {
  const path = join(dir.path, 'file');
  await writeFile(path, '');
  assert.equal((await measureDataDir(path)).state, 'not-a-directory');
  assert.equal((await measureDataDir(join(path, 'below'))).state, 'not-a-directory');
});

test('measureClock: drift is what the wall clock moved beyond the monotonic one', async () => {
  const wall = [1_000_000, 1_000_900];
  const monotonic = [10, 260];
  const facts = await measureClock(
    () => new Date(wall.shift() ?? 0),
    () => monotonic.shift() ?? 0,
  );
  assert.deepEqual(facts, { nowMs: 1_000_900, watchedMs: 250, driftMs: 650 });
});

test('machine: memory, open files and platform are told', async () => {
  const memory = machineMemory();
  assert.ok(memory.machineBytes > 2 ** 28);
  assert.ok(memory.containerBytes === null || memory.containerBytes < memory.machineBytes);
  assert.equal(usableMemoryBytes({ machineBytes: 8, containerBytes: null }), 8);
  assert.equal(usableMemoryBytes({ machineBytes: 8, containerBytes: 2 }), 2);
  const limit = await measureOpenFiles();
  assert.ok(limit === null || limit > 0);
  const { platform, libc } = measurePlatform();
  assert.equal(libc === 'other', platform !== 'linux');
});
