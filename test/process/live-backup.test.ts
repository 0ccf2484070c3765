import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { BackupRun } from '../../schemas/backup-run.js';
import { spawnCli } from '../cli/support/spawn-cli.js';
import { goodSpan, jsonRequest } from '../ingest/support/sample-span.js';
import { migratedWarehouse } from '../support/migrated-warehouse.js';
import { startServing } from '../support/serving-program.js';
import { tempDir } from '../support/temp-dir.js';
import { waitUntil } from '../support/wait-until.js';

const entry = fileURLToPath(new URL('../../../bin/coldburn.mjs', import.meta.url));
const SUMS = `
  SELECT (SELECT sum(sign) FROM invocations) AS raw, (SELECT sum(n) FROM invocations_1m) AS by_minute,
    (SELECT count() FROM spans) AS spans`;
const Sums = z.object({ raw: z.coerce.number(), by_minute: z.coerce.number(), spans: z.coerce.number() });

let lastId = 0;
function request(count: number): Buffer {
  const startNs = BigInt(Date.now()) * 1_000_000n;
  const times = { startTimeUnixNano: `${startNs}`, endTimeUnixNano: `${startNs + 1000n}` };
  return jsonRequest(
    Array.from({ length: count }, () => ({
      ...goodSpan,
      ...times,
      spanId: (++lastId).toString(16).padStart(16, '0'),
    })),
  );
}

test('backup --target: a server under load is backed up at one moment, without stopping', async () => {
  const dir = await tempDir();
  await writeFile(
    join(dir.path, 'coldburn.yaml'),
    'backup: { directory: backups }\ningest: { insertEveryMs: 20 }\n',
  );
  const server = await startServing(entry, dir.path, 30_000);
  try {
    const otlp = server.urls.get('otlpHttp') ?? '';
    let accepted = 0;
    let isSending = true;
    const senders = [1, 2].map(async () => {
      while (isSending) {
        const body = new Uint8Array(request(20));
        const headers = { 'content-type': 'application/json' };
        const response = await fetch(`${otlp}/v1/traces`, { method: 'POST', headers, body });
        assert.equal(response.status, 200);
        accepted += 20;
      }
    });
    await waitUntil('telemetry flows', () => accepted > 500);
    const asked = await spawnCli(['backup', '--target', server.urls.get('http') ?? '', '--json'], {
      cwd: dir.path,
    });
    const acceptedBefore = accepted;
    await waitUntil('telemetry goes on', () => accepted > acceptedBefore);
    isSending = false;
    await Promise.all(senders);
    assert.equal(asked.exitCode, 0, asked.stderr);
    const run = BackupRun.parse(JSON.parse(asked.stdout));
    assert.deepEqual(await readdir(join(dir.path, 'backups')), [run.directory.split('/').at(-1)]);

    const env = { COLDBURN_DATA_DIR: 'restored' };
    const restored = await spawnCli(['restore', '--from', run.directory], { cwd: dir.path, env });
    assert.equal(restored.exitCode, 0, restored.stderr);
    const warehouse = await migratedWarehouse(join(dir.path, 'restored'));
    const [sums] = await warehouse.query(SUMS, {}, Sums);
    await warehouse.close();
    assert.ok(sums !== undefined && sums.raw > 0 && sums.raw <= accepted);
    assert.equal(sums.by_minute, sums.raw, 'raw rows and their sums are of the same moment');
    assert.equal(await server.stop(10_000), 0, server.output());
  } finally {
    await server.kill();
    await dir.remove();
  }
});

test('backup --target: a server without a directory for it says which setting', async () => {
  const dir = await tempDir();
  const server = await startServing(entry, dir.path, 30_000);
  try {
    const target = server.urls.get('http') ?? '';
    const asked = await spawnCli(['backup', '--target', target], { cwd: dir.path });
    assert.equal(asked.exitCode, 1);
    assert.match(asked.stderr, /writes no backups: set backup\.directory/);
  } finally {
    await server.kill();
    await dir.remove();
  }
});
