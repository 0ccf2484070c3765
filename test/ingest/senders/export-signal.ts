import type { SdkGeneration } from './sdk-generation.js';

export type Protocol = 'proto' | 'http' | 'grpc';
export type SignalKind = 'trace' | 'metrics' | 'logs';

/** What the logs SDK was before its constructors took options. */
type OldLogsSdk = {
  LoggerProvider: new () => LoggerProvider & { addLogRecordProcessor: (processor: object) => void };
  SimpleLogRecordProcessor: new (exporter: object) => object;
};
type LoggerProvider = {
  getLogger: (name: string) => { emit: (record: object) => void };
  forceFlush: () => Promise<void>;
  shutdown: () => Promise<void>;
};

/** Makes one item with an SDK and sends it with its own exporter, the way a program does; both are then shut down. */
export async function exportSignal(
  { load }: SdkGeneration,
  signal: SignalKind,
  protocol: Protocol,
  ports: { http: number; grpc: number },
): Promise<void> {
  const url =
    protocol === 'grpc' ? `http://127.0.0.1:${ports.grpc}` : `http://127.0.0.1:${ports.http}${paths[signal]}`;
  const packageName = `@opentelemetry/exporter-${signal}-otlp-${protocol}`;
  const provider = makers[signal](load, packageName, url);
  // Metrics are sent by each of the two.
  if (signal !== 'metrics') await provider.forceFlush();
  await provider.shutdown();
}

const paths: Readonly<Record<SignalKind, string>> = {
  trace: '/v1/traces',
  metrics: '/v1/metrics',
  logs: '/v1/logs',
};

type Provider = { forceFlush: () => Promise<void>; shutdown: () => Promise<void> };
type Maker = (load: NodeJS.Require, packageName: string, url: string) => Provider;

const makers: Readonly<Record<SignalKind, Maker>> = {
  trace: (load, packageName, url) => {
    const { OTLPTraceExporter }: typeof import('@opentelemetry/exporter-trace-otlp-proto') =
      load(packageName);
    const sdk: typeof import('@opentelemetry/sdk-trace-base') = load('@opentelemetry/sdk-trace-base');
    const exporter = new OTLPTraceExporter({ url });
    const provider = new sdk.BasicTracerProvider({ spanProcessors: [new sdk.BatchSpanProcessor(exporter)] });
    provider.getTracer('real').startSpan('run').end();
    return provider;
  },
  metrics: (load, packageName, url) => {
    const { OTLPMetricExporter }: typeof import('@opentelemetry/exporter-metrics-otlp-proto') =
      load(packageName);
    const sdk: typeof import('@opentelemetry/sdk-metrics') = load('@opentelemetry/sdk-metrics');
    const reader = new sdk.PeriodicExportingMetricReader({ exporter: new OTLPMetricExporter({ url }) });
    const provider = new sdk.MeterProvider({ readers: [reader] });
    provider.getMeter('real').createCounter('runs').add(1);
    return provider;
  },
  logs: (load, packageName, url) => {
    const { OTLPLogExporter }: typeof import('@opentelemetry/exporter-logs-otlp-proto') = load(packageName);
    const provider = loggerProvider(load, new OTLPLogExporter({ url }));
    provider.getLogger('real').emit({ body: 'done' });
    return provider;
  },
};

type LogExporter = InstanceType<typeof import('@opentelemetry/exporter-logs-otlp-proto')['OTLPLogExporter']>;

function loggerProvider(load: NodeJS.Require, exporter: LogExporter): LoggerProvider {
  const sdk: typeof import('@opentelemetry/sdk-logs') = load('@opentelemetry/sdk-logs');
  if (!('addLogRecordProcessor' in sdk.LoggerProvider.prototype)) {
    return new sdk.LoggerProvider({ processors: [new sdk.SimpleLogRecordProcessor({ exporter })] });
  }
  const old: OldLogsSdk = load('@opentelemetry/sdk-logs');
  const provider = new old.LoggerProvider();
  provider.addLogRecordProcessor(new old.SimpleLogRecordProcessor(exporter));
  return provider;
}
