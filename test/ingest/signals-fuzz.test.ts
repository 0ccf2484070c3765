import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { test } from 'node:test';
import fc from 'fast-check';
import { deliveryOf, readDelivery } from '../../ingest/firehose/firehose-envelope.js';
import { withResourceAttributes } from '../../ingest/firehose/resource-attributes.js';
import { OtlpRefusal } from '../../ingest/http/otlp-refusal.js';
import { WireError } from '../../ingest/wire/wire-error.js';
import { arbitraryLogs } from './support/arbitrary-logs.js';
import { arbitraryMetrics } from './support/arbitrary-metrics.js';
import { damaged } from './support/damage.js';
import { receivedAtMs } from './support/decode.js';
import { decodeLogs, decodeMetrics } from './support/decode-signals.js';
import { toJson } from './support/otlp-json.js';
import { cloudWatchRequest, delimited, firehoseBody } from './support/sample-firehose.js';
import { protobufBody } from './support/sample-items.js';

const rounds = 3000;
const sampled = { numRuns: 40, seed: 7 };
const merged = <Key extends string>(key: Key, requests: readonly Record<Key, object[]>[]) => ({
  [key]: requests.flatMap((request) => request[key]),
});
const metrics = merged('resourceMetrics', fc.sample(arbitraryMetrics, sampled).slice(0, 8));
const logs = merged('resourceLogs', fc.sample(arbitraryLogs, sampled).slice(0, 8));

const requestId = 'one';
const pairs = new Map([['team', 'shop']]);

/** What the Firehose route does with a body before it stores anything. */
function decodeFirehose(body: Uint8Array) {
  const messages = readDelivery({ requestId }, Buffer.from(body));
  const decoded = messages.map((message) =>
    decodeMetrics(withResourceAttributes(message, pairs), 'protobuf'),
  );
  return {
    rows: decoded.flatMap(({ rows }) => rows),
    received: { accepted: decoded.reduce((sum, { received }) => sum + received.accepted, 0) },
  };
}

const record = delimited(cloudWatchRequest(receivedAtMs));
const targets = {
  'metrics protobuf': {
    base: protobufBody('ExportMetricsServiceRequest', metrics),
    decode: (body: Buffer) => decodeMetrics(body, 'protobuf'),
  },
  'metrics JSON': { base: toJson(metrics, false), decode: (body: Buffer) => decodeMetrics(body, 'json') },
  'logs protobuf': {
    base: protobufBody('ExportLogsServiceRequest', logs),
    decode: (body: Buffer) => decodeLogs(body, 'protobuf'),
  },
  'logs JSON': { base: toJson(logs, false), decode: (body: Buffer) => decodeLogs(body, 'json') },
  'Firehose envelopes': {
    base: firehoseBody(requestId, [record, Buffer.concat([record, record])]),
    decode: decodeFirehose,
  },
  'metric stream records': {
    base: Buffer.concat([record, record]),
    decode: (body: Buffer) => decodeFirehose(firehoseBody(requestId, [body])),
  },
};

for (const [name, { base, decode }] of Object.entries(targets)) {
  test(`${rounds} damaged ${name} are stored in part or refused with a sentence, each at once`, () => {
    assert.ok(decode(base).rows.length > 1);
    let stored = 0;
    let refused = 0;
    for (let seed = 1; seed <= rounds; seed++) {
      const body = damaged(base, seed);
      const startedMs = performance.now();
      try {
        // Reading the rows back fails when they are not well-formed RowBinary.
        const { rows, received } = decode(body);
        assert.equal(rows.length, received.accepted, `seed ${seed}`);
        stored++;
      } catch (error) {
        const isKnown = error instanceof WireError || error instanceof OtlpRefusal;
        assert.ok(isKnown && error.message.length > 10, `seed ${seed}: ${error}`);
        refused++;
      }
      assert.ok(performance.now() - startedMs < 1000, `seed ${seed} took too long`);
    }
    assert.ok(stored > 50 && refused > 50, `${stored} stored, ${refused} refused`);
  });
}

test('any header of common attributes is read or refused with a sentence', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      try {
        const headers = { 'x-amz-firehose-request-id': '1', 'x-amz-firehose-common-attributes': text };
        assert.ok(deliveryOf(headers).attributes.size >= 0);
      } catch (error) {
        assert.ok(error instanceof OtlpRefusal && error.reason === 'firehose-envelope');
      }
    }),
  );
});
