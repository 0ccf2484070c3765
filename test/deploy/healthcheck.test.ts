import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { repositoryRoot } from '../support/repository-root.js';

const script = join(repositoryRoot, 'deploy/docker/healthcheck.mjs');

async function check(address: string): Promise<{ code: number; stderr: string }> {
  const child = spawn(process.execPath, [script], {
    env: { COLDBURN_HTTP: address },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const [code] = await once(child, 'close');
  return { code: Number(code), stderr };
}

async function withServer(status: number, run: (port: number) => Promise<void>): Promise<void> {
  const server = createServer((request, response) => {
    response.writeHead(request.url === '/healthz' ? status : 404).end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  try {
    const address = server.address();
    assert.ok(address !== null && typeof address === 'object');
    await run(address.port);
  } finally {
    server.close();
  }
}

test('healthcheck: a wildcard address is asked on loopback, and an answer is health', async () => {
  await withServer(200, async (port) => {
    assert.deepEqual(await check(`0.0.0.0:${port}`), { code: 0, stderr: '' });
    assert.deepEqual(await check(`127.0.0.1:${port}`), { code: 0, stderr: '' });
  });
});

test('healthcheck: a refusing program is unhealthy', async () => {
  await withServer(503, async (port) => {
    const { code, stderr } = await check(`0.0.0.0:${port}`);
    assert.equal(code, 1);
    assert.match(stderr, /status 503/);
  });
});

test('healthcheck: nobody listening is unhealthy, in one line', async () => {
  let freed = 0;
  await withServer(200, async (port) => {
    freed = port;
  });
  const { code, stderr } = await check(`0.0.0.0:${freed}`);
  assert.equal(code, 1);
  assert.match(stderr, /^coldburn: .*ECONNREFUSED\n$/);
});
