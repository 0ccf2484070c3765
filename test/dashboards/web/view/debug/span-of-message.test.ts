import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spanOfMessage } from '../../../../../dashboards/web/view/debug/span-of-message.js';
import type { LogLine, TraceSpan } from '../../../../../schemas/trace.js';

const span = (spanId: string, more: Partial<TraceSpan>): TraceSpan => ({
  ...{ spanId, parentSpanId: null, isOrphan: false, skewMs: null, service: 's', environment: '', name: 'n' },
  ...{ kind: 'consumer', startedAt: '2026-11-20T10:00:00Z', durationMs: 1, status: 'ok', statusMessage: '' },
  ...{ scope: '', attributes: {}, events: [], links: [], resource: '' },
  ...more,
});
const log = (spanId: string, body: string): LogLine => ({
  ...{ at: '2026-11-20T10:00:00Z', function: 'f', environment: '', service: 's', severity: 9, body },
  ...{ severityText: '', eventName: '', invocationId: '', traceId: 't', spanId, attributes: {} },
});

test('a message is shown by the span that failed on it, with what was said there', () => {
  const attributes = { 'messaging.message.id': 'm1' };
  const spans = [
    span('1', { kind: 'producer', attributes }),
    span('2', { attributes }),
    span('3', { attributes, status: 'error' }),
    span('4', { attributes: { 'messaging.message.id': 'm2' } }),
  ];
  const logs = [log('3', 'unknown schema'), log('2', 'elsewhere')];
  const told = spanOfMessage({ spans, logs }, 'm1');
  assert.deepEqual([told?.span.spanId, told?.logs.map(({ body }) => body)], ['3', ['unknown schema']]);
  assert.equal(spanOfMessage({ spans: spans.slice(0, 2), logs: [] }, 'm1')?.span.spanId, '2');
  assert.equal(spanOfMessage({ spans, logs }, 'm3'), null);
});
