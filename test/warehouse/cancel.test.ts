import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import type { Warehouse } from '../../warehouse/warehouse.js';
import { inEveryMode } from '../support/in-every-mode.js';
import { waitUntil } from '../support/wait-until.js';

const Any = z.record(z.string(), z.unknown());
const ENDLESS = 'SELECT count() AS n FROM numbers(1000000000000) WHERE sipHash64(number) % 7 = 0';
const ENDLESS_ROWS = 'SELECT number FROM numbers(1000000000000)';
const ENDLESS_COMMAND = `INSERT INTO FUNCTION null('n UInt64') SELECT number FROM numbers(1000000000000)`;

const RUNNING = `SELECT count() AS n FROM system.processes WHERE Settings['log_comment'] = {queryId: String}`;

async function runs(warehouse: Warehouse, queryId: string): Promise<boolean> {
  const [row] = await warehouse.query(RUNNING, { queryId }, z.object({ n: z.coerce.number() }), {
    lane: 'lookups',
  });
  return (row?.n ?? 0) > 0;
}

inEveryMode('cancellation', (warehouse) => {
  const begins = (queryId: string) => waitUntil(`${queryId} runs`, () => runs(warehouse(), queryId));
  const stops = (queryId: string) =>
    waitUntil(`${queryId} has stopped`, async () => !(await runs(warehouse(), queryId)));

  test('aborting a query stops it inside the engine', async () => {
    const caller = new AbortController();
    const options = { signal: caller.signal, queryId: 'cancel-query' };
    const asked = assert.rejects(warehouse().query(ENDLESS, {}, Any, options), { kind: 'cancelled' });
    await begins('cancel-query');
    caller.abort();
    await asked;
    await stops('cancel-query');
  });

  test('aborting a command stops it inside the engine', async () => {
    const caller = new AbortController();
    const options = { signal: caller.signal, queryId: 'cancel-command' };
    const asked = assert.rejects(warehouse().command(ENDLESS_COMMAND, {}, options), { kind: 'cancelled' });
    await begins('cancel-command');
    caller.abort();
    await asked;
    await stops('cancel-command');
  });

  test('a deadline stops it inside the engine', async () => {
    const options = { timeoutMs: 300, queryId: 'cancel-late' };
    await assert.rejects(warehouse().query(ENDLESS, {}, Any, options), { kind: 'resource-limit' });
    await stops('cancel-late');
  });

  test('aborting a stream between two rows ends the loop with an error', async () => {
    const caller = new AbortController();
    let rows = 0;
    const read = async () => {
      const options = { signal: caller.signal, queryId: 'cancel-stream' };
      for await (const _ of warehouse().stream(ENDLESS_ROWS, {}, Any, options)) {
        rows += 1;
        if (rows === 10) caller.abort();
      }
    };
    await assert.rejects(read(), { kind: 'cancelled' });
    assert.ok(rows >= 10);
    await stops('cancel-stream');
  });

  test('leaving a stream early stops it inside the engine', async () => {
    for await (const row of warehouse().stream(ENDLESS_ROWS, {}, Any, { queryId: 'left-stream' })) {
      assert.deepEqual(row, { number: '0' });
      break;
    }
    await stops('left-stream');
  });

  test('a caller who has given up before asking asks nothing', async () => {
    const options = { signal: AbortSignal.abort(), queryId: 'never-asked' };
    await assert.rejects(warehouse().query(ENDLESS, {}, Any, options), { kind: 'cancelled' });
    assert.equal(await runs(warehouse(), 'never-asked'), false);
  });

  test('afterwards the same places serve as before', async () => {
    const One = z.object({ one: z.number() });
    const asked = Array.from({ length: 20 }, () => warehouse().query('SELECT 1 AS one', {}, One));
    assert.deepEqual(
      (await Promise.all(asked)).flat(),
      Array.from({ length: 20 }, () => ({ one: 1 })),
    );
  });
});
