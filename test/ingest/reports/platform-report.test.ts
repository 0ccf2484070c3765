import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mergeReports, nothingTold, type PlatformReport } from '../../../ingest/reports/platform-report.js';
import { parseReportRecord } from '../../../ingest/reports/report-record.js';

const id = 'r1';
const metrics = { durationMs: 1.5, billedDurationMs: 2, memorySizeMB: 128, maxMemoryUsedMB: 80 };
const told = { durationMs: 1.5, billedMs: 2, memoryMb: 128, memoryUsedMb: 80 };
const record = { requestId: id, metrics, status: 'success' };

const records: {
  name: string;
  body: unknown;
  type?: string;
  knownId?: string;
  expected: Partial<PlatformReport> | null;
}[] = [
  { name: 'a whole event', body: { time: 'x', type: 'platform.report', record }, expected: told },
  { name: 'its record, the type beside it', body: record, type: 'platform.report', expected: told },
  { name: 'its envelope without a type', body: { record }, type: 'platform.report', expected: told },
  { name: 'an id beside it', body: { metrics }, type: 'platform.report', knownId: id, expected: told },
  {
    name: 'figures as text',
    body: { requestId: id, metrics: { durationMs: '1.5', billedDurationMs: '2', initDurationMs: 'x' } },
    type: 'platform.report',
    expected: { durationMs: 1.5, billedMs: 2 },
  },
  {
    name: 'a cold start and a trace',
    body: {
      requestId: id,
      metrics: { ...metrics, initDurationMs: 90.25 },
      tracing: {
        type: 'X-Amzn-Trace-Id',
        value: 'Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a;Sampled=1',
      },
    },
    type: 'platform.report',
    expected: { ...told, initMs: 90.25, traceId: '5bef4de7ad49b0e87f6ef6c87fc2e700' },
  },
  {
    name: 'a snapshot restored',
    body: { requestId: id, metrics: { ...metrics, restoreDurationMs: 300 } },
    type: 'platform.report',
    expected: { ...told, initMs: 300 },
  },
  {
    name: 'a kill',
    body: {
      requestId: id,
      metrics: { ...metrics, maxMemoryUsedMB: 128 },
      status: 'failure',
      errorType: 'Runtime.ExitError',
    },
    type: 'platform.report',
    expected: { ...told, memoryUsedMb: 128, outcome: 'oom', errorType: 'Runtime.ExitError' },
  },
  {
    name: 'the end of the runtime',
    body: {
      requestId: id,
      status: 'error',
      errorType: 'Runtime.Unknown',
      metrics: { durationMs: 5, producedBytes: 3 },
    },
    type: 'platform.runtimeDone',
    expected: { durationMs: 5, outcome: 'error', errorType: 'Runtime.Unknown' },
  },
  {
    name: 'a time-out by its error type',
    body: { ...record, status: 'failure', errorType: 'Sandbox.Timedout' },
    type: 'platform.report',
    expected: { ...told, outcome: 'timeout', errorType: 'Sandbox.Timedout' },
  },
  {
    name: 'initialising',
    body: { phase: 'init', metrics: { durationMs: 5 } },
    type: 'platform.initReport',
    expected: null,
  },
  { name: 'another type', body: record, type: 'platform.start', expected: null },
  { name: 'no id', body: { metrics }, type: 'platform.report', expected: null },
  { name: 'no map', body: 'REPORT', type: 'platform.report', expected: null },
];
for (const { name, body, type = '', knownId = '', expected } of records) {
  test(`parseReportRecord: ${name}`, () => {
    const full = expected === null ? null : { ...nothingTold, invocationId: id, ...expected };
    assert.deepEqual(parseReportRecord(body, type, knownId), full);
  });
}

test('mergeReports: a time-out line, the end of the runtime and the report are one run', () => {
  const line = {
    ...nothingTold,
    invocationId: id,
    outcome: 'timeout',
    errorMessage: 'Task timed out',
    durationMs: 3000,
  } as const;
  const done = { ...nothingTold, invocationId: id, outcome: 'error', durationMs: 2999 } as const;
  const report = { ...nothingTold, invocationId: id, ...told, durationMs: 3000.4, billedMs: 3001 };
  assert.deepEqual(mergeReports(mergeReports(line, done), report), {
    ...report,
    outcome: 'timeout',
    errorMessage: 'Task timed out',
  });
});

test('mergeReports: an exit and a report of full memory are an out-of-memory kill', () => {
  const exit = {
    ...nothingTold,
    invocationId: id,
    outcome: 'error',
    errorType: 'Runtime.ExitError',
  } as const;
  const report = { ...nothingTold, invocationId: id, ...told, memoryUsedMb: 128 };
  assert.equal(mergeReports(exit, report).outcome, 'oom');
});

const anyReport = fc.record({
  ...Object.fromEntries(Object.entries(nothingTold).map(([key, value]) => [key, fc.constant(value)])),
  outcome: fc.constantFrom('ok', 'error', 'timeout', 'oom'),
  billedMs: fc.constantFrom(0, 7),
});
test('mergeReports: the order in which records come does not change the outcome or what was billed', () => {
  fc.assert(
    fc.property(anyReport, anyReport, (one, other) => {
      const [a, b] = [
        { ...nothingTold, ...one },
        { ...nothingTold, ...other },
      ] as const;
      const [forth, back] = [mergeReports(a, b), mergeReports(b, a)];
      assert.deepEqual([forth.outcome, forth.billedMs], [back.outcome, back.billedMs]);
    }),
  );
});
