import assert from 'node:assert/strict';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { waitMs } from '../../../ingest/spool/wait-ms.js';
import { WarehouseError, type WarehouseErrorKind } from '../../../warehouse/warehouse-error.js';
import { type TempDir, tempDir } from '../../support/temp-dir.js';
import { waitUntil } from '../../support/wait-until.js';
import { openSpool, recordingEngine, send } from '../support/spool-harness.js';

let dir: TempDir;
beforeEach(async () => {
  dir = await tempDir();
});
afterEach(() => dir.remove());

test('what is acknowledged is inserted once, then the spool is empty', async () => {
  const engine = recordingEngine();
  const { spool, notes } = await openSpool(dir.path, engine.insert);
  await Promise.all([
    send(spool, [1, 2], [3]).durable,
    send(spool, [4], [], 'other').durable,
    send(spool, [], [5]).durable,
  ]);
  await waitUntil('the rows are inserted', () => notes.length > 0);
  assert.deepEqual(engine.rows('a'), [1, 2, 4]);
  assert.deepEqual(engine.rows('b'), [3, 5]);
  assert.deepEqual(notes, [
    {
      rows: new Map([
        ['a', 3],
        ['b', 2],
      ]),
      tenants: new Set(['default', 'other']),
    },
  ]);
  assert.deepEqual(await readdir(dir.path), []);
  assert.equal(spool.stats().bytes, 0);
  assert.equal(spool.stats().oldestAgeMs, null);
  await spool.stop(1000);
});

test('a request that fails half way leaves none of its rows', async () => {
  const engine = recordingEngine();
  const { spool } = await openSpool(dir.path, engine.insert);
  const before = send(spool, [1]);
  assert.throws(
    () =>
      spool.write('default', ([a]) => {
        a?.writer.u8(9);
        if (a !== undefined) a.rows++;
        throw new Error('unreadable');
      }),
    /unreadable/,
  );
  const after = send(spool, [2]);
  await Promise.all([before.durable, after.durable]);
  await spool.stop(1000);
  assert.deepEqual(engine.rows('a'), [1, 2]);
});

test('a request without rows is acknowledged at once and writes nothing', async () => {
  const { spool } = await openSpool(dir.path, recordingEngine().insert);
  await send(spool, []).durable;
  assert.deepEqual(await readdir(dir.path), []);
  await spool.stop(100);
});

const passing: WarehouseErrorKind[] = [
  'retryable',
  'unavailable',
  'overloaded',
  'resource-limit',
  'cancelled',
];
for (const kind of passing) {
  test(`an engine that answers "${kind}" is asked again with the same token until it takes the rows`, async () => {
    const engine = recordingEngine();
    const tokens: string[] = [];
    let refusals = 2;
    const { spool } = await openSpool(
      dir.path,
      async (segment) => {
        tokens.push(segment.token);
        if (refusals-- > 0) throw new WarehouseError(kind, 'not now');
        await engine.insert(segment);
      },
      {
        wait: (_ms, signal) =>
          signal.aborted ? Promise.resolve() : new Promise((done) => setTimeout(done, 5)),
        nowMs: fastClock(),
      },
    );
    await send(spool, [7]).durable;
    await waitUntil('the third try succeeds', () => engine.rows('a').length === 1);
    assert.equal(new Set(tokens).size, 1);
    assert.equal(tokens.length, 3);
    await spool.stop(1000);
    assert.equal(spool.stats().insertFailures, 2);
  });
}

/** A clock that runs 1000 times as fast, so that back-off passes quickly. */
function fastClock(): () => number {
  const start = performance.now();
  return () => 1_700_000_000_000 + (performance.now() - start) * 1000;
}

test('rows the engine refuses for good are set aside with the reason and block nothing', async () => {
  const engine = recordingEngine();
  const { spool, notes } = await openSpool(dir.path, async (segment) => {
    const bytes = await readFile(segment.path);
    if (bytes.includes(66)) throw new WarehouseError('bad-query', 'Cannot read 66', { code: 33 });
    await engine.insert(segment);
  });
  await send(spool, [66], [1]).durable;
  await waitUntil('the first segment is through', () => notes.length === 1);
  await send(spool, [2]).durable;
  await waitUntil('the second segment is through', () => notes.length === 2);
  assert.deepEqual(engine.rows('a'), [2]);
  assert.deepEqual(engine.rows('b'), [1]);
  assert.equal(spool.stats().poisonedTables, 1);
  const poison = await readdir(join(dir.path, 'poison'));
  const [note, rows] = [
    poison.find((name) => name.endsWith('.json')),
    poison.find((name) => name.endsWith('.rows')),
  ];
  assert.ok(note !== undefined && rows !== undefined);
  assert.match(await readFile(join(dir.path, 'poison', note), 'utf8'), /"reason": "Cannot read 66"/);
  assert.deepEqual([...(await readFile(join(dir.path, 'poison', rows)))], [66]);
  assert.deepEqual(await readdir(dir.path), ['poison']);
  await spool.stop(1000);
});

test('over the quota the spool closes with a reason and opens again when the engine has caught up', async () => {
  const engine = recordingEngine();
  let isAway = true;
  const { spool } = await openSpool(
    dir.path,
    async (segment) => {
      if (isAway) throw new WarehouseError('unavailable', 'away');
      await engine.insert(segment);
    },
    { limits: { quotaBytes: 1000 }, nowMs: fastClock() },
  );
  const sent: number[] = [];
  for (let value = 0; spool.admission().kind === 'open'; value++) {
    assert.ok(value < 100, 'the quota never closed');
    sent.push(value);
    await send(spool, [value]).durable;
  }
  const admission = spool.admission();
  assert.ok(admission.kind === 'closed' && /spool is full/.test(admission.reason));
  assert.ok(admission.retryAfterSeconds > 0);
  assert.ok((spool.stats().oldestAgeMs ?? 0) > 0);
  isAway = false;
  await waitUntil('the spool takes data again', () => spool.admission().kind === 'open');
  await waitUntil('all of it is in', () => spool.stats().segments === 0);
  await spool.stop(5000);
  assert.deepEqual(engine.rows('a'), sent);
});

test('when the disk takes nothing, requests are refused and later ones are kept whole', async () => {
  const engine = recordingEngine();
  const { spool } = await openSpool(join(dir.path, 'spool'), engine.insert);
  await dir.remove();
  await assert.rejects(send(spool, [1]).durable, /could not write to its disk/);
  assert.equal(spool.stats().commitFailures, 1);
  await mkdir(join(dir.path, 'spool'), { recursive: true });
  await send(spool, [2]).durable;
  await spool.stop(2000);
  assert.deepEqual(engine.rows('a'), [2]);
});

test('stopping while the engine is away keeps the rows for the next start, which inserts them once', async () => {
  const away = async (): Promise<void> => {
    throw new WarehouseError('unavailable', 'away');
  };
  const first = await openSpool(dir.path, away);
  await send(first.spool, [1], [2]).durable;
  await first.spool.stop(50);
  const engine = recordingEngine();
  const second = await openSpool(dir.path, engine.insert);
  await waitUntil('the leftovers are inserted', () => second.notes.length === 1);
  assert.deepEqual([engine.rows('a'), engine.rows('b')], [[1], [2]]);
  assert.deepEqual(second.notes[0]?.tenants, new Set(['default']));
  await second.spool.stop(1000);
  assert.deepEqual(await readdir(dir.path), []);
});

test('a crash between insert and delete sends the same token again', async () => {
  const engine = recordingEngine();
  const lost = async (segment: Parameters<typeof engine.insert>[0]): Promise<void> => {
    await engine.insert(segment);
    throw new WarehouseError('unavailable', 'the answer was lost');
  };
  const first = await openSpool(dir.path, lost);
  await send(first.spool, [1]).durable;
  await waitUntil('the engine has the rows', () => engine.taken.size === 1);
  await first.spool.stop(0);
  const second = await openSpool(dir.path, engine.insert);
  await waitUntil('the segment is done with', () => second.notes.length === 1);
  assert.deepEqual(engine.rows('a'), [1]);
  await second.spool.stop(1000);
});

test('a timer that fires early does not leave a segment open for ever', async () => {
  const engine = recordingEngine();
  const { spool } = await openSpool(dir.path, engine.insert, {
    limits: { insertEveryMs: 40 },
    wait: async (ms, signal) => {
      if (!signal.aborted) await new Promise((done) => setTimeout(done, ms / 2));
    },
  });
  await send(spool, [1]).durable;
  await waitUntil('the segment is inserted', () => engine.rows('a').length === 1);
  await spool.stop(1000);
});

test('of segments that are closed because they are full, only the last is waited for', async () => {
  const engine = recordingEngine();
  let waiting = 0;
  let most = 0;
  const { spool } = await openSpool(dir.path, engine.insert, {
    limits: { insertEveryMs: 60_000, segmentMaxBytes: 1 },
    wait: async (ms, signal) => {
      most = Math.max(most, ++waiting);
      await waitMs(ms, signal);
      waiting--;
    },
  });
  for (let sent = 0; sent < 20; sent++) await send(spool, [sent]).durable;
  await waitUntil('all are inserted', () => engine.rows('a').length === 20);
  assert.ok(most <= 3, `${most} waits at the same time`);
  await spool.stop(1000);
  assert.equal(waiting, 0);
});

test('rows that came while a slow insert ran are inserted too, with nothing else to push them', async () => {
  const engine = recordingEngine();
  let nowMs = 1_000_000;
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const waits: { untilMs: number; done: () => void }[] = [];
  const pass = (ms: number) => {
    nowMs += ms;
    for (const one of waits.splice(0))
      if (one.untilMs <= nowMs) one.done();
      else waits.push(one);
  };
  const { spool, notes } = await openSpool(
    dir.path,
    async (segment) => {
      if (notes.length === 0) await held;
      await engine.insert(segment);
    },
    {
      nowMs: () => nowMs,
      wait: (ms) => new Promise((done) => waits.push({ untilMs: nowMs + ms, done })),
      limits: { insertEveryMs: 400 },
    },
  );
  await send(spool, [1]).durable;
  pass(400);
  await waitUntil('the first insert has begun', () => spool.stats().segments === 1 && waits.length === 0);
  pass(4_700);
  await send(spool, [2]).durable;
  // The usual age is reached while the insert still runs; its end makes the age longer, which is not reached yet.
  pass(450);
  release();
  await waitUntil('the first insert is over', () => notes.length === 1);
  await waitUntil('somebody waits for the rest of the age', () => waits.length > 0);
  pass(400);
  await waitUntil('the second is inserted', () => notes.length === 2);
  assert.deepEqual(engine.rows('a'), [1, 2]);
  await spool.stop(1000);
});

test('rows that are not in the engine yet are never reported as being in it, also while a segment changes hands', async () => {
  const engine = recordingEngine();
  let handedOver = 0;
  const { spool } = await openSpool(dir.path, async (segment) => {
    await engine.insert(segment);
    handedOver += 1;
  });
  for (let round = 0; round < 20; round += 1) {
    const before = handedOver;
    await send(spool, [round]).durable;
    // Looks at every turn of the event loop, because the moment in question is that short.
    while (handedOver === before) {
      assert.notEqual(spool.stats().oldestAgeMs, null, `in round ${round}`);
      await new Promise(setImmediate);
    }
  }
  await spool.stop(1000);
});
