import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  decideLease,
  type LeaseRules,
  type LeaseSeen,
} from '../../../warehouse/migrate/lease/lease-decision.js';

const rules: LeaseRules = { leaseMs: 1000, isAbandoned: (holder) => holder === 'dead' };
const held: LeaseSeen = { generation: 3, holder: 'a', beat: 7 };

const cases = [
  { name: 'no lease is taken as the first', seen: null, watch: null, now: 0, claim: 1 },
  { name: 'one given back is taken', seen: { ...held, holder: null }, watch: null, now: 0, claim: 4 },
  {
    name: 'one of a holder known to be dead is taken',
    seen: { ...held, holder: 'dead' },
    watch: null,
    now: 0,
    claim: 4,
  },
  { name: 'one seen for the first time is waited for', seen: held, watch: null, now: 5000, claim: null },
  {
    name: 'silence is counted from when it was first seen',
    seen: held,
    watch: { generation: 3, beat: 7, sinceMs: 100 },
    now: 1099,
    claim: null,
  },
  {
    name: 'silence of a whole lease is death',
    seen: held,
    watch: { generation: 3, beat: 7, sinceMs: 100 },
    now: 1100,
    claim: 4,
  },
  {
    name: 'a beat starts the count again',
    seen: held,
    watch: { generation: 3, beat: 6, sinceMs: 100 },
    now: 9000,
    claim: null,
  },
  {
    name: 'a new holder starts the count again',
    seen: held,
    watch: { generation: 2, beat: 7, sinceMs: 100 },
    now: 9000,
    claim: null,
  },
];
for (const { name, seen, watch, now, claim } of cases)
  test(`decideLease: ${name}`, () => {
    const decision = decideLease(seen, watch, now, rules);
    assert.equal(decision.kind === 'claim' ? decision.generation : null, claim);
  });

test('decideLease: a holder that beats faster than the lease lasts is never replaced', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 999 }), { maxLength: 50 }), (pauses) => {
      let watch = null;
      let now = 0;
      for (const [beat, pause] of pauses.entries()) {
        for (const at of [now, now + pause - 1]) {
          const decision = decideLease({ generation: 1, holder: 'a', beat }, watch, at, rules);
          assert.ok(decision.kind === 'wait');
          watch = decision.watch;
        }
        now += pause;
      }
    }),
  );
});
