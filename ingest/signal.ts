import { logRefusals } from './otlp/log-refusal.js';
import { pointRefusals } from './otlp/point-refusal.js';
import { spanRefusals } from './otlp/span-refusal.js';

export type SignalName = 'traces' | 'metrics' | 'logs';

/** What differs between the three signals on their way in. */
export type Signal = {
  readonly name: SignalName;
  readonly path: string;
  readonly grpcService: string;
  /** The field of the partial success that counts what was refused. */
  readonly rejectedField: string;
  /** Why an item can be refused, with the sentence for its sender. */
  readonly refusals: Readonly<Record<string, string>>;
};

export const signals = {
  traces: {
    name: 'traces',
    path: '/v1/traces',
    grpcService: 'opentelemetry.proto.collector.trace.v1.TraceService',
    rejectedField: 'rejectedSpans',
    refusals: spanRefusals,
  },
  metrics: {
    name: 'metrics',
    path: '/v1/metrics',
    grpcService: 'opentelemetry.proto.collector.metrics.v1.MetricsService',
    rejectedField: 'rejectedDataPoints',
    refusals: pointRefusals,
  },
  logs: {
    name: 'logs',
    path: '/v1/logs',
    grpcService: 'opentelemetry.proto.collector.logs.v1.LogsService',
    rejectedField: 'rejectedLogRecords',
    refusals: logRefusals,
  },
} as const satisfies Record<SignalName, Signal>;
