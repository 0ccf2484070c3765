import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { receivedAtMs } from './decode.js';

/** An AnyValue as protobufjs takes it. */
export type Value = {
  stringValue?: string;
  boolValue?: boolean;
  intValue?: string;
  doubleValue?: number;
  bytesValue?: Buffer;
  arrayValue?: { values: Value[] };
  kvlistValue?: { values: Pair[] };
};
export type Pair = { key: string; value: Value };

export const text = fc
  .string({ unit: 'binary', maxLength: 80 })
  .map((value) => Buffer.from(value).toString());
const knownKey = fc.constantFrom(
  'service.name',
  'faas.name',
  'faas.trigger',
  'faas.invocation_id',
  'cloud.platform',
  'http.response.status_code',
  'deployment.environment.name',
);

export const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text.map((stringValue): Value => ({ stringValue })),
    fc.boolean().map((boolValue): Value => ({ boolValue })),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((int): Value => ({ intValue: int.toString() })),
    fc.double().map((doubleValue): Value => ({ doubleValue })),
    fc.uint8Array({ maxLength: 20 }).map((bytes): Value => ({ bytesValue: Buffer.from(bytes) })),
    fc.constant<Value>({}),
    fc.array(tie('value'), { maxLength: 4 }).map((values): Value => ({ arrayValue: { values } })),
    fc
      .array(fc.record({ key: text, value: tie('value') }), { maxLength: 4 })
      .map((values): Value => ({ kvlistValue: { values } })),
  ),
}));

export const attributes = fc.array(fc.record({ key: fc.oneof(text, knownKey), value }), { maxLength: 6 });

export const id = (length: number) =>
  fc
    .uint8Array({ minLength: length, maxLength: length })
    .filter((bytes) => bytes.some((byte) => byte !== 0))
    .map(Buffer.from);

export const startNs = fc
  .bigInt({ min: BigInt(receivedAtMs - 80 * 86_400_000), max: BigInt(receivedAtMs) })
  .chain((ms) => fc.bigInt({ min: 0n, max: 999_999n }).map((ns) => ms * 1_000_000n + ns));

const span = fc
  .record({
    traceId: id(16),
    spanId: id(8),
    parentSpanId: fc.oneof(fc.constant(Buffer.alloc(0)), id(8)),
    name: text,
    kind: fc.integer({ min: 0, max: 5 }),
    startNs,
    durationNs: fc.bigInt({ min: 0n, max: 3_600_000_000_000n }),
    attributes,
    events: fc.array(fc.record({ timeUnixNano: startNs.map(String), name: text, attributes }), {
      maxLength: 3,
    }),
    links: fc.array(fc.record({ traceId: id(16), spanId: id(8) }), { maxLength: 2 }),
    status: fc.record({ message: text, code: fc.integer({ min: 0, max: 2 }) }),
    flags: fc.constantFrom(0, 1, 0x100, 0x301),
  })
  .map(({ startNs: start, durationNs, ...rest }) => ({
    ...rest,
    startTimeUnixNano: start.toString(),
    endTimeUnixNano: (start + durationNs).toString(),
  }));

/** Any ExportTraceServiceRequest of storable spans, as protobufjs takes it. */
export const arbitraryRequest = fc.record({
  resourceSpans: fc.array(
    fc.record({
      resource: fc.record({ attributes }),
      scopeSpans: fc.array(
        fc.record({ scope: fc.record({ name: text }), spans: fc.array(span, { maxLength: 4 }) }),
        { maxLength: 2 },
      ),
    }),
    { maxLength: 2 },
  ),
});

type Generated<T> = T extends fc.Arbitrary<infer Inner> ? Inner : never;
export type Request = Generated<typeof arbitraryRequest>;
