import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { test } from 'node:test';
import { WireError } from '../../ingest/wire/wire-error.js';
import { damaged } from './support/damage.js';
import { decode, receivedAtMs } from './support/decode.js';
import { goodSpan, jsonRequest, keyValues } from './support/sample-span.js';
import { asProtobuf, sdkSpans } from './support/sdk-spans.js';

const protobuf = Buffer.from(
  asProtobuf(
    sdkSpans({ 'service.name': 'shop', 'faas.name': 'f', list: ['a', 'b'] }, (tracer) => {
      for (let index = 0; index < 3; index++) {
        const span = tracer.startSpan('run', {
          startTime: receivedAtMs - 1000,
          attributes: { 'faas.invocation_id': 'x', n: index, ratio: 0.5, tags: ['x', 'y'] },
        });
        span.addEvent('exception', { 'exception.type': 'E' });
        span.end(receivedAtMs - 900);
      }
    }),
  ),
);
const json = jsonRequest([
  { ...goodSpan, attributes: keyValues({ a: 'b', n: 1 }), events: [{ name: 'e', timeUnixNano: '1' }] },
  {
    ...goodSpan,
    status: { code: 2, message: 'äöü' },
    links: [{ traceId: goodSpan.traceId, spanId: goodSpan.spanId }],
  },
]);

for (const [encoding, base] of [
  ['protobuf', protobuf],
  ['json', json],
] as const) {
  test(`4000 damaged ${encoding} bodies are stored in part or refused with a place, each at once`, () => {
    assert.ok(decode(base, encoding).spans.length > 1);
    let stored = 0;
    let refused = 0;
    for (let seed = 1; seed <= 4000; seed++) {
      const body = damaged(base, seed);
      const startedMs = performance.now();
      try {
        // Reading the rows back fails when they are not well-formed RowBinary.
        const { spans, tally } = decode(body, encoding);
        assert.equal(spans.length, tally.spans, `seed ${seed}`);
        stored++;
      } catch (error) {
        assert.ok(error instanceof WireError, `seed ${seed}: ${error}`);
        refused++;
      }
      assert.ok(performance.now() - startedMs < 1000, `seed ${seed} took too long`);
    }
    assert.ok(stored > 100 && refused > 100, `${stored} stored, ${refused} refused`);
  });
}
