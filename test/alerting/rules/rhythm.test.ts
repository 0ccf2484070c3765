import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clockworkMs } from '../../../alerting/rules/rhythm.js';

const minuteS = 60;
const every = (minutes: number, times: number) =>
  Array.from({ length: times }, (_, index) => index * minutes * minuteS);
/** Gaps of 1, 4, 2, 9, 3 minutes and so on. */
const anyhow = Array.from({ length: 100 }, (_, index) => (index * 4 + ((index * 7) % 5)) * minuteS);

const cases = [
  { name: 'every ten minutes', minutes: every(10, 100), runs: 100, everyMs: 600_000 },
  { name: 'every minute, once', minutes: every(1, 100), runs: 100, everyMs: 60_000 },
  {
    name: 'every hour, a minute late now and then',
    minutes: every(60, 24).map((at, index) => at + (index % 6 === 3 ? minuteS : 0)),
    runs: 24,
    everyMs: 3_600_000,
  },
  { name: 'busy every minute', minutes: every(1, 100), runs: 400, everyMs: null },
  { name: 'whenever somebody calls', minutes: anyhow, runs: 100, everyMs: null },
  {
    name: 'every two or three minutes',
    minutes: every(5, 50).flatMap((at) => [at, at + 2 * minuteS]),
    runs: 100,
    everyMs: null,
  },
  { name: 'too seldom to tell', minutes: every(60, 12), runs: 12, everyMs: null },
  { name: 'never', minutes: [], runs: 0, everyMs: null },
];
for (const { name, minutes, runs, everyMs } of cases)
  test(`clockworkMs: ${name}`, () => assert.equal(clockworkMs(minutes, runs), everyMs));
