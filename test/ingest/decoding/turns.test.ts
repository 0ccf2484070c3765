import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Turns } from '../../../ingest/decoding/turns.js';

/** An event loop whose rounds and time are those the test says. */
function loop() {
  let nowMs = 0;
  let due: (() => void)[] = [];
  const done: string[] = [];
  const turns = new Turns({ nowMs: () => nowMs, afterIo: (work) => due.push(work) });
  return {
    done,
    /** Asks for a piece of work that takes so long. */
    ask: (owner: string, name: string, tookMs: number) =>
      turns.run(owner, () => {
        nowMs += tookMs;
        done.push(name);
        return name;
      }),
    turns,
    /** The loop has been to the disk and the sockets. */
    round: () => {
      const now = due;
      due = [];
      for (const work of now) work();
      return done.splice(0);
    },
    isIdle: () => due.length === 0,
  };
}

test('turns: what comes first is done on the spot, and further work while the turn lasts', () => {
  const { ask, done } = loop();
  assert.equal(ask('a', '1', 1), '1');
  assert.equal(ask('a', '2', 1), '2');
  assert.deepEqual(done, ['1', '2']);
});

test('turns: when the time is up, work waits until the loop was round, in its order', async () => {
  const { ask, done, round, isIdle } = loop();
  ask('a', '1', 6);
  const second = ask('a', '2', 6);
  const third = ask('a', '3', 6);
  assert.deepEqual(done.splice(0), ['1']);
  assert.deepEqual(round(), ['2']);
  assert.deepEqual(round(), ['3']);
  assert.deepEqual([await second, await third], ['2', '3']);
  assert.deepEqual(round(), []);
  assert.ok(isIdle());
});

test('turns: small work is done by the handful', () => {
  const { ask, done, round } = loop();
  ask('a', 'large', 6);
  for (let index = 0; index < 10; index++) ask('a', `${index}`, 1);
  assert.deepEqual(done.splice(0), ['large']);
  assert.equal(round().length, 4);
  assert.equal(round().length, 4);
  assert.equal(round().length, 2);
});

test('turns: nothing overtakes what waits, however soon it comes in the next turn', () => {
  const { ask, done, round } = loop();
  ask('a', '1', 6);
  ask('a', '2', 1);
  ask('a', '3', 5);
  ask('a', '4', 1);
  assert.deepEqual(done.splice(0), ['1']);
  assert.deepEqual(round(), ['2', '3']);
  ask('a', '5', 1);
  assert.deepEqual(round(), ['4', '5']);
});

test('turns: one owner with much work does not make another wait for all of it', () => {
  const { ask, done, round } = loop();
  ask('busy', '1', 6);
  for (const name of ['2', '3', '4']) ask('busy', name, 6);
  ask('quiet', 'other', 6);
  assert.deepEqual(done.splice(0), ['1']);
  assert.deepEqual([round(), round()].flat().sort(), ['2', 'other']);
});

test('turns: work that throws is for its asker to hear, and the rest goes on', async () => {
  const { ask, turns, round } = loop();
  ask('a', '1', 6);
  const broken = turns.run('a', () => {
    throw new Error('unreadable');
  });
  const next = ask('a', '2', 1);
  round();
  await assert.rejects(Promise.resolve(broken), /unreadable/);
  assert.equal(await next, '2');
});
