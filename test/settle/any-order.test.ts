import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type { Warehouse } from '../../warehouse/warehouse.js';
import { insertInvocations } from '../support/insert-invocations.js';
import { insertLogs } from '../support/insert-logs.js';
import { insertReports } from '../support/insert-reports.js';
import { openMigrated } from '../support/open-migrated.js';
import { tempDir } from '../support/temp-dir.js';
import { minuteMs, netRows, rollup, settlerUnderTest, shiftedClock } from './settle-harness.js';

let opened: Awaited<ReturnType<typeof openMigrated>> | null = null;
let directory: Awaited<ReturnType<typeof tempDir>> | null = null;
before(async () => {
  opened = await openMigrated();
  directory = await tempDir();
});
after(async () => {
  await opened?.close();
  await directory?.remove();
});

const startMs = Date.now() - 10 * minuteMs;
const at = (seconds: number) => new Date(startMs + seconds * 1_000);

type Piece = (warehouse: Warehouse, name: string) => Promise<void>;

/** Two attempts of one message with their reports, one of them stored twice; a run only reported; one only logged. */
const pieces: readonly Piece[] = [
  (to, name) =>
    insertInvocations(to, [
      {
        function: name,
        startedAt: at(0),
        durationMs: 900,
        outcome: 'ok',
        invocationId: 'a',
        deliveryId: 'm',
        spanId: '00000000000000a1',
      },
    ]),
  (to, name) =>
    insertInvocations(to, [
      {
        function: name,
        startedAt: at(60),
        durationMs: 10,
        invocationId: 'b',
        deliveryId: 'm',
        spanId: '00000000000000b1',
      },
    ]),
  (to, name) =>
    insertInvocations(to, [
      {
        function: name,
        startedAt: at(60),
        durationMs: 10,
        invocationId: 'b',
        deliveryId: 'm',
        spanId: '00000000000000b1',
      },
    ]),
  (to, name) =>
    insertReports(to, [
      {
        function: name,
        at: at(1),
        invocationId: 'a',
        outcome: 'timeout',
        durationMs: 1_000,
        billedMs: 1_000,
      },
    ]),
  (to, name) => insertReports(to, [{ function: name, at: at(60.02), invocationId: 'b', billedMs: 12 }]),
  (to, name) =>
    insertReports(to, [{ function: name, at: at(90), invocationId: 'c', outcome: 'oom', billedMs: 5 }]),
  (to, name) => insertLogs(to, [{ function: name, at: at(120), invocationId: 'd' }]),
];

test('whatever comes first and whenever it is settled, rows and rollups end as if all had come at once', async () => {
  const warehouse = opened?.warehouse;
  const path = directory?.path;
  assert.ok(warehouse !== undefined && path !== undefined);
  const settleAll = async (name: string, order: readonly Piece[], tickAfter: (index: number) => boolean) => {
    const clock = shiftedClock();
    const { tick } = settlerUnderTest(warehouse, path, clock);
    for (const [index, piece] of order.entries()) {
      await piece(warehouse, name);
      if (!tickAfter(index)) continue;
      // Time goes by once, so that what waits for a grace becomes a row before the span comes.
      clock.pass(index === 3 || index === 4 ? 50_000 : 0);
      await tick();
    }
    clock.pass(60 * minuteMs);
    await tick();
    const rows = (await netRows(warehouse, name)).map(({ function: _name, ...row }) => row);
    return { rows, sums: await rollup(warehouse, name) };
  };
  const expected = await settleAll('at-once', pieces, () => false);
  assert.equal(expected.rows.length, 4);
  assert.ok(expected.rows.every(({ n }) => n === 1));
  assert.equal(expected.sums.timedByDay, expected.sums.timedByMinute);
  const orders = fc.sample(fc.shuffledSubarray([...pieces], { minLength: pieces.length }), {
    numRuns: 4,
    seed: 20_261_120,
  });
  for (const [index, order] of orders.entries()) {
    assert.deepEqual(await settleAll(`order-${index}`, order, (step) => (step + index) % 3 !== 0), expected);
  }
});
