import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { attributes, id, startNs, text, type Value } from './arbitrary-request.js';

const u64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String);
const i64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String);
const i32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const time = startNs.map(String);
const name = text.map((suffix) => `m${suffix}`);
const maybe = <Item>(arbitrary: fc.Arbitrary<Item>) => fc.option(arbitrary, { nil: undefined });

/** CloudWatch puts its dimensions as a map into one attribute. */
const dimensions = fc
  .uniqueArray(fc.constantFrom('FunctionName', 'Resource', 'ExecutedVersion'), { maxLength: 3 })
  .map((keys) => ({
    key: 'Dimensions',
    value: {
      kvlistValue: {
        values: keys.map((key): { key: string; value: Value } => ({
          key,
          value: { stringValue: `x-${key}` },
        })),
      },
    } as Value,
  }));
const pointAttributes = fc.oneof(
  { weight: 3, arbitrary: attributes },
  {
    weight: 1,
    arbitrary: fc.tuple(attributes, dimensions).map(([others, pair]) => [...others, pair]),
  },
);

const numberValue = fc.oneof(
  fc.double().map((asDouble): { asDouble?: number; asInt?: string } => ({ asDouble })),
  i64.map((asInt): { asDouble?: number; asInt?: string } => ({ asInt })),
);

const exemplar = fc
  .record({
    filteredAttributes: attributes,
    timeUnixNano: time,
    spanId: fc.oneof(id(8), fc.constant(Buffer.alloc(0))),
    traceId: fc.oneof(id(16), fc.constant(Buffer.alloc(0))),
    number: numberValue,
  })
  .map(({ number, ...rest }) => ({ ...rest, ...number }));

const common = {
  startTimeUnixNano: fc.oneof(time, fc.constant('0')),
  timeUnixNano: time,
  attributes: pointAttributes,
  flags: fc.constantFrom(0, 1, 3),
};
const exemplars = fc.array(exemplar, { maxLength: 2 });

const numberPoint = fc
  .record({ ...common, exemplars, number: numberValue })
  .map(({ number, ...rest }) => ({ ...rest, ...number }));

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const histogramPoint = fc
  .record({
    ...common,
    exemplars,
    count: u64,
    sum: maybe(fc.double()),
    min: maybe(fc.double()),
    max: maybe(fc.double()),
    explicitBounds: fc
      .uniqueArray(finite, { minLength: 0, maxLength: 8, comparator: (a, b) => a === b })
      .map((bounds) => bounds.sort((a, b) => a - b)),
    counts: fc.array(u64, { minLength: 9, maxLength: 9 }),
    hasBuckets: fc.boolean(),
  })
  .map(({ counts, hasBuckets, explicitBounds, ...rest }) => ({
    ...rest,
    explicitBounds: hasBuckets ? explicitBounds : [],
    bucketCounts: hasBuckets ? counts.slice(0, explicitBounds.length + 1) : [],
  }));

const buckets = maybe(fc.record({ offset: i32, bucketCounts: fc.array(u64, { maxLength: 10 }) }));
const exponentialPoint = fc.record({
  ...common,
  exemplars,
  count: u64,
  sum: maybe(fc.double()),
  min: maybe(fc.double()),
  max: maybe(fc.double()),
  scale: i32,
  zeroCount: u64,
  zeroThreshold: fc.double(),
  positive: buckets,
  negative: buckets,
});

const summaryPoint = fc.record({
  ...common,
  count: u64,
  sum: fc.double(),
  quantileValues: fc.array(fc.record({ quantile: fc.double(), value: fc.double() }), { maxLength: 4 }),
});

const aggregationTemporality = fc.integer({ min: 0, max: 2 });
const points = <Point>(point: fc.Arbitrary<Point>) => fc.array(point, { maxLength: 3 });

const data = fc.oneof(
  fc.record({ gauge: fc.record({ dataPoints: points(numberPoint) }) }),
  fc.record({
    sum: fc.record({ dataPoints: points(numberPoint), aggregationTemporality, isMonotonic: fc.boolean() }),
  }),
  fc.record({ histogram: fc.record({ dataPoints: points(histogramPoint), aggregationTemporality }) }),
  fc.record({
    exponentialHistogram: fc.record({ dataPoints: points(exponentialPoint), aggregationTemporality }),
  }),
  fc.record({ summary: fc.record({ dataPoints: points(summaryPoint) }) }),
);

const metric = fc
  .record({ name, description: text, unit: text, data })
  .map(({ data: kind, ...rest }) => ({ ...rest, ...kind }));

/** Any ExportMetricsServiceRequest of storable points, as protobufjs takes it. */
export const arbitraryMetrics = fc.record({
  resourceMetrics: fc.array(
    fc.record({
      resource: fc.record({ attributes }),
      scopeMetrics: fc.array(
        fc.record({ scope: fc.record({ name: text }), metrics: fc.array(metric, { maxLength: 3 }) }),
        { maxLength: 2 },
      ),
    }),
    { maxLength: 2 },
  ),
});

type Generated<T> = T extends fc.Arbitrary<infer Inner> ? Inner : never;
export type MetricsRequest = Generated<typeof arbitraryMetrics>;
export type MetricMessage = Generated<typeof metric>;
export type NumberPoint = Generated<typeof numberPoint>;
export type HistogramPoint = Generated<typeof histogramPoint>;
export type ExponentialPoint = Generated<typeof exponentialPoint>;
export type SummaryPoint = Generated<typeof summaryPoint>;
export type ExemplarMessage = Generated<typeof exemplar>;
