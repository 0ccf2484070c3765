import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { test } from 'node:test';
import { type LogRefusal, logRefusals } from '../../../ingest/otlp/log-refusal.js';
import { type PointRefusal, pointRefusals } from '../../../ingest/otlp/point-refusal.js';
import { receivedAtMs } from '../support/decode.js';
import { decodeLogs, decodeMetrics } from '../support/decode-signals.js';
import { toJson } from '../support/otlp-json.js';
import { logsMessage, metricsMessage, protobufBody } from '../support/sample-items.js';

const dayMs = 86_400_000;
const ns = (ms: number) => `${ms}000000`;
const at = { timeUnixNano: ns(receivedAtMs) };
const goodGauge = { name: 'm', gauge: { dataPoints: [{ ...at, asInt: '1' }] } };

function nested(depth: number): object {
  return depth === 0 ? { stringValue: 'x' } : { arrayValue: { values: [nested(depth - 1)] } };
}
const gauge = (point: object) => ({ name: 'm', gauge: { dataPoints: [point] } });
const histogram = (point: object) => ({ name: 'm', histogram: { dataPoints: [{ ...at, ...point }] } });

const pointCases: { name: string; metric: object; reason: PointRefusal }[] = [
  { name: 'no name', metric: { ...goodGauge, name: '' }, reason: 'no-name' },
  { name: 'no time', metric: gauge({ asInt: '1' }), reason: 'no-time' },
  {
    name: 'an old time',
    metric: gauge({ timeUnixNano: ns(receivedAtMs - 91 * dayMs), asInt: '1' }),
    reason: 'too-old',
  },
  {
    name: 'a future time',
    metric: gauge({ timeUnixNano: ns(receivedAtMs + dayMs), asInt: '1' }),
    reason: 'in-future',
  },
  { name: 'no value', metric: gauge({ ...at }), reason: 'no-value' },
  {
    name: 'a count too few',
    metric: histogram({ explicitBounds: [1, 2], bucketCounts: ['1', '2'] }),
    reason: 'buckets-mismatch',
  },
  { name: 'bounds without counts', metric: histogram({ explicitBounds: [1] }), reason: 'buckets-mismatch' },
  {
    name: 'bounds that fall',
    metric: histogram({ explicitBounds: [2, 1], bucketCounts: ['1', '2', '3'] }),
    reason: 'bounds-disorder',
  },
  {
    name: 'a bound that is no number',
    metric: histogram({ explicitBounds: [1, Number.NaN], bucketCounts: ['1', '2', '3'] }),
    reason: 'bounds-disorder',
  },
  {
    name: 'too many buckets',
    metric: {
      name: 'm',
      exponentialHistogram: {
        dataPoints: [{ ...at, positive: { bucketCounts: new Array(10_001).fill('1') } }],
      },
    },
    reason: 'too-many-buckets',
  },
  {
    name: 'too many quantiles',
    metric: { name: 'm', summary: { dataPoints: [{ ...at, quantileValues: new Array(10_001).fill({}) }] } },
    reason: 'too-many-buckets',
  },
  {
    name: 'too many exemplars',
    metric: gauge({ ...at, asInt: '1', exemplars: new Array(1001).fill({}) }),
    reason: 'too-many-exemplars',
  },
  {
    name: 'a value that nests too deeply',
    metric: gauge({ ...at, asInt: '1', attributes: [{ key: 'k', value: nested(120) }] }),
    reason: 'too-deep',
  },
];

for (const { name, metric, reason } of pointCases) {
  test(`a data point with ${name} is refused, the points beside it are kept`, () => {
    const message = metricsMessage([goodGauge, metric, goodGauge]);
    // protobufjs itself refuses to encode what nests this deeply.
    const { rows, received } =
      reason === 'too-deep'
        ? decodeMetrics(toJson(message, false), 'json')
        : decodeMetrics(protobufBody('ExportMetricsServiceRequest', message), 'protobuf');
    assert.equal(rows.length, 2);
    assert.equal(received.accepted, 2);
    assert.deepEqual([...received.refused], [[reason, 1]]);
    assert.ok(pointRefusals[reason].length > 10);
  });
}

test('a point that says it has no value is stored as that', () => {
  const body = protobufBody('ExportMetricsServiceRequest', metricsMessage([gauge({ ...at, flags: 1 })]));
  const [row] = decodeMetrics(body, 'protobuf').rows;
  assert.deepEqual([row?.noValue, row?.value, row?.intValue], [true, null, null]);
});

test('a histogram without buckets is its count and sum', () => {
  const body = protobufBody(
    'ExportMetricsServiceRequest',
    metricsMessage([histogram({ count: '3', sum: 4.5 })]),
  );
  const [row] = decodeMetrics(body, 'protobuf').rows;
  assert.deepEqual([row?.count, row?.sum, row?.min, row?.bounds], [3n, 4.5, null, []]);
});

const goodRecord = { ...at, body: { stringValue: 'x' } };

const logCases: { name: string; record: object; reason: LogRefusal }[] = [
  { name: 'a short trace id', record: { traceId: Buffer.alloc(15, 1) }, reason: 'trace-id-length' },
  { name: 'a long span id', record: { spanId: Buffer.alloc(9, 1) }, reason: 'span-id-length' },
  { name: 'an old time', record: { timeUnixNano: ns(receivedAtMs - 91 * dayMs) }, reason: 'too-old' },
  {
    name: 'an old observation and no time',
    record: { timeUnixNano: '0', observedTimeUnixNano: '1' },
    reason: 'too-old',
  },
  { name: 'a future time', record: { timeUnixNano: ns(receivedAtMs + dayMs) }, reason: 'in-future' },
  { name: 'a body that nests too deeply', record: { body: nested(120) }, reason: 'too-deep' },
];

for (const { name, record, reason } of logCases) {
  test(`a log record with ${name} is refused, the records beside it are kept`, () => {
    const message = logsMessage([goodRecord, { ...goodRecord, ...record }, goodRecord]);
    const { rows, received } =
      reason === 'too-deep'
        ? decodeLogs(toJson(message, false), 'json')
        : decodeLogs(protobufBody('ExportLogsServiceRequest', message), 'protobuf');
    assert.equal(rows.length, 2);
    assert.deepEqual([...received.refused], [[reason, 1]]);
    assert.ok(logRefusals[reason].length > 10);
  });
}
