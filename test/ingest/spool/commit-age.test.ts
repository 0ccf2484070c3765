import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commitAgeMs } from '../../../ingest/spool/commit-age.js';

const cases: { name: string; everyMs?: number; tookMs: number; expected: number }[] = [
  { name: 'a fast disk is written to as soon as it has rested as long', tookMs: 1.2, expected: 2.4 },
  { name: 'but not more often than timers fire', tookMs: 0.1, expected: 1 },
  { name: 'a slow one no later than asked for', tookMs: 30, expected: 4 },
  { name: 'who asks for no wait gets none', everyMs: 0, tookMs: 30, expected: 0 },
];
for (const { name, everyMs = 4, tookMs, expected } of cases) {
  test(`commit age: ${name}`, () => {
    assert.equal(commitAgeMs(everyMs, tookMs), expected);
  });
}
