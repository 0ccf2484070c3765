import { OtlpRefusal } from '../http/otlp-refusal.js';
import { WireError } from '../wire/wire-error.js';
import { WireReader } from '../wire/wire-reader.js';

/** The messages in one record of a CloudWatch metric stream: each is a varint length and so many bytes. */
export function splitRecord(record: Uint8Array, index: number): Uint8Array[] {
  const reader = new WireReader();
  reader.reset(record, 0, record.length);
  const messages: Uint8Array[] = [];
  try {
    while (reader.position < reader.end) {
      reader.delimited();
      messages.push(record.subarray(reader.start, reader.stop));
    }
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    throw new OtlpRefusal(
      'firehose-envelope',
      `Record ${index} is no sequence of OpenTelemetry 1.0 messages: ${error.message}`,
    );
  }
  return messages;
}
