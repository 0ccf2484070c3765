import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { test } from 'node:test';
import { WireError } from '../../../ingest/wire/wire-error.js';
import { decode } from '../support/decode.js';
import { goodSpan, jsonRequest, startNs } from '../support/sample-span.js';

const low = Number(startNs & 0xffffffffn) | 0;
const high = Number(startNs >> 32n);

/** Forms seen in the field, each as JSON text that is put in place of "@" in a span. */
const startForms: { name: string; json: string }[] = [
  { name: 'text', json: `"${startNs}"` },
  { name: 'an unquoted number of 19 digits, not rounded', json: `${startNs}` },
  { name: 'a {low, high} pair with a signed low half', json: `{"low":${low},"high":${high}}` },
  { name: 'a {low, high} pair with more in it', json: `{"high":${high},"low":${low},"unsigned":true}` },
];

for (const { name, json } of startForms) {
  test(`JSON: a start time as ${name}`, () => {
    const body = jsonRequest([{ ...goodSpan, startTimeUnixNano: '@' }])
      .toString()
      .replace('"@"', json);
    const { spans } = decode(Buffer.from(body), 'json');
    assert.deepEqual(
      spans.map(({ startedNs }) => startedNs),
      [startNs],
    );
  });
}

const kinds: { kind: unknown; expected: number }[] = [
  { kind: 3, expected: 3 },
  { kind: '3', expected: 3 },
  { kind: 'SPAN_KIND_CONSUMER', expected: 5 },
  { kind: 'server', expected: 2 },
  { kind: 99, expected: 0 },
  { kind: -1, expected: 0 },
  { kind: 'nonsense', expected: 0 },
  { kind: null, expected: 0 },
];
for (const { kind, expected } of kinds) {
  test(`JSON: the kind ${JSON.stringify(kind)} is stored as ${expected}`, () => {
    const { spans } = decode(jsonRequest([{ ...goodSpan, kind }]), 'json');
    assert.deepEqual(
      spans.map((span) => span.kind),
      [expected],
    );
  });
}

test('JSON: ids in upper case are the same ids', () => {
  const { spans } = decode(jsonRequest([{ ...goodSpan, traceId: goodSpan.traceId.toUpperCase() }]), 'json');
  assert.equal(spans[0]?.traceId, goodSpan.traceId);
});

test('JSON: null is an absent field, unknown fields of any shape are passed over', () => {
  const span = {
    ...goodSpan,
    parentSpanId: null,
    status: null,
    attributes: null,
    later: [{ a: [1, { b: '"]}' }] }],
  };
  const { spans, ignoredFields } = decode(jsonRequest([span]), 'json');
  assert.equal(spans[0]?.parentSpanId, '0000000000000000');
  assert.equal(ignoredFields, 0);
});

test('JSON: escapes, pairs of surrogates and lone ones', () => {
  const body = jsonRequest([{ ...goodSpan, name: '@' }])
    .toString()
    .replace('"@"', '"a\\n\\u00e9\\uD83D\\uDE00\\ud800\\/\\\\"');
  assert.equal(decode(Buffer.from(body), 'json').spans[0]?.name, 'a\né😀\ufffd/\\');
});

test('JSON: a byte order mark and blanks are fine', () => {
  const body = Buffer.concat([Buffer.from('\ufeff \n\t'), jsonRequest([goodSpan]), Buffer.from('\r\n ')]);
  assert.equal(decode(body, 'json').spans.length, 1);
});

test('JSON: a field of the wrong type costs that field, is counted, and nothing else', () => {
  const attributes = [
    { key: 'a', value: { intValue: 'many' } },
    { key: 'b', value: { stringValue: 'kept' } },
  ];
  const { spans, ignoredFields } = decode(
    jsonRequest([{ ...goodSpan, kind: [], events: 'none', attributes }]),
    'json',
  );
  assert.deepEqual(spans[0]?.attributes, [
    ['a', ''],
    ['b', 'kept'],
  ]);
  assert.equal(ignoredFields, 3);
});

const unreadable: { name: string; body: string }[] = [
  { name: 'nothing', body: '' },
  { name: 'a list', body: '[]' },
  { name: 'text behind the end', body: '{} {}' },
  { name: 'a cut off object', body: '{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"x' },
  { name: 'a missing comma', body: '{"a":1 "b":2}' },
  { name: 'a bare word', body: '{"a":undefined}' },
  { name: 'a malformed number', body: '{"a":1.2.3}' },
  { name: 'an object where spans are listed', body: '{"resourceSpans":{}}' },
  { name: 'a number where a span should be', body: '{"resourceSpans":[{"scopeSpans":[{"spans":[1]}]}]}' },
  { name: '100000 open brackets', body: `{"a":${'['.repeat(100_000)}` },
];
for (const { name, body } of unreadable) {
  test(`JSON: ${name} is refused with its place`, () => {
    assert.throws(
      () => decode(Buffer.from(body), 'json'),
      (error) => error instanceof WireError && / at byte \d+$/.test(error.message),
    );
  });
}

test('JSON: an empty request is fine', () => {
  assert.deepEqual(decode(Buffer.from('{}'), 'json').spans, []);
  assert.deepEqual(decode(Buffer.from('{"resourceSpans":[]}'), 'json').spans, []);
});
