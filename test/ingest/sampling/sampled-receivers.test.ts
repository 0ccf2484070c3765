import assert from 'node:assert/strict';
import { test } from 'node:test';
import { receivedAtMs } from '../support/decode.js';
import { limitedReceivers } from '../support/limited-receivers.js';
import { toJson } from '../support/otlp-json.js';
import { logsMessage } from '../support/sample-items.js';
import { goodSpan, jsonRequest, keyValues, startNs } from '../support/sample-span.js';

const half = { spansRatio: 0.5, logsRatio: 0.5, slowMs: 1000 };
const nothing = { spansRatio: 0, logsRatio: 0, slowMs: 1000 };
const keptTrace = `0123456789abcdef01${'ff'.repeat(7)}`;
const droppedTrace = `0123456789abcdef01${'00'.repeat(7)}`;
const atNs = `${receivedAtMs}000000`;

const inner = { ...goodSpan, spanId: '00000000000000a1', parentSpanId: goodSpan.spanId, kind: 1 };
const traceOf = (traceId: string, change: object = {}) => [
  { ...goodSpan, traceId },
  { ...inner, traceId, ...change },
];
const logOf = (traceId: string, change: object = {}) =>
  toJson(logsMessage([{ timeUnixNano: atNs, traceId, severityNumber: 9, ...change }]), false);

test('all spans of a trace share its fate; every invocation is written, and the sender is told nothing', () => {
  const { traces } = limitedReceivers({}, half);
  const kept = traces(jsonRequest(traceOf(keptTrace)));
  assert.deepEqual([kept.spans.length, kept.invocations.length, kept.tally.spans], [2, 1, 2]);
  assert.deepEqual(kept.notes.sampling, { kept: { error: 0, slow: 0, cold: 0, ratio: 2 }, dropped: 0 });
  const dropped = traces(jsonRequest(traceOf(droppedTrace)));
  assert.deepEqual([dropped.spans.length, dropped.invocations.length, dropped.tally.spans], [0, 1, 2]);
  assert.equal(dropped.tally.refused.size, 0);
  assert.deepEqual(dropped.notes.sampling, { kept: { error: 0, slow: 0, cold: 0, ratio: 0 }, dropped: 2 });
});

test('an explicit random value goes before the trace id', () => {
  const { traces } = limitedReceivers({}, half);
  const spans = traceOf(droppedTrace).map((span) => ({ ...span, traceState: `ot=rv:${'f'.repeat(14)}` }));
  assert.equal(traces(jsonRequest(spans)).spans.length, 2);
});

const notable = [
  { reason: 'error', change: { status: { code: 2 } } },
  { reason: 'slow', change: { endTimeUnixNano: (startNs + 1_000_000_000n).toString() } },
] as const;
for (const { reason, change } of notable) {
  test(`a trace is kept whole because of one inner span: ${reason}`, () => {
    const { traces, logs } = limitedReceivers({}, nothing);
    const { spans, notes } = traces(jsonRequest(traceOf(droppedTrace, change)));
    assert.equal(spans.length, 2, 'also the span that came before it');
    assert.equal(notes.sampling?.kept[reason], 2);
    const later = traces(jsonRequest([{ ...inner, traceId: droppedTrace, spanId: '00000000000000a2' }]));
    assert.equal(later.spans.length, 1, 'and what comes of it in the next request');
    assert.equal(logs(logOf(droppedTrace)).notes.sampling?.kept[reason], 1, 'and its logs');
    assert.equal(traces(jsonRequest(traceOf(keptTrace))).spans.length, 0, 'and no other trace');
  });
}

test('a trace with a cold start is kept', () => {
  const { traces } = limitedReceivers({}, nothing);
  const [run, child] = traceOf(droppedTrace);
  const cold = { ...run, attributes: keyValues({ 'faas.coldstart': true }) };
  const { spans, notes } = traces(jsonRequest([child, cold]));
  assert.deepEqual([spans.length, notes.sampling?.kept.cold], [2, 2]);
});

test('logs follow their trace, errors are kept, and one without a trace is decided alike each time', () => {
  const { logs } = limitedReceivers({}, half);
  assert.equal(logs(logOf(keptTrace)).logs.length, 1);
  const dropped = logs(logOf(droppedTrace));
  assert.deepEqual(
    [dropped.logs.length, dropped.received.accepted, dropped.notes.sampling?.dropped],
    [0, 1, 1],
  );
  assert.equal(logs(logOf(droppedTrace, { severityNumber: 17 })).notes.sampling?.kept.error, 1);
  const alone = Array.from({ length: 200 }, (_, index) => ({
    timeUnixNano: atNs,
    body: { stringValue: `line ${index}` },
  }));
  const once = logs(toJson(logsMessage(alone), false)).logs.map(({ body }) => body);
  assert.ok(once.length > 60 && once.length < 140, `${once.length} of 200`);
  assert.deepEqual(
    logs(toJson(logsMessage(alone), false)).logs.map(({ body }) => body),
    once,
  );
});

test('with only logs sampled, every span is kept and logs of notable traces are as well', () => {
  const { traces, logs } = limitedReceivers({}, { ...nothing, spansRatio: 1 });
  const { spans, notes } = traces(jsonRequest(traceOf(droppedTrace, { status: { code: 2 } })));
  assert.deepEqual([spans.length, notes.sampling], [2, null]);
  assert.equal(logs(logOf(droppedTrace)).logs.length, 1);
  assert.equal(logs(logOf(keptTrace)).logs.length, 0);
});

test('looking a request through first counts nothing twice', () => {
  const { traces } = limitedReceivers({ attributesPerItem: 1 }, half);
  const attributes = keyValues({ a: 1, b: 2 });
  assert.deepEqual(traces(jsonRequest([{ ...goodSpan, attributes }])).notes.limits, { attributesPerItem: 1 });
});

test('a run that was sampled upstream stands for several; nonsense is counted and stands for one', () => {
  const { traces } = limitedReceivers({});
  const of = (traceState: string) => {
    const { invocations, notes } = traces(jsonRequest([{ ...goodSpan, traceState }]));
    return [invocations[0]?.weight, notes.malformedTraceStates];
  };
  assert.deepEqual(
    [of('ot=th:c'), of('ot=th:?'), of('')],
    [
      [4, 0],
      [1, 1],
      [1, 0],
    ],
  );
});
