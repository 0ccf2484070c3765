import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLatencyRecorder } from '../../../http/metrics/latency.js';
import type { Sample } from '../../../http/metrics/metric-family.js';

const minuteMs = 60_000;

function find(samples: readonly Sample[], quantile: string): number | undefined {
  return samples.find(({ labels }) => labels?.['quantile'] === quantile)?.value;
}

test('latency: percentiles are within 1 % of the recorded durations', () => {
  const recorder = createLatencyRecorder('wait_seconds', 'Waiting', () => 0);
  for (let ms = 1; ms <= 1000; ms += 1) recorder.record({ lane: 'query' }, ms);
  const { samples } = recorder.family();
  for (const [quantile, expectedSeconds] of [
    ['0.5', 0.5],
    ['0.95', 0.95],
    ['0.99', 0.99],
  ] as const) {
    const value = find(samples, quantile);
    assert.ok(
      value !== undefined && Math.abs(value / expectedSeconds - 1) < 0.01,
      `p${quantile} is ${value}`,
    );
  }
  assert.equal(samples.find(({ suffix }) => suffix === '_count')?.value, 1000);
  assert.ok(Math.abs((samples.find(({ suffix }) => suffix === '_sum')?.value ?? 0) - 500.5) < 1e-6);
});

test('latency: percentiles forget after ten minutes, count and sum never', () => {
  let now = 0;
  const recorder = createLatencyRecorder('wait_seconds', 'Waiting', () => now);
  recorder.record({}, 9_000);
  now = 6 * minuteMs;
  recorder.record({}, 10);
  assert.ok((find(recorder.family().samples, '0.99') ?? 0) > 8, 'the slow one is still in the window');
  now = 12 * minuteMs;
  recorder.record({}, 10);
  assert.ok((find(recorder.family().samples, '0.99') ?? 9) < 0.011, 'the slow one has left the window');
  now = 60 * minuteMs;
  const { samples } = recorder.family();
  assert.equal(find(samples, '0.99'), undefined, 'an idle window has no percentile');
  assert.equal(samples.find(({ suffix }) => suffix === '_count')?.value, 3);
});

test('latency: a duration beyond an hour or below zero is kept within bounds', () => {
  const recorder = createLatencyRecorder('wait_seconds', 'Waiting', () => 0);
  recorder.record({}, 10 ** 9);
  recorder.record({}, -5);
  assert.equal(recorder.family().samples.find(({ suffix }) => suffix === '_count')?.value, 2);
});
