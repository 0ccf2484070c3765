import { Buffer } from 'node:buffer';
import { messageType } from '../../test/ingest/support/otlp-proto.js';
import { type Payload, payloadOf } from './payload.js';

/** The same request in OTLP's JSON; its ids stand there as text, each of which is renewed with each sending. */
export function jsonPayload({ body, items }: Payload): Payload {
  const type = messageType('ExportTraceServiceRequest');
  const request = type.toObject(type.decode(body), { longs: String, bytes: String, enums: Number });
  const ids = new Set<string>();
  const hexIds = (key: string, value: unknown): unknown => {
    if (typeof value !== 'string' || !/^(trace|span|parentSpan)Id$/.test(key)) return value;
    const id = Buffer.from(value, 'base64').toString('hex');
    if (id !== '') ids.add(id);
    return id;
  };
  const json = Buffer.from(JSON.stringify(request, hexIds));
  return payloadOf(json, items, new Set(), ids);
}
