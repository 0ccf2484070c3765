import assert from 'node:assert/strict';
import { test } from 'node:test';
import { receivedAtMs } from '../support/decode.js';
import { limitedReceivers } from '../support/limited-receivers.js';
import { toJson } from '../support/otlp-json.js';
import { logsMessage, metricsMessage } from '../support/sample-items.js';
import { goodSpan, jsonRequest, keyValues } from '../support/sample-span.js';

const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
const numbered = (count: number) => Array.from({ length: count }, (_, index) => text(`k${index}`, 'v'));
const atNs = `${receivedAtMs}000000`;

test('a span within the limits is stored as it came, and nothing is counted', () => {
  const { traces } = limitedReceivers({ attributesPerItem: 3, keyBytes: 16, valueBytes: 64, nameBytes: 64 });
  const attributes = [text('k'.repeat(16), 'v'.repeat(64)), ...numbered(2)];
  const { spans, notes } = traces(jsonRequest([{ ...goodSpan, name: 'n'.repeat(64), attributes }]));
  assert.equal(notes.limits, null);
  assert.equal(spans[0]?.name, 'n'.repeat(64));
  assert.deepEqual(spans[0]?.attributes, [
    ['k'.repeat(16), 'v'.repeat(64)],
    ['k0', 'v'],
    ['k1', 'v'],
  ]);
});

test('attributes beyond the count and keys beyond their length are left out; the rest stays', () => {
  const { traces, logs, metrics } = limitedReceivers({ attributesPerItem: 3, keyBytes: 16 });
  const attributes = [text('k'.repeat(17), 'v'), ...numbered(5)];
  const kept = [
    ['k0', 'v'],
    ['k1', 'v'],
    ['k2', 'v'],
  ];
  const counted = { keyBytes: 1, attributesPerItem: 2 };
  const span = traces(jsonRequest([{ ...goodSpan, attributes }]));
  assert.deepEqual([span.spans[0]?.attributes, span.notes.limits], [kept, counted]);
  const log = logs(
    toJson(logsMessage([{ timeUnixNano: atNs, attributes, droppedAttributesCount: 4 }]), false),
  );
  assert.deepEqual([log.logs[0]?.attributes, log.notes.limits], [kept, counted]);
  assert.equal(log.logs[0]?.droppedAttributes, 4 + 3);
  const gauge = { name: 'm', gauge: { dataPoints: [{ timeUnixNano: atNs, asInt: '1', attributes }] } };
  const metric = metrics(toJson(metricsMessage([gauge]), false));
  assert.deepEqual([metric.points[0]?.attributes, metric.notes.limits], [kept, counted]);
});

test('what says which run it was is kept behind the limit of attributes', () => {
  const { traces } = limitedReceivers({ attributesPerItem: 3 });
  const attributes = [...numbered(50), text('faas.invocation_id', 'run-1'), text('faas.name', 'f')];
  const { invocations } = traces(jsonRequest([{ ...goodSpan, attributes }]));
  assert.deepEqual([invocations[0]?.invocationId, invocations[0]?.function], ['run-1', 'f']);
});

const list = (values: string[]) => ({
  arrayValue: { values: values.map((stringValue) => ({ stringValue })) },
});
const values = [
  { name: 'a text', value: { stringValue: 'a'.repeat(65) }, stored: `${'a'.repeat(64)}…[cut from 65 bytes]` },
  {
    name: 'a text whose character lies on the edge',
    value: { stringValue: `${'a'.repeat(63)}éb` },
    stored: `${'a'.repeat(63)}…[cut from 66 bytes]`,
  },
  {
    name: 'a list',
    value: list(['b'.repeat(40), 'c'.repeat(40)]),
    stored: `["${'b'.repeat(40)}","${'c'.repeat(19)}…[cut from 87 bytes]`,
  },
];
for (const { name, value, stored } of values) {
  test(`a value over the limit is cut and marked in every signal: ${name}`, () => {
    const { traces, logs, metrics } = limitedReceivers({ valueBytes: 64, bodyBytes: 64 });
    const attributes = [{ key: 'k', value }];
    const span = traces(jsonRequest([{ ...goodSpan, attributes, events: [{ name: 'e', attributes }] }]));
    assert.deepEqual(span.spans[0]?.attributes, [['k', stored]]);
    assert.deepEqual(span.spans[0]?.events[0]?.attributes, [['k', stored]]);
    assert.deepEqual(span.notes.limits, { valueBytes: 2 });
    const log = logs(toJson(logsMessage([{ timeUnixNano: atNs, attributes, body: value }]), false));
    assert.deepEqual([log.logs[0]?.attributes, log.logs[0]?.body], [[['k', stored]], stored]);
    assert.deepEqual(log.notes.limits, { valueBytes: 1, bodyBytes: 1 });
    const gauge = { name: 'm', gauge: { dataPoints: [{ timeUnixNano: atNs, asInt: '1', attributes }] } };
    const metric = metrics(toJson(metricsMessage([gauge]), false));
    assert.deepEqual(metric.points[0]?.attributes, [['k', stored]]);
  });
}

test('names over the limit are cut and marked: spans, functions, versions, messages', () => {
  const { traces } = limitedReceivers({ nameBytes: 64, valueBytes: 100 });
  const long = 'x'.repeat(90);
  const resource = { 'faas.name': long, 'faas.version': long, 'service.name': long };
  const status = { code: 2, message: 'm'.repeat(101) };
  const { spans, invocations } = traces(
    jsonRequest(
      [{ ...goodSpan, name: long, status, attributes: keyValues({ 'faas.trigger': 'http' }) }],
      resource,
    ),
  );
  const cut = `${'x'.repeat(64)}…[cut from 90 bytes]`;
  assert.deepEqual([spans[0]?.name, spans[0]?.service], [cut, cut]);
  assert.deepEqual([invocations[0]?.function, invocations[0]?.version], [cut, cut]);
  assert.equal(spans[0]?.statusMessage, `${'m'.repeat(100)}…[cut from 101 bytes]`);
});

test('one request’s counts are not the next one’s', () => {
  const { traces } = limitedReceivers({ attributesPerItem: 3 });
  assert.deepEqual(traces(jsonRequest([{ ...goodSpan, attributes: numbered(4) }])).notes.limits, {
    attributesPerItem: 1,
  });
  assert.equal(traces(jsonRequest([goodSpan])).notes.limits, null);
});
