import { Buffer } from 'node:buffer';
import {
  JsonLogsSerializer,
  JsonMetricsSerializer,
  ProtobufLogsSerializer,
  ProtobufMetricsSerializer,
} from '@opentelemetry/otlp-transformer';
import { cloudWatchRequest, delimited, firehoseBody } from '../sample-firehose.js';
import { sdkLogs, sdkMetrics } from '../sdk-signals.js';
import { asJson, asProtobuf, sdkSpans } from '../sdk-spans.js';

export type Signal = 'trace' | 'metrics' | 'logs';

/** A request that is taken as it is, for the mutations to begin with. */
export type FuzzBase = { signal: Signal | 'firehose'; path: string; contentType: string; body: Buffer };

export const firehoseRequestId = 'fuzz-request';

/** What real SDKs and a real metric stream send, in every encoding. */
export async function fuzzBases(): Promise<FuzzBase[]> {
  const resource = { 'service.name': 'fuzz', 'faas.name': 'fuzz', list: ['a', 'b'] };
  const spans = sdkSpans(resource, (tracer) => {
    for (let index = 0; index < 3; index++) {
      const attributes = {
        'faas.invocation_id': 'x',
        n: index,
        ratio: 0.5,
        password: 'secret',
        tags: ['x', 'ü'],
      };
      const span = tracer.startSpan('run', { attributes });
      span.addEvent('exception', { 'exception.type': 'E' });
      span.end();
    }
  });
  const metrics = await sdkMetrics(resource);
  const logs = await sdkLogs(resource);
  const protobuf = (signal: Signal, path: string, body: Uint8Array | undefined): FuzzBase => ({
    signal,
    path,
    contentType: 'application/x-protobuf',
    body: Buffer.from(body ?? []),
  });
  const json = (signal: Signal, path: string, body: Uint8Array | undefined): FuzzBase => ({
    ...protobuf(signal, path, body),
    contentType: 'application/json',
  });
  const record = delimited(cloudWatchRequest());
  return [
    protobuf('trace', '/v1/traces', asProtobuf(spans)),
    json('trace', '/v1/traces', asJson(spans)),
    protobuf('metrics', '/v1/metrics', ProtobufMetricsSerializer.serializeRequest(metrics)),
    json('metrics', '/v1/metrics', JsonMetricsSerializer.serializeRequest(metrics)),
    protobuf('logs', '/v1/logs', ProtobufLogsSerializer.serializeRequest(logs)),
    json('logs', '/v1/logs', JsonLogsSerializer.serializeRequest(logs)),
    {
      signal: 'firehose',
      path: '/v1/firehose',
      contentType: 'application/json',
      body: firehoseBody(firehoseRequestId, [record, Buffer.concat([record, record])]),
    },
  ];
}
