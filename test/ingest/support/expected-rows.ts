import type { Pair, Request, Value } from './arbitrary-request.js';
import { receivedAtMs } from './decode.js';
import type { SpanRow } from './read-rows.js';

/** The attribute text as docs/ingest.md promises it, written without any of the code under test. */
export function attributeText(value: Value): string {
  if (value.stringValue !== undefined) return value.stringValue;
  if (value.boolValue !== undefined) return String(value.boolValue);
  if (value.intValue !== undefined) return value.intValue;
  if (value.doubleValue !== undefined) return String(value.doubleValue);
  if (value.bytesValue !== undefined) return value.bytesValue.toString('base64');
  if (value.arrayValue !== undefined || value.kvlistValue !== undefined) return json(value);
  return '';
}

function json(value: Value): string {
  if (value.stringValue !== undefined) return JSON.stringify(value.stringValue);
  if (value.bytesValue !== undefined) return `"${value.bytesValue.toString('base64')}"`;
  if (value.doubleValue !== undefined && !Number.isFinite(value.doubleValue)) return `"${value.doubleValue}"`;
  if (value.arrayValue !== undefined) return `[${value.arrayValue.values.map(json).join(',')}]`;
  if (value.kvlistValue !== undefined) {
    const pairs = value.kvlistValue.values.map(
      ({ key, value: inner }) => `${JSON.stringify(key)}:${json(inner)}`,
    );
    return `{${pairs.join(',')}}`;
  }
  const text = attributeText(value);
  return text === '' ? 'null' : text;
}

export function map(pairs: readonly Pair[]): [string, string][] {
  return pairs.map(({ key, value }) => [key, attributeText(value)]);
}

export function first(pairs: readonly Pair[], keys: readonly string[]): string | null {
  for (const key of keys) {
    const found = pairs.find((pair) => pair.key === key);
    if (found === undefined) continue;
    const { value } = found;
    // Only scalars name a service; a list or bytes do not.
    const isScalar =
      value.arrayValue === undefined && value.kvlistValue === undefined && value.bytesValue === undefined;
    const text = isScalar ? attributeText(value) : '';
    if (text !== '') return text;
  }
  return null;
}

/** The rows of `spans` that a request must become. */
export function expectedSpanRows(request: Request): SpanRow[] {
  return request.resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ scope, spans }) =>
      spans.map((span) => ({
        tenant: 'default',
        environment: first(resource.attributes, ['deployment.environment.name']) ?? '',
        service: first(resource.attributes, ['service.name', 'faas.name']) ?? 'unknown_service',
        name: span.name,
        kind: span.kind,
        startedNs: BigInt(span.startTimeUnixNano),
        durationNs: BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano),
        status: span.status.code,
        statusMessage: span.status.message,
        traceId: span.traceId.toString('hex'),
        spanId: span.spanId.toString('hex'),
        parentSpanId: span.parentSpanId.toString('hex').padEnd(16, '0'),
        scope: scope.name,
        resource: map(resource.attributes),
        attributes: map(span.attributes),
        events: span.events.map((event) => ({
          at: BigInt(event.timeUnixNano),
          name: event.name,
          attributes: map(event.attributes),
        })),
        links: span.links.map((link) => ({
          traceId: link.traceId.toString('hex'),
          spanId: link.spanId.toString('hex'),
        })),
        receivedAtMs: BigInt(receivedAtMs),
      })),
    ),
  );
}
