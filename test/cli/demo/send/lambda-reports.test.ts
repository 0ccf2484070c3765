import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isReported, reportLine, reportSentUs } from '../../../../cli/demo/send/lambda-reports.js';
import { demoRun } from '../demo-run.js';

const cases = [
  {
    name: 'a warm run',
    changes: { durationUs: 123_456 },
    line: 'REPORT RequestId: id Duration: 123.46 ms Billed Duration: 124 ms Memory Size: 512 MB Max Memory Used: 100 MB',
  },
  {
    name: 'a cold start is billed too',
    changes: { durationUs: 250_060, initUs: 100_770, isCold: true },
    line: 'REPORT RequestId: id Duration: 250.06 ms Billed Duration: 351 ms Memory Size: 512 MB Max Memory Used: 100 MB Init Duration: 100.77 ms',
  },
  {
    name: 'out of time',
    changes: { durationUs: 3_000_000, outcome: 'timeout' as const },
    line: 'REPORT RequestId: id Duration: 3000.00 ms Billed Duration: 3000 ms Memory Size: 512 MB Max Memory Used: 100 MB Status: timeout',
  },
  {
    name: 'out of memory',
    changes: { durationUs: 10_000, outcome: 'oom' as const, usedMemoryMb: 512 },
    line: 'REPORT RequestId: id Duration: 10.00 ms Billed Duration: 10 ms Memory Size: 512 MB Max Memory Used: 512 MB Status: error Error Type: Runtime.OutOfMemory',
  },
  {
    name: 'a handler that answers 500 went well for Lambda',
    changes: {
      durationUs: 10_000,
      outcome: 'error' as const,
      function: { ...demoRun('lambda-node', {}).function, failsBy: 'answering' as const },
    },
    line: 'REPORT RequestId: id Duration: 10.00 ms Billed Duration: 10 ms Memory Size: 512 MB Max Memory Used: 100 MB',
  },
];
for (const { name, changes, line } of cases) {
  test(`report: ${name}`, () => {
    assert.equal(reportLine(demoRun('lambda-node', changes)), line);
  });
}

test('report: of runs on Lambda whose telemetry arrives, and of no refused call', () => {
  assert.equal(isReported(demoRun('lambda-go', {})), true);
  assert.equal(isReported(demoRun('lambda-go', { outcome: 'timeout' })), true);
  assert.equal(isReported(demoRun('lambda-go', { outcome: 'throttled' })), false);
  assert.equal(isReported(demoRun('lambda-go', { isLost: true })), false);
  assert.equal(isReported(demoRun('azure-host', {})), false);
});

test('report: leaves after its run, a few of them minutes later', () => {
  const delaysMs = Array.from({ length: 2_000 }, (_, at) => {
    const run = demoRun('lambda-node', { spanId: at.toString(16).padStart(16, '0'), durationUs: 5_000 });
    return (reportSentUs(run) - run.durationUs) / 1000;
  });
  assert.ok(delaysMs.every((ms) => ms >= 1_000 && ms <= 420_000));
  const late = delaysMs.filter((ms) => ms > 60_000).length;
  assert.ok(late > 10 && late < 100, `${late} of 2000`);
});
