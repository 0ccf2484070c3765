import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FairQueue } from '../../../ingest/decoding/fair-queue.js';

test('owners take turns, each with its oldest, and nothing is lost', () => {
  const pushed = fc.array(fc.record({ owner: fc.constantFrom('a', 'b', 'c'), value: fc.nat() }), {
    maxLength: 30,
  });
  fc.assert(
    fc.property(pushed, (items) => {
      const queue = new FairQueue<(typeof items)[number]>();
      for (const item of items) queue.push(item.owner, item);
      const out: typeof items = [];
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) out.push(next);
      for (const owner of ['a', 'b', 'c']) {
        const of = (list: typeof items) => list.filter((item) => item.owner === owner);
        assert.deepEqual(of(out), of(items), 'the order of one owner stays');
        // While others wait as well, nobody has two turns more than they.
        const waiting = (at: number, other: string) => out.slice(at).some((item) => item.owner === other);
        for (const [at, item] of out.entries()) {
          const previous = out[at - 1];
          if (previous?.owner !== item.owner) continue;
          assert.ok(!['a', 'b', 'c'].some((other) => other !== item.owner && waiting(at, other)));
        }
      }
    }),
  );
});

test('who comes while another has much waiting is next but one', () => {
  const queue = new FairQueue<string>();
  for (const item of ['a1', 'a2', 'a3']) queue.push('a', item);
  assert.equal(queue.shift(), 'a1');
  queue.push('b', 'b1');
  assert.deepEqual(
    [queue.shift(), queue.shift(), queue.shift(), queue.shift()],
    ['a2', 'b1', 'a3', undefined],
  );
});
