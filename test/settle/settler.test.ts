import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import type { Warehouse } from '../../warehouse/warehouse.js';
import { inEveryMode } from '../support/in-every-mode.js';
import { insertInvocations } from '../support/insert-invocations.js';
import { insertLogs } from '../support/insert-logs.js';
import { insertReports } from '../support/insert-reports.js';
import { insertSpans } from '../support/insert-spans.js';
import { migrateForTest } from '../support/migrated-warehouse.js';
import { tempDir } from '../support/temp-dir.js';
import { minuteMs, netRows, rollup, settlerUnderTest, shiftedClock } from './settle-harness.js';

/** Long enough for every grace, sweep and timeout to be over. */
const longMs = 20 * minuteMs;

inEveryMode('settling', (warehouse) => {
  let directory: Awaited<ReturnType<typeof tempDir>> | null = null;
  before(async () => {
    directory = await tempDir();
    await migrateForTest(warehouse(), await databaseOf(warehouse()));
  });
  after(() => directory?.remove());
  const path = () => directory?.path ?? '';
  const ago = (ms: number) => new Date(Date.now() - ms);

  test('a report lends its run what only the platform knows', async () => {
    const { tick, settler } = settlerUnderTest(warehouse(), path(), shiftedClock());
    const startedAt = ago(5_000);
    await insertInvocations(warehouse(), [
      { function: 'joined', startedAt, durationMs: 100, invocationId: 'j1', spanId: '00000000000000a1' },
    ]);
    await tick();
    await insertReports(warehouse(), [
      {
        function: 'joined',
        at: new Date(startedAt.getTime() + 105),
        invocationId: 'j1',
        durationMs: 104,
        billedMs: 105,
        initMs: 200,
      },
    ]);
    await tick();
    const rows = await netRows(warehouse(), 'joined');
    assert.equal(rows.length, 1);
    assert.deepEqual(
      { reported: rows[0]?.reported, billedMs: rows[0]?.billedMs, cold: rows[0]?.cold, n: rows[0]?.n },
      { reported: true, billedMs: 105, cold: true, n: 1 },
    );
    const { corrections } = settler.stats();
    await tick();
    assert.deepEqual(settler.stats().corrections, corrections, 'a second look changes nothing');
  });

  test('a report without a span becomes an invocation after the grace, and the span takes its place', async () => {
    const clock = shiftedClock();
    const { tick } = settlerUnderTest(warehouse(), path(), clock);
    const at = ago(3_000);
    await insertReports(warehouse(), [
      { function: 'killed', at, invocationId: 'k1', outcome: 'timeout', durationMs: 3_000, billedMs: 3_000 },
    ]);
    await tick();
    assert.deepEqual(await netRows(warehouse(), 'killed'), []);
    clock.pass(3 * minuteMs);
    await tick();
    const [made, ...others] = await netRows(warehouse(), 'killed');
    assert.deepEqual(others, []);
    assert.deepEqual([made?.source, made?.outcome, made?.billedMs, made?.n], ['report', 'timeout', 3_000, 1]);
    assert.equal(made?.startedMs, at.getTime() - 3_000);
    await insertInvocations(warehouse(), [
      {
        function: 'killed',
        startedAt: new Date(at.getTime() - 2_990),
        durationMs: 2_980,
        invocationId: 'k1',
        spanId: '00000000000000b1',
      },
    ]);
    await tick();
    const late = await netRows(warehouse(), 'killed');
    assert.deepEqual(
      late.map((row) => [row.source, row.outcome, row.reported, row.n]),
      [['span', 'timeout', true, 1]],
    );
    const { n, made: madeRows, timeouts, billedMs } = await rollup(warehouse(), 'killed');
    assert.deepEqual([n, madeRows, timeouts, billedMs], [1, 0, 1, 3_000]);
  });

  test('attempts of one request are numbered, and one after a success is a duplicate', async () => {
    const { tick } = settlerUnderTest(warehouse(), path(), shiftedClock());
    const run = (secondsAgo: number, outcome: 'ok' | 'error', spanId: string) => ({
      function: 'retried',
      startedAt: ago(secondsAgo * 1_000),
      outcome,
      deliveryId: 'message-1',
      invocationId: `r${secondsAgo}`,
      spanId,
    });
    await insertInvocations(warehouse(), [run(60, 'ok', '00000000000000c2')]);
    await tick();
    await insertInvocations(warehouse(), [run(120, 'error', '00000000000000c1')]);
    await insertInvocations(warehouse(), [run(10, 'ok', '00000000000000c3')]);
    await tick();
    const rows = await netRows(warehouse(), 'retried');
    assert.deepEqual(
      rows.map((row) => [row.attempt, row.superseded, row.duplicate, row.n]),
      [
        [1, true, false, 1],
        [2, true, false, 1],
        [3, false, true, 1],
      ],
    );
    const { n, retries, duplicates, superseded } = await rollup(warehouse(), 'retried');
    assert.deepEqual([n, retries, duplicates, superseded], [3, 1, 1, 2]);
  });

  test('a report finds its run through the invocation, although the request goes by a message id', async () => {
    const clock = shiftedClock();
    const { tick } = settlerUnderTest(warehouse(), path(), clock);
    const startedAt = ago(4_000);
    await insertReports(warehouse(), [
      { function: 'linked', environment: '', at: new Date(startedAt.getTime() + 20), invocationId: 'l1' },
    ]);
    await tick();
    await insertInvocations(warehouse(), [
      {
        function: 'linked',
        startedAt,
        durationMs: 15,
        invocationId: 'l1',
        deliveryId: 'message-l',
        spanId: '00000000000000e1',
      },
    ]);
    await tick();
    clock.pass(longMs);
    await tick();
    const rows = await netRows(warehouse(), 'linked');
    assert.deepEqual(
      rows.map((row) => [row.source, row.reported, row.n]),
      [['span', true, 1]],
    );
  });

  test('the same span stored twice counts once', async () => {
    const { tick } = settlerUnderTest(warehouse(), path(), shiftedClock());
    const twice = { function: 'twice', startedAt: ago(9_000), spanId: '00000000000000d1' };
    await insertInvocations(warehouse(), [twice]);
    await tick();
    await insertInvocations(warehouse(), [twice, { ...twice, spanId: '00000000000000d2' }]);
    await tick();
    await tick();
    const rows = await netRows(warehouse(), 'twice');
    assert.deepEqual(
      rows.map(({ n }) => n),
      [1, 1],
      'two spans, each once',
    );
    assert.equal((await rollup(warehouse(), 'twice')).n, 2);
  });

  test('work that never ended becomes a suspected time-out until something better is told', async () => {
    const clock = shiftedClock();
    const { tick } = settlerUnderTest(warehouse(), path(), clock);
    const at = ago(5_000);
    await insertLogs(warehouse(), [
      { function: 'quick', at, invocationId: 'q1' },
      { function: 'quick', at: new Date(at.getTime() + 700), invocationId: 'q1' },
      { function: 'slow', at, invocationId: 's1' },
    ]);
    await tick();
    clock.pass(3 * minuteMs);
    await tick();
    const quick = await netRows(warehouse(), 'quick');
    assert.deepEqual(
      quick.map((row) => [row.source, row.outcome, row.startedMs, row.n]),
      [['inferred', 'timeout', at.getTime(), 1]],
    );
    assert.deepEqual(await netRows(warehouse(), 'slow'), [], 'its timeout is not over');
    clock.pass(longMs);
    await tick();
    assert.equal((await netRows(warehouse(), 'slow')).length, 1);
    await insertInvocations(warehouse(), [
      { function: 'slow', startedAt: at, invocationId: 's1', spanId: '00000000000000f1' },
    ]);
    await tick();
    const slow = await netRows(warehouse(), 'slow');
    assert.deepEqual(
      slow.map((row) => [row.source, row.n]),
      [['span', 1]],
    );
  });

  test('child spans of a run that never ended are such work, where the function is known', async () => {
    const clock = shiftedClock();
    const { tick } = settlerUnderTest(warehouse(), path(), clock);
    const at = ago(5_000);
    const tenant = 'default';
    await insertInvocations(warehouse(), [
      {
        function: 'edge',
        startedAt: ago(60_000),
        invocationId: 'w0',
        spanId: '0000000000000e01',
        version: '7',
      },
    ]);
    const child = (name: string, id: string, parentSpanId: string) => ({
      ...{ tenant, name: 'fetch', traceId: '0123456789abcdef0123456789abcdef', spanId: '0000000000000e02' },
      ...{ service: name, function: name, parentSpanId, startedAt: at, durationMs: 40 },
      attributes: { 'faas.invocation_id': id },
    });
    await insertSpans(warehouse(), [
      child('edge', 'w1', '0000000000000e0f'),
      child('some-app', 'w2', '00000000000000ef'),
    ]);
    await tick();
    clock.pass(longMs);
    await tick();
    const rows = await netRows(warehouse(), 'edge');
    assert.deepEqual(rows.map((row) => [row.source, row.outcome, row.startedMs === at.getTime()]).sort(), [
      ['inferred', 'timeout', true],
      ['span', 'ok', false],
    ]);
    assert.deepEqual(await netRows(warehouse(), 'some-app'), [], 'nobody knows a function of this name');
  });

  test('a retry hours later is linked by the next sweep', async () => {
    const clock = shiftedClock();
    const { tick } = settlerUnderTest(warehouse(), path(), clock);
    const first = { function: 'later', invocationId: 'x1', outcome: 'error' as const };
    await insertInvocations(warehouse(), [
      { ...first, startedAt: ago(7_200_000), spanId: '0000000000000a01' },
    ]);
    await warehouse().command(AGE, { function: 'later' });
    await insertInvocations(warehouse(), [{ ...first, startedAt: ago(1_000), spanId: '0000000000000a02' }]);
    clock.pass(3 * minuteMs);
    await tick();
    const rows = await netRows(warehouse(), 'later');
    assert.deepEqual(
      rows.map((row) => [row.attempt, row.superseded]),
      [
        [1, true],
        [2, false],
      ],
    );
  });

  test('the most runs at once are exact, over minutes too', async () => {
    const clock = shiftedClock();
    const { tick } = settlerUnderTest(warehouse(), path(), clock);
    const minute = new Date(Math.floor(Date.now() / minuteMs) * minuteMs - 5 * minuteMs);
    const at = (ms: number) => new Date(minute.getTime() + ms);
    await insertInvocations(warehouse(), [
      { function: 'busy', startedAt: at(0), durationMs: 1_000, spanId: '0000000000000b01' },
      { function: 'busy', startedAt: at(500), durationMs: 2 * minuteMs, spanId: '0000000000000b02' },
      { function: 'busy', startedAt: at(1_000), durationMs: 100, spanId: '0000000000000b03' },
      { function: 'busy', startedAt: at(minuteMs + 10), durationMs: 1, spanId: '0000000000000b04' },
    ]);
    clock.pass(minuteMs);
    await tick();
    const read = async () =>
      (await warehouse().query(RUNNING, {}, z.object({ running: z.number() }))).map(({ running }) => running);
    assert.deepEqual(await read(), [2, 2, 1]);
    await insertInvocations(warehouse(), [
      { function: 'busy', startedAt: at(600), durationMs: 10, spanId: '0000000000000b05' },
    ]);
    clock.pass(minuteMs);
    await tick();
    assert.deepEqual(await read(), [3, 2, 1], 'late news lands in its minute');
  });
});

const AGE = `
  INSERT INTO settle_facts SELECT * REPLACE (inserted_at - INTERVAL 2 HOUR AS inserted_at) FROM settle_facts
  WHERE function = {function: String}`;

const RUNNING = `
  SELECT running_max AS running FROM concurrency_1m FINAL WHERE function = 'busy' ORDER BY minute`;

async function databaseOf(warehouse: Warehouse): Promise<string> {
  const [row] = await warehouse.query('SELECT currentDatabase() AS name', {}, z.object({ name: z.string() }));
  return row?.name ?? '';
}
