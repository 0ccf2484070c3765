import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { migratedWarehouse } from '../support/migrated-warehouse.js';
import { tempDir } from '../support/temp-dir.js';
import { waitUntil } from '../support/wait-until.js';
import { runIngest } from './support/running-ingest.js';
import { goodSpan, jsonRequest } from './support/sample-span.js';

const kills = 4;
const senders = 4;
const spansPerRequest = 20;
const childPath = fileURLToPath(new URL('support/crash-child.js', import.meta.url));
const Ready = z.object({ port: z.number() });

let running: ChildProcess | null = null;
after(() => running?.kill('SIGKILL'));

async function startChild(directory: string): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(childPath, [directory], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  running = child;
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve(Ready.parse(message).port));
    child.once('exit', (code) => reject(new Error(`The child ended with ${code} before it was ready`)));
  });
  return { child, port };
}

/** Sends until the process is gone; answers the ids of spans that were acknowledged. */
async function load(port: number, acked: Set<string>): Promise<void> {
  for (;;) {
    const now = Date.now();
    const ids = Array.from({ length: spansPerRequest }, () => randomBytes(8).toString('hex'));
    const spans = ids.map((spanId) => ({
      ...goodSpan,
      spanId,
      startTimeUnixNano: `${now}000000`,
      endTimeUnixNano: `${now + 1}000000`,
    }));
    try {
      const response = await fetch(`http://127.0.0.1:${port}/v1/traces`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: jsonRequest(spans),
      });
      await response.arrayBuffer();
      if (response.status === 200) for (const id of ids) acked.add(id);
    } catch {
      return;
    }
  }
}

const COUNTS = 'SELECT lower(hex(span_id)) AS id, count() AS copies FROM {table: Identifier} GROUP BY id';
const Count = z.object({ id: z.string(), copies: z.coerce.number() });

test(`kill -9 at ${kills} random moments under load: every acknowledged span is stored exactly once`, async () => {
  const dir = await tempDir();
  const acked = new Set<string>();
  for (let round = 0; round < kills; round++) {
    const { child, port } = await startChild(dir.path);
    const ackedBefore = acked.size;
    const loading = Promise.all(Array.from({ length: senders }, () => load(port, acked)));
    await waitUntil('some spans are acknowledged', () => acked.size > ackedBefore + 200);
    const until = performance.now() + Math.random() * 600;
    await waitUntil('the random moment has come', () => performance.now() >= until);
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await Promise.all([gone, loading]);
  }
  const warehouse = await migratedWarehouse(join(dir.path, 'data'));
  const spool = join(dir.path, 'spool');
  const ingest = await runIngest(spool, (segment, options) => warehouse.insertSegment(segment, options));
  try {
    await waitUntil(
      'the spool is replayed',
      async () => !(await readdir(spool)).some((name) => name.endsWith('.wal')),
    );
    for (const table of ['spans', 'invocations']) {
      const rows = await warehouse.query(COUNTS, { table }, Count);
      const copies = new Map(rows.map((row) => [row.id, row.copies]));
      const lost = [...acked].filter((id) => !copies.has(id));
      const doubled = rows.filter((row) => row.copies !== 1);
      assert.deepEqual({ table, lost, doubled }, { table, lost: [], doubled: [] });
    }
    assert.ok(acked.size > kills * 200);
  } finally {
    await ingest.stop(2000);
    await warehouse.close();
    await dir.remove();
  }
});
