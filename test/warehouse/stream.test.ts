import assert from 'node:assert/strict';
import process from 'node:process';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { z } from 'zod';
import { inEveryMode } from '../support/in-every-mode.js';

const Row = z.object({ n: z.coerce.number(), text: z.string() });
const MANY = `SELECT number AS n, concat('row number ', toString(number), ' of quite some length') AS text
  FROM numbers({rows: UInt64})`;
const FAILS_LATE = `SELECT number AS n, throwIf(number = 400000, 'late trouble') AS text FROM numbers(1000000)
  SETTINGS max_threads = 1`;

const rows = 2_000_000;
/** All rows at once would take over 400 MB as objects. */
const growthAllowedBytes = 60 * 1024 ** 2;

/** What is still in use after a collection; the resident size also holds what the collector has not got to yet. */
function liveBytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc()');
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

inEveryMode('stream', (warehouse) => {
  test(`${rows} rows arrive in full with flat memory`, async () => {
    let sum = 0;
    let seen = 0;
    let startBytes = 0;
    let peakBytes = 0;
    for await (const row of warehouse().stream(MANY, { rows }, Row, { timeoutMs: 120_000 })) {
      sum += row.n;
      seen += 1;
      if (seen === 200_000) startBytes = liveBytes();
      if (seen % 200_000 === 0) peakBytes = Math.max(peakBytes, liveBytes());
    }
    assert.equal(seen, rows);
    assert.equal(sum, (rows * (rows - 1)) / 2);
    assert.ok(
      peakBytes - startBytes < growthAllowedBytes,
      `grew by ${(peakBytes - startBytes) / 2 ** 20} MiB`,
    );
  });

  test('a slow reader loses nothing', async () => {
    let expected = 0;
    for await (const row of warehouse().stream(MANY, { rows: 300_000 }, Row)) {
      assert.equal(row.n, expected);
      expected += 1;
      if (expected % 50_000 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    assert.equal(expected, 300_000);
  });

  test('trouble after the first rows is an error, not a short answer', async () => {
    const Late = z.object({ n: z.coerce.number(), text: z.number() });
    let seen = 0;
    const read = async () => {
      for await (const _ of warehouse().stream(FAILS_LATE, {}, Late)) seen += 1;
    };
    await assert.rejects(read(), { kind: 'bad-query', code: 395, message: /late trouble/ });
    assert.ok(seen > 0, 'rows came before the trouble');
  });

  test('several streams run at once and keep apart', async () => {
    const read = async (from: number) => {
      let count = 0;
      const sql = 'SELECT number + {from: UInt64} AS n, {mark: String} AS text FROM numbers(100000)';
      for await (const row of warehouse().stream(sql, { from, mark: `s${from}` }, Row)) {
        assert.deepEqual(row, { n: from + count, text: `s${from}` });
        count += 1;
      }
      return count;
    };
    assert.deepEqual(await Promise.all([read(0), read(1_000_000), read(5)]), [100_000, 100_000, 100_000]);
  });
});
