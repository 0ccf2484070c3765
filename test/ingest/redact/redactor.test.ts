import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ExportTraceServiceRequest } from '../../../ingest/otlp/trace-fields.js';
import { Redactor } from '../../../ingest/redact/redactor.js';
import { WireRewriter } from '../../../ingest/redact/wire-rewriter.js';
import { ByteWriter } from '../../../ingest/wire/byte-writer.js';
import { RedactionRule } from '../../../schemas/redaction-rule.js';
import { arbitraryRequest } from '../support/arbitrary-request.js';
import { decode } from '../support/decode.js';
import { messageType } from '../support/otlp-proto.js';
import { protobufBody } from '../support/sample-items.js';
import { startNs } from '../support/sample-span.js';

const type = messageType('ExportTraceServiceRequest');

function redactor(action: 'drop' | 'hash', hashKey = 'k', keys: string[] = []): Redactor {
  return new Redactor({ rules: RedactionRule.options, keys, action, hashKey: Buffer.from(hashKey) });
}

function spanWith(attributes: Record<string, object>): Buffer {
  const span = {
    traceId: Buffer.alloc(16, 1),
    spanId: Buffer.alloc(8, 2),
    name: 'run',
    startTimeUnixNano: startNs.toString(),
    endTimeUnixNano: startNs.toString(),
    attributes: Object.entries(attributes).map(([key, value]) => ({ key, value })),
  };
  return protobufBody('ExportTraceServiceRequest', { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
}

function attributesAfter(one: Redactor, attributes: Record<string, object>): Record<string, string> {
  const bytes = one.redact(spanWith(attributes), ExportTraceServiceRequest);
  return Object.fromEntries(decode(bytes, 'protobuf').spans[0]?.attributes ?? []);
}

test('law: a copy in which nothing is hidden means the same as the request', () => {
  const nothing = { isSecretKey: () => false, secretValue: () => '', text: () => null, mayHide: () => true };
  const rewriter = new WireRewriter();
  fc.assert(
    fc.property(arbitraryRequest, (request) => {
      const bytes = type.encode(type.fromObject(request)).finish();
      const writer = new ByteWriter();
      rewriter.rewrite(bytes, ExportTraceServiceRequest, writer, nothing);
      assert.deepEqual(type.decode(writer.view()), type.decode(bytes));
    }),
    { numRuns: 50 },
  );
});

test('a request without secrets is handed on as it came, without a copy', () => {
  const bytes = spanWith({ 'http.route': { stringValue: '/cart' } });
  const one = redactor('drop');
  assert.equal(one.redact(bytes, ExportTraceServiceRequest), bytes);
  assert.equal(one.takeRecent(), null);
});

test('secrets go, also from inside lists and maps; numbers and the rest stay', () => {
  const one = redactor('drop', 'k', ['iban']);
  const after = attributesAfter(one, {
    password: { stringValue: 'hunter2' },
    iban: { stringValue: 'DE89' },
    headers: { kvlistValue: { values: [{ key: 'Cookie', value: { stringValue: 'sid=1' } }] } },
    tokens: { arrayValue: { values: [{ stringValue: 'AKIAIOSFODNN7EXAMPLE' }] } },
    token: { intValue: 12 },
    note: { stringValue: 'paid with 4111111111111111' },
    route: { stringValue: '/cart' },
  });
  assert.deepEqual(after, {
    password: '[redacted secret-keys]',
    iban: '[redacted secret-keys]',
    headers: '{"Cookie":"[redacted secret-keys]"}',
    tokens: '["[redacted aws-keys]"]',
    token: '12',
    note: 'paid with [redacted cards]',
    route: '/cart',
  });
  assert.deepEqual(Object.fromEntries(one.takeRecent() ?? []), { 'secret-keys': 3, 'aws-keys': 1, cards: 1 });
  assert.equal(one.takeRecent(), null);
});

test('a hash tells equal secrets from different ones, and is another in another installation', () => {
  const values = {
    'a.token': { stringValue: 'x' },
    'b.token': { stringValue: 'x' },
    'c.token': { stringValue: 'y' },
  };
  const here = Object.values(attributesAfter(redactor('hash'), values));
  const elsewhere = Object.values(attributesAfter(redactor('hash', 'other'), values));
  assert.match(String(here[0]), /^\[redacted secret-keys [0-9a-f]{16}\]$/);
  assert.deepEqual(
    [here[0] === here[1], here[0] === here[2], here[0] === elsewhere[0]],
    [true, false, false],
  );
});
