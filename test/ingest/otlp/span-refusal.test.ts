import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { test } from 'node:test';
import { type SpanRefusal, spanRefusals } from '../../../ingest/otlp/span-refusal.js';
import { partialSuccess } from '../../../ingest/received.js';
import { decode, receivedAtMs } from '../support/decode.js';
import { nothingNoted } from '../support/nothing-noted.js';
import { messageType } from '../support/otlp-proto.js';
import { goodSpan, jsonRequest, startNs } from '../support/sample-span.js';

const dayMs = 86_400_000;
const atMs = (ms: number): object => ({
  startTimeUnixNano: String(BigInt(ms) * 1_000_000n),
  endTimeUnixNano: String(BigInt(ms) * 1_000_000n + 1000n),
});
const nested = (depth: number): object =>
  depth === 0 ? { stringValue: 'x' } : { arrayValue: { values: [nested(depth - 1)] } };

const cases: { name: string; change: object; reason: SpanRefusal }[] = [
  { name: 'a base64 trace id', change: { traceId: 'Cvdl GRbNQ92ESOshHIAxnA==' }, reason: 'trace-id-length' },
  { name: 'no trace id', change: { traceId: '' }, reason: 'trace-id-length' },
  { name: 'a short trace id', change: { traceId: 'abcd' }, reason: 'trace-id-length' },
  { name: 'a trace id of zeros', change: { traceId: '0'.repeat(32) }, reason: 'trace-id-zero' },
  { name: 'a span id of 16 bytes', change: { spanId: 'a'.repeat(32) }, reason: 'span-id-length' },
  {
    name: 'a span id of 16 characters that are no hex',
    change: { spanId: 'xyzxyzxyzxyzxyzx' },
    reason: 'span-id-length',
  },
  { name: 'a span id of zeros', change: { spanId: '0'.repeat(16) }, reason: 'span-id-zero' },
  { name: 'a short parent id', change: { parentSpanId: 'ab' }, reason: 'parent-id-length' },
  { name: 'no start', change: { startTimeUnixNano: '0' }, reason: 'no-start-time' },
  { name: 'no end', change: { endTimeUnixNano: undefined }, reason: 'no-end-time' },
  {
    name: 'an end two seconds before the start',
    change: { endTimeUnixNano: String(startNs - 2_000_000_000n) },
    reason: 'end-before-start',
  },
  { name: 'a time of 1970', change: atMs(1000), reason: 'too-old' },
  { name: 'a start 91 days ago', change: atMs(receivedAtMs - 91 * dayMs), reason: 'too-old' },
  { name: 'a start in two days', change: atMs(receivedAtMs + 2 * dayMs), reason: 'in-future' },
  {
    name: 'an end in the year 2554',
    change: { endTimeUnixNano: String(2n ** 64n - 1n) },
    reason: 'in-future',
  },
  {
    name: 'a bomb of nested lists',
    change: { attributes: [{ key: 'a', value: nested(101) }] },
    reason: 'too-deep',
  },
  {
    name: '10001 events',
    change: { events: Array.from({ length: 10_001 }, () => ({})) },
    reason: 'too-many-events',
  },
  {
    name: '10001 links',
    change: { links: Array.from({ length: 10_001 }, () => ({})) },
    reason: 'too-many-events',
  },
];

const RequestType = messageType('ExportTraceServiceRequest');

for (const { name, change, reason } of cases) {
  test(`a span with ${name} is refused, the spans beside it are kept`, () => {
    const { spans, invocations, tally } = decode(
      jsonRequest([goodSpan, { ...goodSpan, ...change }, goodSpan]),
      'json',
    );
    assert.equal(spans.length, 2);
    assert.equal(invocations.length, 2);
    assert.deepEqual([...tally.refused], [[reason, 1]]);
    assert.equal(
      partialSuccess({ refused: tally.refused, ignoredFields: 0, notes: nothingNoted }, spanRefusals).message,
      `1 refused: ${spanRefusals[reason]}`,
    );
  });
}

test('a clock stepped back by less than a second leaves a duration of zero', () => {
  const { spans } = decode(
    jsonRequest([{ ...goodSpan, endTimeUnixNano: String(startNs - 1_000_000n) }]),
    'json',
  );
  assert.deepEqual(
    spans.map(({ durationNs }) => durationNs),
    [0n],
  );
});

test('a parent id of zeros is no parent', () => {
  const { invocations } = decode(
    jsonRequest([{ ...goodSpan, kind: 1, parentSpanId: '0'.repeat(16) }]),
    'json',
  );
  assert.equal(invocations.length, 1);
});

test('one string that is no UTF-8 costs its bad bytes only', () => {
  const span = {
    ...goodSpan,
    traceId: Buffer.from(goodSpan.traceId, 'hex'),
    spanId: Buffer.from(goodSpan.spanId, 'hex'),
    name: 'NAME',
  };
  const message = RequestType.fromObject({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
  const bytes = Buffer.from(RequestType.encode(message).finish());
  bytes[bytes.indexOf('NAME') + 1] = 0xff;
  const { spans } = decode(bytes, 'protobuf');
  assert.deepEqual(
    spans.map(({ name }) => name),
    ['N\ufffdME'],
  );
});

test('a resource that nests too deeply costs its spans and no others', () => {
  const bad = {
    resource: { attributes: [{ key: 'a', value: nested(101) }] },
    scopeSpans: [{ spans: [goodSpan] }],
  };
  const good = { scopeSpans: [{ spans: [goodSpan] }] };
  const { spans, tally } = decode(Buffer.from(JSON.stringify({ resourceSpans: [bad, good] })), 'json');
  assert.equal(spans.length, 1);
  assert.deepEqual([...tally.refused], [['too-deep', 1]]);
});
