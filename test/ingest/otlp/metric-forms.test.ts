import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { test } from 'node:test';
import { WireError } from '../../../ingest/wire/wire-error.js';
import { receivedAtMs } from '../support/decode.js';
import { decodeLogs, decodeMetrics } from '../support/decode-signals.js';
import { messageType } from '../support/otlp-proto.js';
import { delimited } from '../support/sample-firehose.js';
import { protobufBody } from '../support/sample-items.js';

const time = `${receivedAtMs}000000`;

/** A delimited field. */
function part(field: number, body: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([field * 8 + 2]), delimited(Buffer.from(body))]);
}
/** A request of one metric given as bytes. */
const request = (...metric: Buffer[]): Buffer => part(1, part(2, part(2, Buffer.concat(metric))));
const name = part(1, Buffer.from('m'));

test('repeated numbers sent one by one are read like packed ones', () => {
  const type = messageType('UnpackedHistogramPoint');
  const point = type
    .encode(
      type.fromObject({
        timeUnixNano: time,
        count: '6',
        bucketCounts: ['1', '2', '3'],
        explicitBounds: [1, 2],
      }),
    )
    .finish();
  const [row] = decodeMetrics(request(name, part(9, part(1, point))), 'protobuf').rows;
  assert.deepEqual([row?.bucketCounts, row?.bounds, row?.count], [[1n, 2n, 3n], [1, 2], 6n]);
});

test('exponential buckets sent one by one, and in two messages, are one list', () => {
  const side = protobufBody('UnpackedBuckets', { offset: -3, bucketCounts: ['1', String(2n ** 64n - 1n)] });
  const more = protobufBody('UnpackedBuckets', { bucketCounts: ['7'] });
  const point = Buffer.concat([
    protobufBody('ExponentialHistogramDataPoint', { timeUnixNano: time, scale: -2 }),
    ...[part(8, side), part(8, more)],
  ]);
  const [row] = decodeMetrics(request(name, part(10, part(1, point))), 'protobuf').rows;
  assert.deepEqual(
    [row?.positiveCounts, row?.positiveOffset, row?.scale],
    [[1n, 2n ** 64n - 1n, 7n], -3, -2],
  );
});

const gauge = (value: number) =>
  part(1, protobufBody('NumberDataPoint', { timeUnixNano: time, asDouble: value }));

test('the name may come last, and data of one kind sent twice is one', () => {
  const { rows } = decodeMetrics(request(part(5, gauge(1)), part(5, gauge(2)), name), 'protobuf');
  assert.deepEqual(
    rows.map(({ metric, value }) => [metric, value]),
    [
      ['m', 1],
      ['m', 2],
    ],
  );
});

test('of data of two kinds the last one counts', () => {
  const { rows } = decodeMetrics(request(name, part(5, gauge(1)), part(7, gauge(2))), 'protobuf');
  assert.deepEqual(
    rows.map(({ kind, value }) => [kind, value]),
    [[2, 2]],
  );
});

test('a list of 64-bit values with a piece of one is unreadable', () => {
  const body = request(name, part(9, part(1, part(6, Buffer.alloc(9)))));
  assert.throws(() => decodeMetrics(body, 'protobuf'), WireError);
});

const json = (metric: object) =>
  Buffer.from(
    JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: 'm', ...metric }] }] }] }),
  );

test('JSON is read as senders write it: names of enums, numbers or texts, snake_case', () => {
  const sum = {
    aggregation_temporality: 'AGGREGATION_TEMPORALITY_CUMULATIVE',
    is_monotonic: true,
    data_points: [
      { time_unix_nano: time, as_int: -5 },
      { timeUnixNano: time, asInt: String(2n ** 53n + 1n) },
    ],
  };
  const { rows, received } = decodeMetrics(json({ sum }), 'json');
  assert.deepEqual(
    rows.map(({ temporality, monotonic, intValue }) => [temporality, monotonic, intValue]),
    [
      [2, true, -5n],
      [2, true, 2n ** 53n + 1n],
    ],
  );
  assert.equal(received.ignoredFields, 0);
});

test('a list with a hole is left out and said, and the point it makes senseless is refused', () => {
  const dataPoints = [{ timeUnixNano: time, explicitBounds: [1], bucketCounts: ['1', null] }];
  const { rows, received } = decodeMetrics(json({ histogram: { dataPoints } }), 'json');
  assert.equal(rows.length, 0);
  assert.equal(received.ignoredFields, 1);
  assert.deepEqual([...received.refused], [['buckets-mismatch', 1]]);
});

test('metrics that are no list make the request unreadable', () => {
  assert.throws(
    () => decodeMetrics(Buffer.from('{"resourceMetrics":[{"scopeMetrics":[{"metrics":[7]}]}]}'), 'json'),
    WireError,
  );
});

test('severities may be named', () => {
  const logRecords = ['SEVERITY_NUMBER_WARN2', 'fatal4', 9].map((severityNumber) => ({
    timeUnixNano: time,
    severityNumber,
  }));
  const body = Buffer.from(JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] }));
  assert.deepEqual(
    decodeLogs(body, 'json').rows.map(({ severity }) => severity),
    [14, 24, 9],
  );
});
