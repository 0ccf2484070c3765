import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exception, failed, kinds } from '../support/classify-cases.js';
import { decode, receivedAtMs } from '../support/decode.js';
import { decodeLogs } from '../support/decode-signals.js';
import { goodSpan, jsonRequest, keyValues, startNs } from '../support/sample-span.js';

const resource = {
  'faas.name': 'checkout',
  'faas.version': '7',
  'cloud.platform': 'aws_lambda',
  env: 'prod',
};
const run = { 'faas.invocation_id': 'r1' };
const idOf = (index: number): string => index.toString(16).padStart(16, '0');

type Spec = {
  attributes?: Record<string, string>;
  events?: object[];
  status?: object;
  kind?: number;
  traceId?: string;
};

/** The first is the run, the others lie below it. `order` says in which they come. */
function sent(specs: readonly Spec[], order: 'run first' | 'run last'): object[] {
  const spans = specs.map(({ attributes = {}, ...rest }, index) => ({
    ...goodSpan,
    kind: index === 0 ? kinds.server : kinds.internal,
    ...rest,
    spanId: idOf(index + 1),
    parentSpanId: index === 0 ? '' : idOf(1),
    attributes: keyValues(attributes),
  }));
  return order === 'run first' ? spans : spans.reverse();
}

const stack =
  'TypeError: boom\n    at place (/var/task/order.js:3:1)\n    at handler (/var/task/index.js:1:1)';
const thrown = exception('TypeError', 'boom', { 'exception.stacktrace': stack });

for (const order of ['run first', 'run last'] as const) {
  test(`an exception that bubbled up through two spans counts once, as the run's own, ${order}`, () => {
    const spans = sent(
      [{ attributes: run, events: [thrown], status: failed }, { events: [thrown] }, { events: [thrown] }],
      order,
    );
    const { errors, invocations } = decode(jsonRequest(spans, resource), 'json');
    assert.equal(errors.length, 1);
    const [error] = errors;
    assert.equal(error?.title, 'TypeError: boom in order.js place');
    assert.deepEqual(
      [error?.spanId, error?.escaped, error?.function, error?.version, error?.environment, error?.source],
      [idOf(1), true, 'checkout', '7', 'prod', 'span'],
    );
    assert.equal(error?.stack, stack);
    assert.equal(error?.receivedAtMs, BigInt(receivedAtMs));
    assert.equal(invocations[0]?.errorFingerprint, error?.fingerprint);
  });
}

test('a run that failed with the words of an exception below it is of that group', () => {
  const spans = sent([{ attributes: run, status: failed }, { events: [thrown] }], 'run last');
  const { errors, invocations } = decode(jsonRequest(spans, resource), 'json');
  assert.deepEqual(
    errors.map(({ title, spanId }) => [title, spanId]),
    [['TypeError: boom in order.js place', idOf(1)]],
  );
  assert.equal(invocations[0]?.errorFingerprint, errors[0]?.fingerprint);
});

test('a run that failed without an exception is an error of its function', () => {
  const { errors, invocations } = decode(
    jsonRequest(sent([{ attributes: run, status: { code: 2, message: 'no stock' } }], 'run last'), resource),
    'json',
  );
  assert.deepEqual(
    errors.map(({ title }) => title),
    ['error: no stock in checkout'],
  );
  assert.notEqual(invocations[0]?.errorFingerprint, 0n);
});

test('an exception that a run survived is an error that did not escape, and the run has no fingerprint', () => {
  const { errors, invocations } = decode(
    jsonRequest(sent([{ attributes: run }, { events: [thrown] }], 'run last'), resource),
    'json',
  );
  assert.deepEqual(
    errors.map(({ escaped }) => escaped),
    [false],
  );
  assert.deepEqual([invocations[0]?.outcome, invocations[0]?.errorFingerprint], ['ok', 0n]);
});

test('different messages, and the same in another trace, are errors of their own', () => {
  const other = exception('RangeError', 'too far');
  const spans = [
    ...sent([{ attributes: run }, { events: [thrown, other] }], 'run last'),
    ...sent(
      [
        { attributes: run, traceId: '1'.repeat(32) },
        { events: [thrown], traceId: '1'.repeat(32) },
      ],
      'run last',
    ),
  ];
  const { errors } = decode(jsonRequest(spans, resource), 'json');
  assert.deepEqual(errors.map(({ type }) => type).sort(), ['RangeError', 'TypeError', 'TypeError']);
});

test('two runs of one trace that failed alike are two errors', () => {
  const spans = sent([{ attributes: run, events: [thrown], status: failed }], 'run last');
  const again = spans.map((span) => ({ ...span, spanId: idOf(77) }));
  assert.equal(decode(jsonRequest([...spans, ...again], resource), 'json').errors.length, 2);
});

test('one message with ten ids in one trace is one error of one group', () => {
  const events = Array.from({ length: 10 }, (_, index) => exception('NotFound', `Order ${index} is gone`));
  assert.equal(
    decode(jsonRequest(sent([{ attributes: run }, { events }], 'run last'), resource), 'json').errors.length,
    1,
  );
});

test('the time of an event counts when it lies within its span', () => {
  const at = (ns: bigint): object => ({ ...thrown, timeUnixNano: ns.toString() });
  const errorAt = (ns: bigint): bigint | undefined =>
    decode(jsonRequest(sent([{ attributes: run, events: [at(ns)] }], 'run last'), resource), 'json').errors[0]
      ?.atNs;
  assert.equal(errorAt(startNs + 7n), startNs + 7n);
  assert.equal(errorAt(1n), startNs);
});

test('an exception in a log record is an error; a record without one is none', () => {
  const record = (attributes: Record<string, string>) => ({
    timeUnixNano: startNs.toString(),
    attributes: keyValues(attributes),
  });
  const logRecords = [
    record({ 'exception.type': 'TypeError', 'exception.message': 'boom', 'exception.stacktrace': stack }),
    record({ 'app.note': 'fine' }),
  ];
  const body = Buffer.from(
    JSON.stringify({
      resourceLogs: [{ resource: { attributes: keyValues(resource) }, scopeLogs: [{ logRecords }] }],
    }),
  );
  const { errors, rows } = decodeLogs(body, 'json');
  assert.equal(rows.length, 2);
  assert.deepEqual(
    errors.map(({ title, source, function: name, atNs, traceId }) => [title, source, name, atNs, traceId]),
    [['TypeError: boom in order.js place', 'log', 'checkout', startNs, '0'.repeat(32)]],
  );
  const spans = sent([{ attributes: run, events: [thrown], status: failed }], 'run last');
  assert.equal(errors[0]?.fingerprint, decode(jsonRequest(spans, resource), 'json').errors[0]?.fingerprint);
});
