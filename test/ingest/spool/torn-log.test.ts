import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { replaySegment } from '../../../ingest/spool/replay-segment.js';
import { logPath, rowsPath } from '../../../ingest/spool/segment-files.js';
import { WarehouseError } from '../../../warehouse/warehouse-error.js';
import { type TempDir, tempDir } from '../../support/temp-dir.js';
import { openSpool, send } from '../support/spool-harness.js';

let dir: TempDir;
let log: Buffer;
/** Size of the log when each request was acknowledged, with the rows it had by then. */
const acked: { logBytes: number; a: number[]; b: number[] }[] = [];

const requests: { a: number[]; b: number[] }[] = [
  { a: [1, 2, 3], b: [10] },
  { a: [], b: [11, 12] },
  { a: [4], b: [] },
  { a: [5, 6], b: [13, 14, 15] },
];

before(async () => {
  dir = await tempDir();
  const { spool } = await openSpool(
    dir.path,
    async () => {
      throw new WarehouseError('unavailable', 'away');
    },
    { limits: { insertEveryMs: 60_000 } },
  );
  const a: number[] = [];
  const b: number[] = [];
  for (const request of requests) {
    await send(spool, request.a, request.b).durable;
    a.push(...request.a);
    b.push(...request.b);
    const [name] = (await readdir(dir.path)).filter((file) => file.endsWith('.wal'));
    assert.ok(name !== undefined);
    log = await readFile(join(dir.path, name));
    acked.push({ logBytes: log.length, a: [...a], b: [...b] });
  }
  await spool.stop(0);
});
after(() => dir.remove());

async function replayed(bytes: Uint8Array): Promise<{ a: number[]; b: number[] }> {
  const directory = join(dir.path, 'torn');
  await mkdir(directory);
  await writeFile(logPath(directory, 's'), bytes);
  const { tables } = await replaySegment(directory, 's');
  const rows: { a: number[]; b: number[] } = { a: [], b: [] };
  for (const { table, rows: count } of tables) {
    const found = [...(await readFile(rowsPath(directory, 's', table)))];
    assert.equal(found.length, count);
    if (table === 'a') rows.a = found;
    else rows.b = found;
  }
  await rm(directory, { recursive: true });
  return rows;
}

test('a log cut at any byte gives back every request acknowledged before it, and no part of another', async () => {
  assert.equal(acked.length, requests.length);
  for (let cut = 0; cut <= log.length; cut++) {
    const { a, b } = acked.findLast(({ logBytes }) => logBytes <= cut) ?? { a: [], b: [] };
    assert.deepEqual(await replayed(log.subarray(0, cut)), { a, b }, `cut at ${cut} of ${log.length}`);
  }
});

test('a log whose last write is torn in its middle, or followed by old bytes, loses only that write', async () => {
  const last = acked[2];
  assert.ok(last !== undefined);
  for (let at = last.logBytes; at < log.length; at++) {
    const damaged = Buffer.from(log);
    damaged[at] = (damaged[at] ?? 0) ^ 0x55;
    const rows = await replayed(Buffer.concat([damaged, log.subarray(0, 40)]));
    assert.deepEqual(rows, { a: last.a, b: last.b }, `damaged at ${at}`);
  }
});
