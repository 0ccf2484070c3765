import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  formatBytes,
  lagState,
  limitSentence,
  type Recent,
  rateNow,
  refusedWhat,
  sparkline,
} from '../../../../dashboards/web/view/ingest-view.js';

const recentOf = (spans: readonly number[]): Recent => ({
  stepMs: 10_000,
  steps: spans.map((count) => ({
    at: '2026-03-01T00:00:00.000Z',
    spans: count,
    dataPoints: 0,
    logRecords: 0,
  })),
});

test('the rate now is that of the last minute only', () => {
  assert.equal(rateNow(recentOf([1_000_000, 60, 60, 60, 60, 60, 60]), 'spans'), '6.00 per second');
  assert.equal(rateNow(recentOf([1_000_000, 0, 0, 0, 0, 0, 0]), 'spans'), 'none in the last minute');
});

test('a line goes through every step, the most at the top; without items there is none', () => {
  const box = { width: 100, height: 10 };
  assert.equal(sparkline(recentOf([0, 5, 10]), 'spans', box), '0.0,10.0 50.0,5.0 100.0,0.0');
  assert.equal(sparkline(recentOf([0, 0, 0]), 'spans', box), null);
  assert.equal(sparkline(recentOf([3]), 'spans', box), null);
});

const sizes = [
  { bytes: 0, text: '0 B' },
  { bytes: 1023, text: '1023 B' },
  { bytes: 1536, text: '1.5 KiB' },
  { bytes: 64 * 2 ** 20, text: '64 MiB' },
  { bytes: 4 * 2 ** 30, text: '4.0 GiB' },
];
for (const { bytes, text } of sizes) {
  test(`formatBytes: ${bytes} reads ${text}`, () => {
    assert.equal(formatBytes(bytes).replace(/\s/g, ' '), text);
  });
}

test('words fit the number and the outcome', () => {
  assert.equal(refusedWhat('requests', 1), 'request');
  assert.equal(refusedWhat('logRecords', 2), 'log records');
  const limit = { limit: 'spanNames', outcome: 'fold', allowed: 10, count: 12_345 } as const;
  assert.match(limitSentence(limit), /^12\.3.k stored as “\(other\)”$/);
});

test('telemetry is late after ten seconds, or when an insert failed; not known is not late', () => {
  assert.deepEqual([lagState(9_000, false), lagState(11_000, false)], ['good', 'late']);
  assert.deepEqual([lagState(0, true), lagState(null, false)], ['late', 'good']);
});
