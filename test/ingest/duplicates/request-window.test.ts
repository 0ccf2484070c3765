import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { RequestWindow } from '../../../ingest/duplicates/request-window.js';

const keepMs = 1000;
const startMs = 1_700_000_000_000;

function keyOf(name: number): Buffer {
  return createHash('sha1').update(String(name)).digest().subarray(0, 16);
}

test('law: a key is known for exactly the window after it was added last', () => {
  const step = fc.record({ name: fc.nat(6), passedMs: fc.nat(700), adds: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const window = new RequestWindow({ keepMs, maxKeys: 1000 });
      const model = new Map<number, number>();
      let now = startMs;
      for (const { name, passedMs, adds } of steps) {
        now += passedMs;
        const addedMs = model.get(name);
        assert.equal(window.has(keyOf(name), now), addedMs !== undefined && addedMs > now - keepMs);
        if (!adds) continue;
        window.add(keyOf(name), now, now);
        model.set(name, now);
      }
      assert.equal(window.evicted, 0);
    }),
  );
});

test('over the limit the oldest are forgotten, and counted', () => {
  const window = new RequestWindow({ keepMs: 1_000_000, maxKeys: 4000 });
  const total = 10_000;
  for (let name = 0; name < total; name++) window.add(keyOf(name), startMs + name, startMs + name);
  assert.ok(window.size <= 4000);
  assert.equal(window.size + window.evicted, total);
  const known = Array.from({ length: total }, (_, name) => window.has(keyOf(name), startMs + total));
  assert.equal(known.lastIndexOf(false), window.evicted - 1);
  assert.equal(known.indexOf(true), window.evicted);
});

test('what comes from a former run out of order is known like the rest, unless it is too old', () => {
  const window = new RequestWindow({ keepMs, maxKeys: 100 });
  for (const agoMs of [10, 900, 400, 1000, 5000]) window.add(keyOf(agoMs), startMs - agoMs, startMs);
  const known = [10, 400, 900, 1000, 5000].map((agoMs) => window.has(keyOf(agoMs), startMs));
  assert.deepEqual(known, [true, true, true, false, false]);
});
