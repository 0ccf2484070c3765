import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseEndLine } from '../../../ingest/reports/end-line.js';
import { nothingTold, type PlatformReport } from '../../../ingest/reports/platform-report.js';
import { parseReportLine } from '../../../ingest/reports/report-line.js';

const id = '8286a188-ba32-4475-8077-530cd35c09a9';
const plain = `REPORT RequestId: ${id}\tDuration: 123.45 ms\tBilled Duration: 124 ms\tMemory Size: 512 MB\tMax Memory Used: 256 MB`;
const told: Partial<PlatformReport> = { durationMs: 123.45, billedMs: 124, memoryMb: 512, memoryUsedMb: 256 };

const reports: { name: string; line: string; expected: Partial<PlatformReport> | null }[] = [
  { name: 'a warm run', line: plain, expected: told },
  { name: 'blanks instead of tabs', line: plain.replaceAll('\t', ' '), expected: told },
  { name: 'a trailing tab and line feed', line: `${plain}\t\n`, expected: told },
  {
    name: 'a cold start',
    line: `${plain}\tInit Duration: 50.50 ms\t`,
    expected: { ...told, initMs: 50.5 },
  },
  {
    name: 'a restored snapshot, whose billed restore is not the billed run',
    line: `${plain}\tRestore Duration: 411.25 ms\tBilled Restore Duration: 7 ms`,
    expected: { ...told, initMs: 411.25 },
  },
  {
    name: 'a time-out',
    line: `${plain} Status: timeout`,
    expected: { ...told, outcome: 'timeout' },
  },
  {
    name: 'a failure of the runtime',
    line: `${plain}\tStatus: error\tError Type: Runtime.ExitError`,
    expected: { ...told, outcome: 'error', errorType: 'Runtime.ExitError' },
  },
  {
    name: 'a failure by another word',
    line: `${plain} Status: failure`,
    expected: { ...told, outcome: 'error' },
  },
  {
    name: 'a failure with all memory in use',
    line: `${plain.replace('256 MB', '512 MB')}\tStatus: error\tError Type: Runtime.ExitError`,
    expected: { ...told, memoryUsedMb: 512, outcome: 'oom', errorType: 'Runtime.ExitError' },
  },
  {
    name: 'a time-out with all memory in use',
    line: `${plain.replace('256 MB', '512 MB')}\tStatus: timeout`,
    expected: { ...told, memoryUsedMb: 512, outcome: 'timeout' },
  },
  {
    name: 'all memory in use and no failure',
    line: plain.replace('256 MB', '512 MB'),
    expected: { ...told, memoryUsedMb: 512 },
  },
  {
    name: 'an X-Ray trace',
    line: `${plain}\nXRAY TraceId: 1-5759E988-bd862e3fe1be46a994272793\tSegmentId: 3c6f1d\tSampled: true`,
    expected: { ...told, traceId: '5759e988bd862e3fe1be46a994272793' },
  },
  {
    name: 'figures missing',
    line: 'REPORT RequestId: r1 Duration: 1.5 ms',
    expected: { invocationId: 'r1', durationMs: 1.5 },
  },
  {
    name: 'no run: initialising',
    line: 'INIT_REPORT Init Duration: 9999.81 ms\tPhase: init\tStatus: timeout',
    expected: null,
  },
  { name: 'a log that speaks of one', line: `saw ${plain}`, expected: null },
  { name: 'the start', line: `START RequestId: ${id} Version: $LATEST`, expected: null },
];
for (const { name, line, expected } of reports) {
  test(`parseReportLine: ${name}`, () => {
    const full = expected === null ? null : { ...nothingTold, invocationId: id, ...expected };
    assert.deepEqual(parseReportLine(line), full);
  });
}

const timeout = {
  outcome: 'timeout',
  errorType: 'Sandbox.Timedout',
  errorMessage: 'Task timed out after 3.00 seconds',
  durationMs: 3000,
} as const;
const ends: { name: string; line: string; knownId?: string; expected: Partial<PlatformReport> | null }[] = [
  {
    name: 'a time-out',
    line: `2026-11-20T10:00:03.003Z ${id} Task timed out after 3.00 seconds`,
    expected: timeout,
  },
  {
    name: 'a time-out with its id beside the text',
    line: 'Task timed out after 3.00 seconds',
    knownId: id,
    expected: timeout,
  },
  { name: 'a time-out nobody can place', line: 'Task timed out after 3.00 seconds', expected: null },
  { name: 'a task of the user’s own', line: `${id} subTask timed out after 3.00 seconds`, expected: null },
  {
    name: 'a kill',
    line: `RequestId: ${id} Error: Runtime exited with error: signal: killed\nRuntime.ExitError`,
    expected: {
      outcome: 'oom',
      errorType: 'Runtime.OutOfMemory',
      errorMessage: 'Runtime exited with error: signal: killed',
    },
  },
  {
    name: 'an exit',
    line: `RequestId: ${id} Error: Runtime exited with error: exit status 1\nRuntime.ExitError`,
    expected: {
      outcome: 'error',
      errorType: 'Runtime.ExitError',
      errorMessage: 'Runtime exited with error: exit status 1',
    },
  },
  { name: 'a log of another kind', line: `RequestId: ${id} Error: no such user`, expected: null },
];
for (const { name, line, knownId = '', expected } of ends) {
  test(`parseEndLine: ${name}`, () => {
    const full = expected === null ? null : { ...nothingTold, invocationId: id, ...expected };
    assert.deepEqual(parseEndLine(line, knownId), full);
  });
}
