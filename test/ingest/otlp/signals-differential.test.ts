import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { test } from 'node:test';
import fc from 'fast-check';
import { arbitraryLogs, expectedLogRows } from '../support/arbitrary-logs.js';
import { arbitraryMetrics } from '../support/arbitrary-metrics.js';
import { decodeLogs, decodeMetrics } from '../support/decode-signals.js';
import { expectedMetricRows } from '../support/expected-metric-rows.js';
import { toJson } from '../support/otlp-json.js';
import { messageType } from '../support/otlp-proto.js';
import { salted } from '../support/salted-message.js';

const runs = { numRuns: 150 };

function encode(name: string, message: object): Uint8Array {
  const type = messageType(name);
  return type.encode(type.fromObject(message)).finish();
}

test('any metrics encoded by protobufjs become the rows they must', () => {
  fc.assert(
    fc.property(arbitraryMetrics, (request) => {
      const { rows, received } = decodeMetrics(encode('ExportMetricsServiceRequest', request), 'protobuf');
      assert.deepEqual(rows, expectedMetricRows(request));
      assert.equal(received.refused.size, 0);
      assert.equal(received.accepted, rows.length);
    }),
    runs,
  );
});

test('the same metrics as JSON become the same rows', () => {
  fc.assert(
    fc.property(arbitraryMetrics, (request) => {
      const { rows, received } = decodeMetrics(toJson(request, false), 'json');
      assert.deepEqual(rows, expectedMetricRows(request));
      assert.equal(received.ignoredFields, 0);
    }),
    runs,
  );
});

test('any logs encoded by protobufjs become the rows they must', () => {
  fc.assert(
    fc.property(arbitraryLogs, (request) => {
      const { rows, received } = decodeLogs(encode('ExportLogsServiceRequest', request), 'protobuf');
      assert.deepEqual(rows, expectedLogRows(request));
      assert.equal(received.refused.size, 0);
      assert.equal(received.accepted, rows.length);
    }),
    runs,
  );
});

test('the same logs as JSON become the same rows', () => {
  fc.assert(
    fc.property(arbitraryLogs, (request) => {
      const { rows, received } = decodeLogs(toJson(request, false), 'json');
      assert.deepEqual(rows, expectedLogRows(request));
      assert.equal(received.ignoredFields, 0);
    }),
    runs,
  );
});

const unknownFields = fc
  .record({
    a: fc.integer({ min: 0 }),
    b: fc.array(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String), { maxLength: 3 }),
    c: fc.string(),
    d: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  })
  .map((fields) => Buffer.from(encode('Unknowns', fields)));

test('unknown fields, groups and any order of fields change nothing in metrics', () => {
  const type = messageType('ExportMetricsServiceRequest');
  fc.assert(
    fc.property(arbitraryMetrics, unknownFields, (request, salt) => {
      const body = salted(type, encode(type.name, request), salt);
      assert.deepEqual(decodeMetrics(body, 'protobuf').rows, expectedMetricRows(request));
    }),
    runs,
  );
});

test('unknown fields, groups and any order of fields change nothing in logs', () => {
  const type = messageType('ExportLogsServiceRequest');
  fc.assert(
    fc.property(arbitraryLogs, unknownFields, (request, salt) => {
      const body = salted(type, encode(type.name, request), salt);
      assert.deepEqual(decodeLogs(body, 'protobuf').rows, expectedLogRows(request));
    }),
    runs,
  );
});
