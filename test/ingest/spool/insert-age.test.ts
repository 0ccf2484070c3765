import assert from 'node:assert/strict';
import { test } from 'node:test';
import { insertAgeMs, type LastInsert } from '../../../ingest/spool/insert-age.js';

const cases: { name: string; last: LastInsert | null; everyMs?: number; expected: number }[] = [
  { name: 'nothing was inserted yet', last: null, expected: 400 },
  { name: 'cheap inserts come as often as asked for', last: { endedAtMs: 9_900, tookMs: 20 }, expected: 400 },
  { name: 'dear inserts become rarer', last: { endedAtMs: 9_900, tookMs: 100 }, expected: 600 },
  { name: 'but rows are seen within a second', last: { endedAtMs: 9_900, tookMs: 5_000 }, expected: 750 },
  {
    name: 'after a pause the first rows do not wait',
    last: { endedAtMs: 6_000, tookMs: 5_000 },
    expected: 400,
  },
  {
    name: 'who asks for longer gets it',
    last: { endedAtMs: 9_900, tookMs: 10 },
    everyMs: 5_000,
    expected: 5_000,
  },
];
for (const { name, last, everyMs = 400, expected } of cases) {
  test(`insert age: ${name}`, () => {
    assert.equal(insertAgeMs(everyMs, last, 10_000), expected);
  });
}
