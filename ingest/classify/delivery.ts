import { ageMs } from './event-time.js';
import type { AttributeReader, KnownKey } from './known-keys.js';
import { firstNumber, firstText, type ReadKey } from './read-key.js';
import { asUInt32 } from './uint32.js';

/** One for every delivery of an event: a key somebody chose, then what brokers and CloudEvents number events by. */
const idempotencyKeys = ['faas.idempotency_key'] as const satisfies readonly KnownKey[];
const eventKeys = [
  'messaging.message.id',
  'messaging.message_id',
  'cloudevents.event_id',
] as const satisfies readonly KnownKey[];
const batchKeys = [
  'messaging.batch.message_count',
  'cloudflare.queue.batch_size',
] as const satisfies readonly KnownKey[];
const timeKeys = [
  'cloudevents.event_time',
  'messaging.servicebus.message.enqueued_time',
  'messaging.eventhubs.message.enqueued_time',
  'faas.time',
  'faas.document.time',
] as const satisfies readonly KnownKey[];
const sizeKeys = [
  'messaging.message.body.size',
  'http.request.body.size',
  'http.request_content_length',
  'messaging.message.payload_size_bytes',
  'messaging.message_payload_size_bytes',
] as const satisfies readonly KnownKey[];

/** '' when nothing tells, and for several messages at once, which no single id stands for. */
export function deliveryId(attributes: AttributeReader, configured: readonly ReadKey[]): string {
  const chosen = firstText(attributes, configured) ?? firstText(attributes, idempotencyKeys);
  if (chosen !== null) return chosen;
  const event = firstText(attributes, eventKeys);
  if (event === null) return '';
  return (firstNumber(attributes, batchKeys) ?? 1) > 1 ? '' : event;
}

/** How old the event was when the run began; null when no attribute tells its time. */
export function eventAgeMs(attributes: AttributeReader, startMs: number): number | null {
  const told = firstText(attributes, timeKeys);
  return told === null ? null : ageMs(told, startMs);
}

export function payloadBytes(attributes: AttributeReader): number | null {
  const bytes = firstNumber(attributes, sizeKeys);
  return bytes === null ? null : asUInt32(bytes);
}
