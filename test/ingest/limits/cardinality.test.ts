import assert from 'node:assert/strict';
import { test } from 'node:test';
import { receivedAtMs } from '../support/decode.js';
import { limitedReceivers } from '../support/limited-receivers.js';
import { toJson } from '../support/otlp-json.js';
import { logsMessage, metricsMessage } from '../support/sample-items.js';
import { goodSpan, jsonRequest } from '../support/sample-span.js';

const dayMs = 86_400_000;
const atNs = `${receivedAtMs}000000`;
const of = (service: string) => jsonRequest([goodSpan], { 'service.name': service });
const gauge = (name: string) =>
  toJson(metricsMessage([{ name, gauge: { dataPoints: [{ timeUnixNano: atNs, asInt: '1' }] } }]), false);

test('functions beyond the limit are refused with a reason; those known and other tenants go on', () => {
  const { traces } = limitedReceivers({ functions: 2 });
  for (const service of ['one', 'two']) assert.equal(traces(of(service)).tally.spans, 1);
  const over = traces(of('three'));
  assert.deepEqual([over.spans, over.invocations], [[], []]);
  assert.deepEqual(Object.fromEntries(over.tally.refused), { 'too-many-functions': 1 });
  assert.deepEqual(over.notes.limits, { functions: 1 });
  assert.equal(traces(of('two')).tally.spans, 1);
  assert.equal(traces(of('three'), 'other').tally.spans, 1);
});

test('the function a span, a point or a record names itself counts as well', () => {
  const { traces, logs, metrics } = limitedReceivers({ functions: 2 });
  const name = (value: string) => [{ key: 'faas.name', value: { stringValue: value } }];
  traces(of('shop'));
  traces(jsonRequest([{ ...goodSpan, attributes: name('f') }], { 'service.name': 'shop' }));
  const span = traces(jsonRequest([{ ...goodSpan, attributes: name('g') }, goodSpan]));
  assert.deepEqual(Object.fromEntries(span.tally.refused), { 'too-many-functions': 1 });
  assert.equal(span.spans.length, 1, 'its batch is kept');
  const record = { timeUnixNano: atNs, attributes: name('g') };
  const log = logs(toJson(logsMessage([record, { ...record, attributes: name('f') }]), false));
  assert.deepEqual(Object.fromEntries(log.received.refused), { 'too-many-functions': 1 });
  assert.deepEqual(
    log.logs.map((row) => row.function),
    ['f'],
  );
  const points = ['g', 'f'].map((value) => ({ timeUnixNano: atNs, asInt: '1', attributes: name(value) }));
  const metric = metrics(toJson(metricsMessage([{ name: 'm', gauge: { dataPoints: points } }]), false));
  assert.deepEqual(Object.fromEntries(metric.received.refused), { 'too-many-functions': 1 });
});

test('span names beyond the limit are stored as "(other)"', () => {
  const { traces } = limitedReceivers({ spanNames: 2 });
  const names = ['a', 'b', 'c', 'a', 'd'];
  const { spans, notes, tally } = traces(jsonRequest(names.map((name) => ({ ...goodSpan, name }))));
  assert.deepEqual(
    spans.map(({ name }) => name),
    ['a', 'b', '(other)', 'a', '(other)'],
  );
  assert.deepEqual([notes.limits, tally.refused.size], [{ spanNames: 2 }, 0]);
});

test('metrics beyond the limit are refused: their points must not mix under one name', () => {
  const { metrics } = limitedReceivers({ metricNames: 1 });
  metrics(gauge('m'));
  const over = metrics(gauge('n'));
  assert.deepEqual(Object.fromEntries(over.received.refused), { 'too-many-metrics': 1 });
  assert.deepEqual(over.points, []);
  assert.equal(metrics(gauge('m')).points.length, 1);
});

test('attribute keys beyond the limit are left out, whatever signal brought the first', () => {
  const { traces, logs } = limitedReceivers({ attributeKeys: 2 });
  const attributes = (...keys: string[]) => keys.map((key) => ({ key, value: { stringValue: 'v' } }));
  traces(jsonRequest([{ ...goodSpan, attributes: attributes('a', 'b') }]));
  const record = { timeUnixNano: atNs, attributes: attributes('a', 'c', 'b') };
  const { logs: rows, notes } = logs(toJson(logsMessage([record]), false));
  assert.deepEqual(rows[0]?.attributes, [
    ['a', 'v'],
    ['b', 'v'],
  ]);
  assert.deepEqual(notes.limits, { attributeKeys: 1 });
});

test('versions and other columns beyond the limit are stored as "(other)", each column on its own', () => {
  const { traces } = limitedReceivers({ columnValues: 2 });
  const versions = ['1', '2', '3', '1'].map((version) => {
    const resource = { 'service.name': 'shop', 'service.version': version, team: `team ${version}` };
    const [row] = traces(jsonRequest([goodSpan], resource)).invocations;
    return [row?.version, row?.team];
  });
  assert.deepEqual(versions, [
    ['1', 'team 1'],
    ['2', 'team 2'],
    ['(other)', '(other)'],
    ['1', 'team 1'],
  ]);
});

test('a new day admits new names, and those of the day before are never pushed out by them', () => {
  const { traces, clock } = limitedReceivers({ functions: 2 });
  for (const service of ['one', 'two']) traces(of(service));
  clock.nowMs += dayMs / 2;
  const accepted = (service: string) => traces(of(service)).tally.spans === 1;
  const turned = ['new', 'newer', 'newest', 'one', 'two'].map(accepted);
  assert.deepEqual(turned, [true, true, false, true, true]);
});

test('a limit lets in as many names as it says, and never twice as many', () => {
  const limit = 800;
  const { traces } = limitedReceivers({ spanNames: limit });
  const names = Array.from({ length: 4 * limit }, (_, index) => `name ${index}`);
  const { spans } = traces(jsonRequest(names.map((name) => ({ ...goodSpan, name }))));
  const stored = new Set(spans.map(({ name }) => name));
  assert.ok(stored.size > limit && stored.size <= 2 * limit, `${stored.size}`);
});
