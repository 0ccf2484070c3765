import { Buffer } from 'node:buffer';
import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { type SenderName, senders } from '../fleet/senders.js';
import type { DemoInvocation } from '../simulate/invocation.js';
import type { ExportRequest } from './export-request.js';
import { Resources, spansOf } from './spans-of.js';

/** Puts runs into requests by sender, as a Collector in front of each would; at most so many spans in one. */
export function encodeRequests(invocations: readonly DemoInvocation[], maxSpans: number): ExportRequest[] {
  const waiting = new Map<SenderName, { spans: ReadableSpan[]; resources: Resources }>();
  const requests: ExportRequest[] = [];
  for (const invocation of invocations) {
    const { sender } = invocation.function;
    const batch = waiting.get(sender) ?? { spans: [], resources: new Resources() };
    waiting.set(sender, batch);
    batch.spans.push(...spansOf(invocation, batch.resources));
    if (batch.spans.length < maxSpans) continue;
    requests.push(encode(sender, batch.spans));
    waiting.delete(sender);
  }
  for (const [sender, { spans }] of waiting) if (spans.length > 0) requests.push(encode(sender, spans));
  return requests;
}

function encode(sender: SenderName, spans: ReadableSpan[]): ExportRequest {
  const { encoding, userAgent, by } = senders[sender];
  const isJson = encoding === 'json';
  const body = (isJson ? JsonTraceSerializer : ProtobufTraceSerializer).serializeRequest(spans);
  if (body === undefined) throw new Error(`The spans of ${sender} could not be serialised`);
  return {
    sender,
    signal: 'traces',
    by,
    requestId: null,
    contentType: isJson ? 'application/json' : 'application/x-protobuf',
    userAgent,
    body: sender === 'lambda-node-old' ? withoutFlags(body) : body,
    items: spans.length,
  };
}

/** SDKs of the first generation sent no flags on spans and links; today's serialiser always does. */
function withoutFlags(json: Uint8Array): Uint8Array {
  return Buffer.from(
    Buffer.from(json)
      .toString()
      .replace(/,"flags":\d+/g, ''),
  );
}
