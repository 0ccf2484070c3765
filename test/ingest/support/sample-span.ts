import { Buffer } from 'node:buffer';
import { receivedAtMs } from './decode.js';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const spanId = 'b7ad6b7169203331';
export const startNs = BigInt(receivedAtMs - 60_000) * 1_000_000n + 123_456_789n;

/** A span in OTLP/JSON that is stored as it is. */
export const goodSpan = {
  traceId,
  spanId,
  name: 'run',
  kind: 2,
  startTimeUnixNano: startNs.toString(),
  endTimeUnixNano: (startNs + 5_000_000n).toString(),
};

type Attributes = Readonly<Record<string, string | number | boolean>>;

export function keyValues(attributes: Attributes): object[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: anyValue(value) }));
}

function anyValue(value: string | number | boolean): object {
  if (typeof value === 'string') return { stringValue: value };
  return typeof value === 'boolean' ? { boolValue: value } : { intValue: value };
}

/** One OTLP/JSON request of these spans. */
export function jsonRequest(
  spans: readonly unknown[],
  resource: Attributes = { 'service.name': 'shop' },
): Buffer {
  return Buffer.from(
    JSON.stringify({
      resourceSpans: [{ resource: { attributes: keyValues(resource) }, scopeSpans: [{ spans }] }],
    }),
  );
}
