import { KeyValue, Resource, Scope } from './common-fields.js';
import { type FieldType, list, type MessageTable, of } from './message-table.js';

const temporality: FieldType = {
  kind: 'enum',
  prefix: 'AGGREGATION_TEMPORALITY_',
  names: ['UNSPECIFIED', 'DELTA', 'CUMULATIVE'],
};

// Source: opentelemetry-proto 1.9 (metrics/v1, collector/metrics/v1).
export const Exemplar = {
  name: 'Exemplar',
  fields: {
    timeUnixNano: { number: 2, type: of('fixed64') },
    asDouble: { number: 3, type: of('double') },
    spanId: { number: 4, type: { kind: 'id' } },
    traceId: { number: 5, type: { kind: 'id' } },
    asInt: { number: 6, type: of('fixed64') },
    filteredAttributes: { number: 7, type: list(() => KeyValue) },
  },
} as const satisfies MessageTable;

export const NumberDataPoint = {
  name: 'NumberDataPoint',
  fields: {
    startTimeUnixNano: { number: 2, type: of('fixed64') },
    timeUnixNano: { number: 3, type: of('fixed64') },
    asDouble: { number: 4, type: of('double') },
    exemplars: { number: 5, type: list(() => Exemplar) },
    asInt: { number: 6, type: of('fixed64') },
    attributes: { number: 7, type: list(() => KeyValue) },
    flags: { number: 8, type: of('uint32') },
  },
} as const satisfies MessageTable;

export const HistogramDataPoint = {
  name: 'HistogramDataPoint',
  fields: {
    startTimeUnixNano: { number: 2, type: of('fixed64') },
    timeUnixNano: { number: 3, type: of('fixed64') },
    count: { number: 4, type: of('fixed64') },
    sum: { number: 5, type: of('double') },
    bucketCounts: { number: 6, type: { kind: 'list', of: 'fixed64' } },
    explicitBounds: { number: 7, type: { kind: 'list', of: 'double' } },
    exemplars: { number: 8, type: list(() => Exemplar) },
    attributes: { number: 9, type: list(() => KeyValue) },
    flags: { number: 10, type: of('uint32') },
    min: { number: 11, type: of('double') },
    max: { number: 12, type: of('double') },
  },
} as const satisfies MessageTable;

export const Buckets = {
  name: 'ExponentialHistogramDataPoint.Buckets',
  fields: {
    offset: { number: 1, type: of('sint32') },
    bucketCounts: { number: 2, type: { kind: 'list', of: 'uint64' } },
  },
} as const satisfies MessageTable;

export const ExponentialHistogramDataPoint = {
  name: 'ExponentialHistogramDataPoint',
  fields: {
    attributes: { number: 1, type: list(() => KeyValue) },
    startTimeUnixNano: { number: 2, type: of('fixed64') },
    timeUnixNano: { number: 3, type: of('fixed64') },
    count: { number: 4, type: of('fixed64') },
    sum: { number: 5, type: of('double') },
    scale: { number: 6, type: of('sint32') },
    zeroCount: { number: 7, type: of('fixed64') },
    positive: { number: 8, type: { kind: 'message', message: () => Buckets } },
    negative: { number: 9, type: { kind: 'message', message: () => Buckets } },
    flags: { number: 10, type: of('uint32') },
    exemplars: { number: 11, type: list(() => Exemplar) },
    min: { number: 12, type: of('double') },
    max: { number: 13, type: of('double') },
    zeroThreshold: { number: 14, type: of('double') },
  },
} as const satisfies MessageTable;

export const ValueAtQuantile = {
  name: 'SummaryDataPoint.ValueAtQuantile',
  fields: { quantile: { number: 1, type: of('double') }, value: { number: 2, type: of('double') } },
} as const satisfies MessageTable;

export const SummaryDataPoint = {
  name: 'SummaryDataPoint',
  fields: {
    startTimeUnixNano: { number: 2, type: of('fixed64') },
    timeUnixNano: { number: 3, type: of('fixed64') },
    count: { number: 4, type: of('fixed64') },
    sum: { number: 5, type: of('double') },
    quantileValues: { number: 6, type: list(() => ValueAtQuantile) },
    attributes: { number: 7, type: list(() => KeyValue) },
    flags: { number: 8, type: of('uint32') },
  },
} as const satisfies MessageTable;

const dataPoints = (message: MessageTable) => ({ number: MetricData.dataPoints, type: list(() => message) });

/** What holds the points of a metric; all five share their field numbers. */
export const MetricData = {
  dataPoints: 1,
  aggregationTemporality: 2,
  isMonotonic: 3,
} as const;

const Gauge: MessageTable = { name: 'Gauge', fields: { dataPoints: dataPoints(NumberDataPoint) } };
const Sum: MessageTable = {
  name: 'Sum',
  fields: {
    dataPoints: dataPoints(NumberDataPoint),
    aggregationTemporality: { number: MetricData.aggregationTemporality, type: temporality },
    isMonotonic: { number: MetricData.isMonotonic, type: of('bool') },
  },
};
const Histogram: MessageTable = {
  name: 'Histogram',
  fields: {
    dataPoints: dataPoints(HistogramDataPoint),
    aggregationTemporality: { number: MetricData.aggregationTemporality, type: temporality },
  },
};
const ExponentialHistogram: MessageTable = {
  name: 'ExponentialHistogram',
  fields: {
    dataPoints: dataPoints(ExponentialHistogramDataPoint),
    aggregationTemporality: { number: MetricData.aggregationTemporality, type: temporality },
  },
};
const Summary: MessageTable = { name: 'Summary', fields: { dataPoints: dataPoints(SummaryDataPoint) } };

export const Metric = {
  name: 'Metric',
  fields: {
    name: { number: 1, type: of('string') },
    description: { number: 2, type: of('string') },
    unit: { number: 3, type: of('string') },
    gauge: { number: 5, type: { kind: 'message', message: () => Gauge } },
    sum: { number: 7, type: { kind: 'message', message: () => Sum } },
    histogram: { number: 9, type: { kind: 'message', message: () => Histogram } },
    exponentialHistogram: { number: 10, type: { kind: 'message', message: () => ExponentialHistogram } },
    summary: { number: 11, type: { kind: 'message', message: () => Summary } },
  },
} as const satisfies MessageTable;

const ScopeMetrics: MessageTable = {
  name: 'ScopeMetrics',
  fields: {
    scope: { number: 1, type: { kind: 'message', message: () => Scope } },
    metrics: { number: 2, type: list(() => Metric) },
  },
};

const ResourceMetrics: MessageTable = {
  name: 'ResourceMetrics',
  fields: {
    resource: { number: 1, type: { kind: 'message', message: () => Resource } },
    scopeMetrics: { number: 2, type: list(() => ScopeMetrics) },
  },
};

export const ExportMetricsServiceRequest = {
  name: 'ExportMetricsServiceRequest',
  fields: { resourceMetrics: { number: 1, type: list(() => ResourceMetrics) } },
} as const satisfies MessageTable;
