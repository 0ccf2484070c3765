import type { Attributes } from '@opentelemetry/api';
import { SeverityNumber } from '@opentelemetry/api-logs';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  InMemoryLogRecordExporter,
  LoggerProvider,
  type ReadableLogRecord,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import {
  AggregationTemporality,
  AggregationType,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';

/** One metric of each kind the SDK makes, with figures that the tests know. */
export async function sdkMetrics(resource: Attributes): Promise<ResourceMetrics> {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.DELTA);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const provider = new MeterProvider({
    resource: resourceFromAttributes(resource),
    readers: [reader],
    views: [
      {
        instrumentName: 'h',
        aggregation: { type: AggregationType.EXPLICIT_BUCKET_HISTOGRAM, options: { boundaries: [1, 10] } },
      },
      { instrumentName: 'e', aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } },
    ],
  });
  const meter = provider.getMeter('test-meter');
  meter.createCounter('c', { unit: '{run}', description: 'runs' }).add(3, { 'faas.trigger': 'http' });
  meter.createUpDownCounter('u').add(-2.5);
  meter.createObservableGauge('g').addCallback((result) => result.observe(0.25));
  const histogram = meter.createHistogram('h', { unit: 's' });
  for (const seconds of [0.5, 5, 50]) histogram.record(seconds);
  const exponential = meter.createHistogram('e', { unit: 's' });
  for (const seconds of [1, 2, 4, 0]) exponential.record(seconds);
  await reader.forceFlush();
  const [collected] = exporter.getMetrics();
  await provider.shutdown();
  if (collected === undefined) throw new Error('The SDK collected nothing');
  return collected;
}

/** Three records as the real SDK makes them: a text, a map, and an event in a trace. */
export async function sdkLogs(resource: Attributes): Promise<ReadableLogRecord[]> {
  const exporter = new InMemoryLogRecordExporter();
  const provider = new LoggerProvider({
    resource: resourceFromAttributes(resource),
    processors: [new SimpleLogRecordProcessor({ exporter })],
  });
  const logger = provider.getLogger('test-logger');
  logger.emit({
    body: 'REPORT RequestId: r1 Duration: 1.5 ms',
    severityNumber: SeverityNumber.INFO,
    severityText: 'INFO',
    attributes: { type: 'platform.report', 'faas.invocation_id': 'r1' },
  });
  logger.emit({ body: { record: { metrics: { durationMs: 1.5 } } }, attributes: { n: 1 } });
  logger.emit({ eventName: 'faas.invocation.exception', severityNumber: SeverityNumber.ERROR });
  await provider.forceFlush();
  return exporter.getFinishedLogRecords();
}
