import assert from 'node:assert/strict';
import { test } from 'node:test';
import { receivedAtMs } from '../support/decode.js';
import { decodeLogs, decodeReports } from '../support/decode-signals.js';
import type { ReportRow } from '../support/read-signal-rows.js';
import { protobufBody } from '../support/sample-items.js';

const id = '8286a188-ba32-4475-8077-530cd35c09a9';
const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
const kvlist = (pairs: Record<string, object>) => ({
  kvlistValue: { values: Object.entries(pairs).map(([key, value]) => ({ key, value })) },
});
const line = (stringValue: string, more: object = {}) => ({
  timeUnixNano: `${receivedAtMs}000000`,
  body: { stringValue },
  ...more,
});
const reportLine = `REPORT RequestId: ${id}\tDuration: 10.25 ms\tBilled Duration: 11 ms\tMemory Size: 512 MB\tMax Memory Used: 90 MB`;
const extension = [
  text('faas.invoked_provider', 'aws'),
  text('faas.invoked_region', 'eu-central-1'),
  text('faas.name', 'orders'),
  text('faas.version', '7'),
  text('service.name', 'orders'),
  text('service.instance.id', 'i-1'),
  text('faas.max_memory', '512'),
  text('team', 'payments'),
  text('deployment.environment.name', 'prod'),
];
const logGroup = [
  text('cloud.account.id', '123456789012'),
  text('aws.region', 'eu-west-1'),
  text('cloudwatch.log.group.name', '/aws/lambda/orders'),
  text('cloudwatch.log.stream', '2026/11/20/[$LATEST]8a1c'),
];

function reports(records: readonly object[], resource: readonly object[] = extension): ReportRow[] {
  const message = {
    resourceLogs: [{ resource: { attributes: resource }, scopeLogs: [{ logRecords: records }] }],
  };
  return decodeReports(protobufBody('ExportLogsServiceRequest', message), 'protobuf');
}

test('a REPORT line becomes a row with all that the extension’s resource says', () => {
  assert.deepEqual(reports([line(reportLine)]), [
    {
      tenant: 'default',
      environment: 'prod',
      function: 'orders',
      atNs: BigInt(receivedAtMs) * 1_000_000n,
      invocationId: id,
      outcome: 'ok',
      errorType: '',
      errorMessage: '',
      durationNs: 10_250_000n,
      billedMs: 11n,
      initNs: 0n,
      memoryBytes: 536_870_912n,
      memoryUsedBytes: 94_371_840n,
      provider: 'aws',
      platform: 'aws_lambda',
      region: 'eu-central-1',
      account: '',
      team: 'payments',
      version: '7',
      alias: '',
      arch: '',
      instance: 'i-1',
      traceId: '0'.repeat(32),
      spanId: '0'.repeat(16),
      receivedAtMs: BigInt(receivedAtMs),
    },
  ]);
});

test('a line of a log group is told apart by the names of group and stream', () => {
  const [row] = reports([line(reportLine)], logGroup);
  assert.deepEqual(
    [row?.function, row?.region, row?.account, row?.version, row?.instance],
    ['orders', 'eu-west-1', '123456789012', '$LATEST', '2026/11/20/[$LATEST]8a1c'],
  );
});

const metrics = kvlist({ durationMs: { doubleValue: 10.25 }, billedDurationMs: { intValue: '11' } });
const bodies: { name: string; record: object }[] = [
  {
    name: 'a map with the type beside it',
    record: {
      body: kvlist({ requestId: { stringValue: id }, metrics }),
      attributes: [text('type', 'platform.report')],
    },
  },
  {
    name: 'a map with its envelope',
    record: {
      body: kvlist({ record: kvlist({ metrics }) }),
      attributes: [text('type', 'platform.report'), text('faas.invocation_id', id)],
    },
  },
  {
    name: 'a JSON line as Lambda writes it into a log group',
    record: line(
      JSON.stringify({
        time: '2026-11-20T10:00:00.000Z',
        type: 'platform.report',
        record: { requestId: id, metrics: { durationMs: 10.25, billedDurationMs: 11 }, status: 'success' },
      }),
    ),
  },
];
for (const { name, record } of bodies) {
  test(`the figures are read from ${name}`, () => {
    const rows = reports([{ timeUnixNano: `${receivedAtMs}000000`, ...record }]);
    assert.deepEqual(
      rows.map(({ invocationId, durationNs, billedMs }) => ({ invocationId, durationNs, billedMs })),
      [{ invocationId: id, durationNs: 10_250_000n, billedMs: 11n }],
    );
  });
}

test('ordinary logs, initialising and reports without a function make no row', () => {
  const ordinary = ['hello', '{"level":"info"}', 'we waited 5 seconds', 'REPORT of sales', 'RequestId: none'];
  assert.deepEqual(reports(ordinary.map((body) => line(body))), []);
  assert.deepEqual(reports([line('INIT_REPORT Init Duration: 9 ms Phase: init Status: timeout')]), []);
  assert.deepEqual(reports([line('x', { attributes: [text('type', 'function')] })]), []);
  assert.deepEqual(reports([line(reportLine)], []), []);
});

test('attempts seconds apart are rows of their own, each with what is told of it', () => {
  const at = (ms: number) => ({ timeUnixNano: `${receivedAtMs + ms}000000` });
  const failed = `${reportLine} Status: error`;
  const rows = reports([
    line(failed, at(0)),
    line(failed.replace('11 ms', '12 ms'), at(9_000)),
    line(reportLine.replace('11 ms', '13 ms'), at(20_000)),
    // The same run again, as an event.
    line(JSON.stringify({ type: 'platform.report', record: { requestId: id, status: 'error' } }), at(9_001)),
  ]);
  assert.deepEqual(
    rows.map(({ billedMs, outcome }) => [billedMs, outcome]),
    [
      [11n, 'error'],
      [12n, 'error'],
      [13n, 'ok'],
    ],
  );
});

test('what one request tells of a run is one row, and its next attempt another', () => {
  const at = (ms: number) => ({ timeUnixNano: `${receivedAtMs + ms}000000` });
  const rows = reports([
    line(`2026-11-20T10:00:03.003Z ${id} Task timed out after 3.00 seconds\n\n`),
    line(`RequestId: ${id} Status: timeout`, {
      ...at(1),
      attributes: [text('type', 'platform.runtimeDone'), text('faas.invocation_id', id)],
    }),
    line(reportLine, at(20)),
    line(reportLine.replace('11 ms', '12 ms'), at(60_000)),
  ]);
  assert.deepEqual(
    rows.map(({ outcome, billedMs, atNs }) => ({
      outcome,
      billedMs,
      atMs: Number(atNs / 1_000_000n) - receivedAtMs,
    })),
    [
      { outcome: 'timeout', billedMs: 11n, atMs: 20 },
      { outcome: 'ok', billedMs: 12n, atMs: 60_000 },
    ],
  );
});

test('a refused record leaves no report, and neither does a request that cannot be read', () => {
  const old = { timeUnixNano: `${receivedAtMs - 91 * 86_400_000}000000` };
  assert.deepEqual(reports([line(reportLine, old)]), []);
  const whole = protobufBody('ExportLogsServiceRequest', {
    resourceLogs: [{ resource: { attributes: extension }, scopeLogs: [{ logRecords: [line(reportLine)] }] }],
  });
  const cut = new Uint8Array([...whole, 0x0a, 0x05]);
  assert.throws(() => decodeLogs(cut, 'protobuf'));
  assert.deepEqual(reports([line('hello')]), []);
});
