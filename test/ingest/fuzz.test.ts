import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { test } from 'node:test';
import { WireError } from '../../ingest/wire/wire-error.js';
import { decode, receivedAtMs } from './support/decode.js';
import { goodSpan, jsonRequest, keyValues } from './support/sample-span.js';
import { asProtobuf, sdkSpans } from './support/sdk-spans.js';

/** A small generator with a seed, so that a failure can be run again. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

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

type Mutation = (body: Buffer, random: () => number) => Buffer;

const at = (body: Buffer, random: () => number): number => Math.floor(random() * body.length);

const mutations: Mutation[] = [
  (body, random) => {
    const flipped = Buffer.from(body);
    const index = at(body, random);
    flipped[index] = (flipped[index] ?? 0) ^ (1 << Math.floor(random() * 8));
    return flipped;
  },
  (body, random) => body.subarray(0, at(body, random)),
  (body, random) => {
    const lied = Buffer.from(body);
    lied[at(body, random)] = random() < 0.5 ? 0xff : 0x7f;
    return lied;
  },
  (body, random) => {
    const [from, to] = [at(body, random), at(body, random)].sort((a, b) => a - b);
    const part = body.subarray(from, to);
    return Buffer.concat([body.subarray(0, to), part, part, body.subarray(to)]);
  },
  (body, random) => {
    const index = at(body, random);
    const noise = Buffer.from(Array.from({ length: 8 }, () => Math.floor(random() * 256)));
    return Buffer.concat([body.subarray(0, index), noise, body.subarray(index)]);
  },
];

for (const [encoding, base] of [
  ['protobuf', protobuf],
  ['json', json],
] as const) {
  test(`4000 damaged ${encoding} bodies are stored in part or refused with a place, each at once`, () => {
    assert.ok(decode(base, encoding).spans.length > 1);
    let stored = 0;
    let refused = 0;
    for (let seed = 1; seed <= 4000; seed++) {
      const random = mulberry32(seed);
      let body = base;
      for (let round = 0; round <= seed % 3; round++) {
        const mutate = mutations[Math.floor(random() * mutations.length)];
        if (mutate !== undefined && body.length > 0) body = mutate(body, random);
      }
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
