import type {
  ExemplarMessage,
  ExponentialPoint,
  HistogramPoint,
  MetricMessage,
  MetricsRequest,
  NumberPoint,
  SummaryPoint,
} from './arbitrary-metrics.js';
import type { Pair } from './arbitrary-request.js';
import { receivedAtMs } from './decode.js';
import { first, map } from './expected-rows.js';
import type { MetricPointRow } from './read-signal-rows.js';

/** A row that has nothing of what only some kinds have. */
const bare = {
  temporality: 0,
  monotonic: false,
  value: null,
  intValue: null,
  count: 0n,
  sum: null,
  min: null,
  max: null,
  bounds: [],
  bucketCounts: [],
  scale: 0,
  zeroCount: 0n,
  zeroThreshold: 0,
  positiveOffset: 0,
  positiveCounts: [],
  negativeOffset: 0,
  negativeCounts: [],
  quantiles: [],
  exemplars: [],
};

type Kindly = Partial<MetricPointRow> & Pick<MetricPointRow, 'kind'>;
type Common = Pick<NumberPoint, 'startTimeUnixNano' | 'timeUnixNano' | 'flags' | 'attributes'>;

function asDouble({ asDouble: double, asInt }: { asDouble?: number; asInt?: string }): number | null {
  if (double !== undefined) return double;
  return asInt === undefined ? null : Number(asInt);
}

function exemplars(list: readonly ExemplarMessage[]): MetricPointRow['exemplars'] {
  return list.map((exemplar) => ({
    atNs: BigInt(exemplar.timeUnixNano),
    value: asDouble(exemplar) ?? 0,
    traceId: exemplar.traceId.toString('hex').padEnd(32, '0'),
    spanId: exemplar.spanId.toString('hex').padEnd(16, '0'),
    attributes: map(exemplar.filteredAttributes),
  }));
}

function number(point: NumberPoint): Partial<MetricPointRow> {
  const intValue = point.asInt === undefined ? null : BigInt(point.asInt);
  return { value: asDouble(point), intValue, exemplars: exemplars(point.exemplars) };
}

const ends = ({ sum, min, max }: Pick<HistogramPoint, 'sum' | 'min' | 'max'>) => ({
  sum: sum ?? null,
  min: min ?? null,
  max: max ?? null,
});

function histogram(point: HistogramPoint): Partial<MetricPointRow> {
  return {
    ...ends(point),
    count: BigInt(point.count),
    bounds: point.explicitBounds,
    bucketCounts: point.bucketCounts.map(BigInt),
    exemplars: exemplars(point.exemplars),
  };
}

function exponential(point: ExponentialPoint): Partial<MetricPointRow> {
  return {
    ...ends(point),
    count: BigInt(point.count),
    scale: point.scale,
    zeroCount: BigInt(point.zeroCount),
    zeroThreshold: point.zeroThreshold,
    positiveOffset: point.positive?.offset ?? 0,
    positiveCounts: (point.positive?.bucketCounts ?? []).map(BigInt),
    negativeOffset: point.negative?.offset ?? 0,
    negativeCounts: (point.negative?.bucketCounts ?? []).map(BigInt),
    exemplars: exemplars(point.exemplars),
  };
}

function summary(point: SummaryPoint): Partial<MetricPointRow> {
  return {
    count: BigInt(point.count),
    sum: point.sum,
    quantiles: point.quantileValues.map((pair) => ({ ...pair })),
  };
}

function* pointsOf(metric: MetricMessage): Generator<readonly [Common, Kindly]> {
  if ('gauge' in metric) {
    for (const point of metric.gauge.dataPoints) yield [point, { kind: 1, ...number(point) }];
  } else if ('sum' in metric) {
    const { aggregationTemporality: temporality, isMonotonic: monotonic, dataPoints } = metric.sum;
    for (const point of dataPoints) yield [point, { kind: 2, temporality, monotonic, ...number(point) }];
  } else if ('histogram' in metric) {
    const { aggregationTemporality: temporality, dataPoints } = metric.histogram;
    for (const point of dataPoints) yield [point, { kind: 3, temporality, ...histogram(point) }];
  } else if ('exponentialHistogram' in metric) {
    const { aggregationTemporality: temporality, dataPoints } = metric.exponentialHistogram;
    for (const point of dataPoints) yield [point, { kind: 4, temporality, ...exponential(point) }];
  } else {
    for (const point of metric.summary.dataPoints) yield [point, { kind: 5, ...summary(point) }];
  }
}

/** Of a repeated key the first value counts; one that is no map has no dimensions. */
function dimensions(attributes: readonly Pair[]): readonly Pair[] {
  return attributes.find(({ key }) => key === 'Dimensions')?.value.kvlistValue?.values ?? [];
}

/** The rows of `metric_points` that a request must become. */
export function expectedMetricRows(request: MetricsRequest): MetricPointRow[] {
  return request.resourceMetrics.flatMap(({ resource, scopeMetrics }) =>
    scopeMetrics.flatMap(({ scope, metrics }) =>
      metrics.flatMap((metric) =>
        [...pointsOf(metric)].map(([point, kindly]) => ({
          tenant: 'default',
          environment: first(resource.attributes, ['deployment.environment.name']) ?? '',
          service: first(resource.attributes, ['service.name', 'faas.name']) ?? 'unknown_service',
          function:
            first(dimensions(point.attributes), ['FunctionName']) ??
            first(point.attributes, ['faas.name']) ??
            first(resource.attributes, ['faas.name', 'service.name']) ??
            '',
          metric: metric.name,
          unit: metric.unit,
          description: metric.description,
          startedNs: BigInt(point.startTimeUnixNano),
          atNs: BigInt(point.timeUnixNano),
          noValue: (point.flags & 1) === 1,
          scope: scope.name,
          resource: map(resource.attributes),
          attributes: map(point.attributes),
          dimensions: map(dimensions(point.attributes)),
          receivedAtMs: BigInt(receivedAtMs),
          ...bare,
          ...kindly,
        })),
      ),
    ),
  );
}
