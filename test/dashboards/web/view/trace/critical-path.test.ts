import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { criticalPath } from '../../../../../dashboards/web/view/trace/critical-path.js';
import { spanTree } from '../../../../../dashboards/web/view/trace/span-tree.js';
import { traceAxis } from '../../../../../dashboards/web/view/trace/trace-axis.js';
import { traceView } from '../../../../../dashboards/web/view/trace/trace-rows.js';
import type { TraceSpan } from '../../../../../schemas/trace.js';

const base = Date.UTC(2026, 10, 1, 10);

function span(spanId: string, parentSpanId: string | null, startMs: number, durationMs: number): TraceSpan {
  return {
    spanId,
    parentSpanId,
    isOrphan: false,
    skewMs: null,
    service: 's',
    environment: '',
    name: spanId,
    kind: 'internal',
    startedAt: new Date(base + startMs).toISOString(),
    durationMs,
    status: 'unset',
    statusMessage: '',
    scope: '',
    attributes: {},
    events: [],
    links: [],
    resource: '',
  };
}

function segmentsOf(...spans: TraceSpan[]): Record<string, [number, number][]> {
  const [root] = spanTree(spans);
  assert.ok(root !== undefined);
  return Object.fromEntries(
    [...criticalPath(root)].map(([node, segments]) => [
      node.span.spanId,
      segments.map(({ fromMs, toMs }): [number, number] => [fromMs - base, toMs - base]),
    ]),
  );
}

test('calls one after the other are all waited for, gaps belong to the parent', () => {
  const found = segmentsOf(span('root', null, 0, 100), span('a', 'root', 10, 30), span('b', 'root', 50, 40));
  assert.deepEqual(found, {
    root: [
      [0, 10],
      [40, 50],
      [90, 100],
    ],
    a: [[10, 40]],
    b: [[50, 90]],
  });
});

test('of calls side by side the one that ends last was waited for', () => {
  const found = segmentsOf(
    span('root', null, 0, 100),
    span('fast', 'root', 10, 20),
    span('slow', 'root', 10, 80),
  );
  assert.deepEqual(found['slow'], [[10, 90]]);
  assert.equal(found['fast'], undefined);
});

test('work that outlives its parent was not waited for', () => {
  const found = segmentsOf(span('root', null, 0, 100), span('later', 'root', 90, 500));
  assert.deepEqual(found, { root: [[0, 100]] });
});

const forest = fc.array(fc.tuple(fc.nat(1000), fc.nat(1000), fc.nat()), { minLength: 1, maxLength: 40 });

test('the path is exactly as long as the root, however the spans lie', () => {
  fc.assert(
    fc.property(forest, (given) => {
      const spans = given.map(([startMs, durationMs, parent], index) =>
        span(`${index}`, index === 0 ? null : `${parent % index}`, startMs, durationMs),
      );
      const [root] = spanTree(spans);
      assert.ok(root !== undefined);
      const all = [...criticalPath(root).values()].flat();
      const sum = all.reduce((total, { fromMs, toMs }) => total + toMs - fromMs, 0);
      assert.ok(Math.abs(sum - (root.endMs - root.startMs)) < 0.01, `${sum}`);
      const ordered = all.toSorted((one, other) => one.fromMs - other.fromMs);
      for (const [index, { fromMs }] of ordered.entries())
        assert.ok(index === 0 || fromMs >= (ordered[index - 1]?.toMs ?? 0) - 0.01);
    }),
  );
});

test('every span has one row, circles of parents and unknown parents included', () => {
  const anyParent = fc.array(fc.tuple(fc.nat(40), fc.nat(100)), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(anyParent, (given) => {
      const spans = given.map(([parent, startMs], index) => span(`${index}`, `${parent}`, startMs, 1));
      const trace = {
        traceId: '0'.repeat(32),
        startedAt: new Date(base).toISOString(),
        endedAt: new Date(base + 200).toISOString(),
        spans,
        spansTruncated: false,
        resources: {},
        logs: [],
        logsTruncated: false,
        invocations: [],
      };
      const ids = traceView(trace, true).rows.map((row) => (row.kind === 'span' ? row.node.span.spanId : ''));
      assert.deepEqual(ids.toSorted(), spans.map(({ spanId }) => spanId).toSorted());
    }),
  );
});

test('instants keep what is below a millisecond', () => {
  const [one] = spanTree([{ ...span('a', null, 0, 0.25), startedAt: '2026-11-01T10:00:00.000500000Z' }]);
  assert.ok(one !== undefined && Math.abs(one.startMs - base - 0.5) < 0.001);
  assert.ok(Math.abs(one.endMs - one.startMs - 0.25) < 0.001);
});

test('the axis of a trace has round times, evenly apart, none hanging out at its end', () => {
  const { labels, stepRatio } = traceAxis(27.1);
  assert.deepEqual(
    labels.map(({ label }) => label.replace('\u202f', ' ')),
    ['0 ms', '10 ms', '20 ms'],
  );
  assert.ok(Math.abs(stepRatio - 10 / 27.1) < 1e-9);
  assert.ok(labels.every(({ ratio }, index) => Math.abs(ratio - index * stepRatio) < 1e-9));
  assert.equal(traceAxis(0).labels.length, 1);
});
