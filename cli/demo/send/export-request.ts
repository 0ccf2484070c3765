import type { SenderName } from '../fleet/senders.js';

/** Who sends: a function's SDK or platform, the Lambda extension, or the cloud's own metric stream. */
export type RequestSender = SenderName | 'lambda-extension' | 'cloudwatch-stream';

/** One request of the fleet, ready for the wire. */
export type ExportRequest = {
  sender: RequestSender;
  signal: 'traces' | 'logs' | 'metrics';
  /** How it travels: OTLP over HTTP or gRPC, or in the envelope of a CloudWatch metric stream. */
  by: 'http' | 'grpc' | 'firehose';
  contentType: 'application/x-protobuf' | 'application/json';
  userAgent: string;
  /** Of a metric stream: the same in all its retries. */
  requestId: string | null;
  body: Uint8Array;
  /** Spans, log records or data points. */
  items: number;
};

/** The receiver's path for it over HTTP. */
export function pathOf({ by, signal }: ExportRequest): string {
  return by === 'firehose' ? '/v1/firehose' : `/v1/${signal}`;
}
