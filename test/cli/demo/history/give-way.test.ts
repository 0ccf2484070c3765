import assert from 'node:assert/strict';
import { test } from 'node:test';
import { giveWay } from '../../../../cli/demo/history/give-way.js';

/** How long it waits while readers come as `readingAt` says of the milliseconds since it began. */
async function waitedMs(readingAt: (ms: number) => number): Promise<number> {
  let ms = 0;
  await giveWay({
    nowMs: () => ms,
    reading: () => readingAt(ms),
    wait: async (more) => {
      ms += more;
    },
  });
  return ms;
}

const cases = [
  { name: 'nobody reads: a moment, in case they come in waves', readingAt: () => 0, expected: 200 },
  { name: 'until they are done', readingAt: (ms: number) => (ms <= 600 ? 3 : 0), expected: 800 },
  { name: 'a second wave', readingAt: (ms: number) => (ms < 100 || ms === 250 ? 1 : 0), expected: 450 },
  { name: 'who reads without end is let go first for three seconds', readingAt: () => 1, expected: 3_000 },
];
for (const { name, readingAt, expected } of cases)
  test(`giving way: ${name}`, async () => assert.equal(await waitedMs(readingAt), expected));
