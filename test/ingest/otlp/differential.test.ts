import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { test } from 'node:test';
import fc from 'fast-check';
import { arbitraryRequest, type Pair, type Request, type Value } from '../support/arbitrary-request.js';
import { decode } from '../support/decode.js';
import { expectedSpanRows } from '../support/expected-rows.js';
import { toJson } from '../support/otlp-json.js';
import { messageType } from '../support/otlp-proto.js';

const RequestType = messageType('ExportTraceServiceRequest');
const runs = { numRuns: 150 };

function encode(request: Request): Uint8Array {
  return RequestType.encode(RequestType.fromObject(request)).finish();
}

test('any request encoded by protobufjs becomes the rows it must', () => {
  fc.assert(
    fc.property(arbitraryRequest, (request) => {
      const { spans, tally } = decode(encode(request), 'protobuf');
      assert.deepEqual(spans, expectedSpanRows(request));
      assert.equal(tally.refused.size, 0);
    }),
    runs,
  );
});

test('the same request as JSON becomes the same rows', () => {
  fc.assert(
    fc.property(arbitraryRequest, (request) => {
      const { spans, ignoredFields } = decode(toJson(request, false), 'json');
      assert.deepEqual(spans, expectedSpanRows(request));
      assert.equal(ignoredFields, 0);
    }),
    runs,
  );
});

/** Attribute lists without bytes: their key is what the replacer above needs, and snake_case renames it. */
function withoutBytes(request: Request): Request {
  const strip = (value: Value): Value => {
    if (value.bytesValue !== undefined) return {};
    if (value.arrayValue !== undefined) return { arrayValue: { values: value.arrayValue.values.map(strip) } };
    if (value.kvlistValue !== undefined) return { kvlistValue: { values: pairs(value.kvlistValue.values) } };
    return value;
  };
  const pairs = (list: Pair[]): Pair[] => list.map(({ key, value }) => ({ key, value: strip(value) }));
  return {
    resourceSpans: request.resourceSpans.map(({ resource, scopeSpans }) => ({
      resource: { attributes: pairs(resource.attributes) },
      scopeSpans: scopeSpans.map(({ scope, spans }) => ({
        scope,
        spans: spans.map((span) => ({
          ...span,
          attributes: pairs(span.attributes),
          events: span.events.map((event) => ({ ...event, attributes: pairs(event.attributes) })),
        })),
      })),
    })),
  };
}

test('keys in snake_case are read as well', () => {
  fc.assert(
    fc.property(arbitraryRequest.map(withoutBytes), (request) => {
      assert.deepEqual(decode(toJson(request, true), 'json').spans, expectedSpanRows(request));
    }),
    { numRuns: 50 },
  );
});

const unknownFields = fc
  .record({
    a: fc.integer({ min: 0 }),
    b: fc.array(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String), { maxLength: 3 }),
    c: fc.string(),
    d: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  })
  .map((fields) => {
    const type = messageType('Unknowns');
    return Buffer.from(type.encode(type.fromObject(fields)).finish());
  });

/** A group that holds a varint, field 950. */
const group = Buffer.from([0xb3, 0x3b, 0x08, 0x01, 0xb4, 0x3b]);

/** Adds fields nobody knows to every message on the path to the spans. */
function withUnknown(request: Request, extra: Buffer): Buffer {
  const part = (field: number, body: Uint8Array): Buffer => {
    const length: number[] = [];
    for (let rest = body.length; ; rest >>>= 7) {
      length.push(rest >= 0x80 ? (rest & 0x7f) | 0x80 : rest);
      if (rest < 0x80) break;
    }
    return Buffer.concat([Buffer.from([field * 8 + 2, ...length]), body]);
  };
  const of = (name: string, object: object): Buffer => {
    const type = messageType(name);
    return Buffer.concat([extra, type.encode(type.fromObject(object)).finish(), group]);
  };
  return Buffer.concat([
    extra,
    ...request.resourceSpans.map(({ resource, scopeSpans }) => {
      const scopes = scopeSpans.map(({ scope, spans }) => {
        const inner = spans.map((span) => part(2, of('Span', span)));
        // The scope comes last here: no order is promised by protobuf.
        return part(2, Buffer.concat([...inner, extra, part(1, of('InstrumentationScope', scope))]));
      });
      return part(1, Buffer.concat([group, ...scopes, part(1, of('Resource', resource))]));
    }),
  ]);
}

test('unknown fields, groups and any order of fields change nothing', () => {
  fc.assert(
    fc.property(arbitraryRequest, unknownFields, (request, extra) => {
      assert.deepEqual(decode(withUnknown(request, extra), 'protobuf').spans, expectedSpanRows(request));
    }),
    runs,
  );
});
