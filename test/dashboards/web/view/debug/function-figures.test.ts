import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headlineOf } from '../../../../../dashboards/web/view/debug/headline.js';
import { errorLine, invocationMarks } from '../../../../../dashboards/web/view/debug/invocation-words.js';
import { outcomeChart } from '../../../../../dashboards/web/view/debug/outcome-chart.js';
import {
  type Answer,
  outcomeSteps,
  outcomesText,
} from '../../../../../dashboards/web/view/debug/outcome-steps.js';
import { versionRows } from '../../../../../dashboards/web/view/debug/version-rows.js';
import type { InvocationRow } from '../../../../../schemas/invocations.js';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 1, 10, minute)).toISOString();
type Counted = [good: number, total: number];

function answer(...series: [version: string, ...points: Counted[]][]): Answer {
  return {
    sli: 'success',
    unit: 'ratio',
    compared: null,
    from: at(0),
    to: at(2),
    stepMs: 60_000,
    series: series.map(([version, ...points]) => ({
      labels: { version },
      summary: { good: 0, total: 0, value: null, coldBad: null, coldBadRatio: null },
      compared: null,
      points: points.map(([good, total], index) => ({
        at: at(index),
        good,
        total,
        value: total === 0 ? null : good / total,
      })),
    })),
  };
}

test('outcomes of a step add up to its total, and none is below zero', () => {
  const steps = outcomeSteps(
    answer(['', [90, 100], [0, 0]]),
    answer(['', [97, 100]]),
    answer(['', [98, 100]]),
  );
  assert.deepEqual(
    steps.map(({ total, ok, failed, timeout, throttled }) => [total, ok, failed, timeout, throttled]),
    [
      [100, 90, 5, 3, 2],
      [0, 0, 0, 0, 0],
    ],
  );
  const later = outcomeSteps(answer(['', [10, 10]]), answer(['', [9, 10]]), answer(['', [10, 10]]));
  assert.equal(later[0]?.failed, 0);
  const { series } = outcomeChart(steps, 60_000, []);
  assert.deepEqual(
    series.map(({ key, values }) => [key, values]),
    [
      ['ok', [90, 0]],
      ['failed', [5, 0]],
      ['timeout', [3, 0]],
      ['throttled', [2, 0]],
    ],
  );
  assert.deepEqual(
    outcomeChart(later, 60_000, []).series.map(({ key }) => key),
    ['ok', 'timeout'],
  );
  assert.match(outcomesText(steps, 60_000), /^90 ok, 5 failed, 3 timed out, 2 throttled\. Most failures: /);
});

test('the headline adds counts up, and says nothing it does not know', () => {
  const headline = headlineOf('f', {
    success: answer(['', [90, 100], [10, 10]]),
    coldStart: answer(['', [95, 100]]),
    retry: answer(['', [100, 102]]),
    duplicate: answer(),
    latency: {
      from: at(0),
      to: at(2),
      count: 110,
      isExact: true,
      quantilesMs: { '0.5': 5, '0.95': null },
      under: [],
    },
    functions: null,
  });
  assert.deepEqual(headline, {
    invocations: 110,
    bad: 10,
    successRatio: 100 / 110,
    p50Ms: 5,
    p95Ms: null,
    p99Ms: null,
    coldStarts: 5,
    coldStartRatio: 0.05,
    retries: 2,
    duplicates: 0,
    concurrencyMax: null,
    coverageRatio: null,
  });
});

test('the newest version stands first, and one that served nothing is left out', () => {
  const rows = versionRows(
    answer(['1', [10, 10], [5, 10]], ['2', [0, 0], [3, 3]], ['3', [0, 0], [0, 0]]),
    answer(['1', [9, 10], [10, 10]]),
  );
  assert.deepEqual(
    rows.map(({ version, invocations, bad, successRatio, coldStartRatio }) => [
      version,
      invocations,
      bad,
      successRatio,
      coldStartRatio,
    ]),
    [
      ['2', 3, 0, 1, null],
      ['1', 20, 5, 0.75, 0.05],
    ],
  );
});

test('an invocation says what is special about it', () => {
  const row: InvocationRow = {
    startedAt: at(0),
    function: 'f',
    environment: '',
    version: '',
    outcome: 'error',
    cold: true,
    durationMs: 1,
    initMs: 123.4,
    trigger: '',
    region: '',
    team: '',
    customer: '',
    httpStatus: 502,
    errorType: '',
    errorMessage: '',
    invocationId: '',
    attempt: 2,
    isSuperseded: false,
    isDuplicate: true,
    source: 'report',
    traceId: null,
    spanId: null,
  };
  assert.deepEqual(
    invocationMarks(row).map(({ label }) => label),
    ['cold', 'attempt 2', 'duplicate', 'report only'],
  );
  assert.equal(errorLine(row), 'HTTP 502');
  assert.equal(errorLine({ ...row, errorType: 'E', errorMessage: 'one\ntwo' }), 'E: one');
  assert.equal(errorLine({ ...row, httpStatus: 200 }), '');
});
