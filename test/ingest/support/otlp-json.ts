import { Buffer } from 'node:buffer';

/** The JSON encoding of OTLP: ids in hex, 64-bit integers as text. */
export function toJson(request: object, snakeCase: boolean): Buffer {
  const replacer = (key: string, value: unknown): unknown => {
    if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
    // JSON knows no minus zero; protobuf's JSON writes it as a text.
    if (Object.is(value, -0)) return '-0';
    if (value instanceof Object && 'data' in value && 'type' in value && Array.isArray(value.data)) {
      return Buffer.from(value.data).toString(key === 'bytesValue' ? 'base64' : 'hex');
    }
    if (!snakeCase || value === null || typeof value !== 'object' || Array.isArray(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
        inner,
      ]),
    );
  };
  return Buffer.from(JSON.stringify(request, replacer));
}
