import { Buffer } from 'node:buffer';
import { messageType } from './otlp-proto.js';

/** Encodes a message with protobufjs. */
export function protobufBody(type: string, message: object): Buffer {
  const found = messageType(type);
  return Buffer.from(found.encode(found.fromObject(message)).finish());
}

/** One request of a gauge with these points. */
export function gaugeRequest(dataPoints: readonly object[], name = 'm'): Buffer {
  return protobufBody('ExportMetricsServiceRequest', metricsMessage([{ name, gauge: { dataPoints } }]));
}

function metricsMessage(metrics: readonly object[]): object {
  return { resourceMetrics: [{ scopeMetrics: [{ metrics }] }] };
}

export function logsMessage(logRecords: readonly object[]): object {
  return { resourceLogs: [{ scopeLogs: [{ logRecords }] }] };
}
