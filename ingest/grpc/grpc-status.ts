import { Metadata, type ServerErrorResponse } from '@grpc/grpc-js';
import type { OtlpRefusal } from '../http/otlp-refusal.js';
import { ByteWriter } from '../wire/byte-writer.js';

type ServerStatus = Required<Pick<ServerErrorResponse, 'code' | 'details' | 'metadata'>>;

const lengthDelimited = 2;
const retryInfoType = 'type.googleapis.com/google.rpc.RetryInfo';

/** The status of a refused call. Only one that is worth another try carries RetryInfo: senders go by that. */
export function grpcStatus(refusal: OtlpRefusal): ServerStatus {
  const metadata = new Metadata();
  if (refusal.retryAfterSeconds !== null) {
    metadata.set('grpc-status-details-bin', statusWithRetryInfo(refusal, refusal.retryAfterSeconds).view());
  }
  return { code: refusal.grpcCode, details: refusal.message, metadata };
}

/** A google.rpc.Status: code in field 1, message in 2, details (of type Any) in 3. */
function statusWithRetryInfo({ grpcCode, message }: OtlpRefusal, seconds: number): ByteWriter {
  const duration = new ByteWriter(16);
  duration.varint(8);
  duration.varint(seconds);
  const any = new ByteWriter(64);
  any.varint(8 + lengthDelimited);
  any.string(retryInfoType);
  nest(any, 2, nested(1, duration));
  const status = new ByteWriter(256);
  status.varint(8);
  status.varint(grpcCode);
  status.varint(16 + lengthDelimited);
  status.string(message);
  nest(status, 3, any);
  return status;
}

function nested(field: number, body: ByteWriter): ByteWriter {
  const writer = new ByteWriter(16);
  nest(writer, field, body);
  return writer;
}

function nest(writer: ByteWriter, field: number, body: ByteWriter): void {
  writer.varint(field * 8 + lengthDelimited);
  writer.varint(body.length);
  writer.append(body);
}
