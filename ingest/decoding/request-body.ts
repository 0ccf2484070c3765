import type { Buffer } from 'node:buffer';
import { type Delivery, readDelivery } from '../firehose/firehose-envelope.js';
import { withResourceAttributes } from '../firehose/resource-attributes.js';
import type { OtlpEncoding } from '../http/media-type.js';

/** What one request brought, inflated: a message of OTLP, or a delivery of Firehose with many in it. */
export type RequestBody = {
  readonly bytes: Buffer;
  readonly encoding: OtlpEncoding;
  readonly delivery: Delivery | null;
};

/** The messages in a body, which are stored together or not at all. */
export function messagesIn({ bytes, delivery }: RequestBody): readonly Uint8Array[] {
  if (delivery === null) return [bytes];
  const messages = readDelivery(delivery, bytes);
  return messages.map((message) => withResourceAttributes(message, delivery.attributes));
}
