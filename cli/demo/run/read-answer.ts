import {
  JsonLogsSerializer,
  JsonMetricsSerializer,
  JsonTraceSerializer,
  ProtobufLogsSerializer,
  ProtobufMetricsSerializer,
  ProtobufTraceSerializer,
} from '@opentelemetry/otlp-transformer';
import type { ExportRequest } from '../send/export-request.js';

/** How many items a 200 says it did not take. */
export function rejectedItems(
  { by, signal, contentType }: Pick<ExportRequest, 'by' | 'signal' | 'contentType'>,
  answer: Uint8Array,
): number {
  // The envelope of a metric stream is taken as a whole or not at all.
  if (by === 'firehose') return 0;
  const isJson = contentType === 'application/json';
  switch (signal) {
    case 'traces': {
      const { partialSuccess } = (isJson ? JsonTraceSerializer : ProtobufTraceSerializer).deserializeResponse(
        answer,
      );
      return Number(partialSuccess?.rejectedSpans ?? 0);
    }
    case 'logs': {
      const { partialSuccess } = (isJson ? JsonLogsSerializer : ProtobufLogsSerializer).deserializeResponse(
        answer,
      );
      return Number(partialSuccess?.rejectedLogRecords ?? 0);
    }
    case 'metrics': {
      const serializer = isJson ? JsonMetricsSerializer : ProtobufMetricsSerializer;
      return Number(serializer.deserializeResponse(answer).partialSuccess?.rejectedDataPoints ?? 0);
    }
  }
}

/** The message inside a google.rpc.Status of either encoding, roughly. */
export function readable(answer: Uint8Array): string {
  const text = new TextDecoder().decode(answer);
  return [...text]
    .filter((char) => char >= ' ' && char !== '\ufffd')
    .join('')
    .slice(0, 300);
}
