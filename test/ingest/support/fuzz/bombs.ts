import { Buffer } from 'node:buffer';

/** A body whose size or shape is the attack; most are small on the wire when compressed. */
export type Bomb = {
  name: string;
  path: string;
  contentType: 'application/x-protobuf' | 'application/json';
  body: Buffer;
};

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) + 128);
  }
}

/** A length-delimited field. */
function field(number: number, ...parts: readonly Uint8Array[]): Buffer {
  const bytes = parts.reduce((sum, { length }) => sum + length, 0);
  return Buffer.concat([Buffer.from([...varint(number * 8 + 2), ...varint(bytes)]), ...parts]);
}

const text = (number: number, value: string): Buffer => field(number, Buffer.from(value));
const keyValue = (key: string, value: string): Buffer =>
  Buffer.concat([text(1, key), field(2, text(1, value))]);

function fixed64(number: number, value: bigint): Buffer {
  const bytes = Buffer.alloc(9);
  bytes[0] = number * 8 + 1;
  bytes.writeBigUInt64LE(value, 1);
  return bytes;
}

/** A span that is stored, with whatever else is put into it. */
function span(nowMs: number, ...more: readonly Buffer[]): Buffer {
  const startNs = BigInt(Math.floor(nowMs)) * 1_000_000n;
  const ids = [field(1, Buffer.alloc(16, 1)), field(2, Buffer.alloc(8, 2))];
  return field(2, ...ids, fixed64(7, startNs), fixed64(8, startNs + 1n), ...more);
}

const traces = (...spans: readonly Buffer[]): Buffer => field(1, field(2, ...spans));

/** A message around a message, as deep as asked: an AnyValue of a list in an AnyValue of a list. */
function nestedValue(depth: number): Buffer {
  const lengths: number[] = [];
  let bytes = 0;
  for (let level = 0; level < depth; level++) {
    bytes += 1 + varint(bytes).length;
    lengths.push(bytes);
  }
  const out = Buffer.alloc(bytes);
  let at = 0;
  for (let level = depth - 1; level >= 0; level--) {
    out[at++] = level % 2 === 0 ? 0x0a : 0x2a;
    for (const byte of varint(lengths[level - 1] ?? 0)) out[at++] = byte;
  }
  return out;
}

const repeated = (part: Buffer, bytes: number): Buffer =>
  Buffer.alloc(Math.floor(bytes / part.length) * part.length, part);

/** Every shape of about so many bytes once inflated. */
export function bombs(bytes: number, nowMs: number): Bomb[] {
  const protobuf = 'application/x-protobuf';
  const json = 'application/json';
  const inner = bytes - 200;
  const attribute = (value: Buffer): Buffer => traces(span(nowMs, field(9, text(1, 'a'), field(2, value))));
  const longText = (part: string, once = ''): Buffer =>
    attribute(field(1, Buffer.from(once), repeated(Buffer.from(part), inner)));
  const crowded = field(9, keyValue('same', 'x'));
  const crowd = span(nowMs, repeated(crowded, Math.min(inner, 9_000 * crowded.length)));
  const minimal = span(nowMs);
  const point = (number: number, part: Buffer): Buffer =>
    field(1, field(2, field(2, text(1, 'm'), field(number, repeated(part, inner)))));
  const jsonSpans = (part: string): Buffer =>
    Buffer.from(`{"resourceSpans":[{"scopeSpans":[{"spans":[${part}]}]}]}`);
  const many = (part: string): string =>
    `${part},`.repeat(Math.floor(inner / (part.length + 1))).slice(0, -1);
  return [
    { name: 'zeros', path: '/v1/traces', contentType: protobuf, body: Buffer.alloc(bytes) },
    { name: 'blanks', path: '/v1/traces', contentType: json, body: Buffer.alloc(bytes, ' ') },
    { name: 'empty resources', path: '/v1/traces', contentType: protobuf, body: repeated(field(1), bytes) },
    {
      name: 'empty scopes',
      path: '/v1/traces',
      contentType: protobuf,
      body: field(1, repeated(field(2), inner)),
    },
    {
      name: 'empty spans',
      path: '/v1/traces',
      contentType: protobuf,
      body: traces(repeated(field(2), inner)),
    },
    {
      name: 'smallest spans',
      path: '/v1/traces',
      contentType: protobuf,
      body: traces(repeated(minimal, inner)),
    },
    {
      name: 'spans of 9,000 equal keys',
      path: '/v1/traces',
      contentType: protobuf,
      body: traces(repeated(crowd, inner)),
    },
    {
      name: 'one span of all attributes',
      path: '/v1/traces',
      contentType: protobuf,
      body: traces(span(nowMs, repeated(crowded, inner))),
    },
    {
      name: 'events',
      path: '/v1/traces',
      contentType: protobuf,
      body: traces(span(nowMs, repeated(field(11), inner))),
    },
    {
      name: 'links',
      path: '/v1/traces',
      contentType: protobuf,
      body: traces(span(nowMs, repeated(field(13), inner))),
    },
    {
      name: 'nested value',
      path: '/v1/traces',
      contentType: protobuf,
      body: attribute(nestedValue(Math.min(100_000, Math.floor(inner / 8)))),
    },
    {
      name: 'flat list',
      path: '/v1/traces',
      contentType: protobuf,
      body: attribute(field(5, repeated(field(1, text(1, '')), inner))),
    },
    {
      name: 'text like web tokens',
      path: '/v1/traces',
      contentType: protobuf,
      body: longText('eyJ-', '.eyJ '),
    },
    {
      name: 'text like keys',
      path: '/v1/traces',
      contentType: protobuf,
      body: longText('-----BEGIN A', '-----BEGIN PRIVATE KEY----- '),
    },
    { name: 'text like bearers', path: '/v1/traces', contentType: protobuf, body: longText('bearer  ') },
    {
      name: 'text of digits',
      path: '/v1/traces',
      contentType: protobuf,
      body: longText('4111 1111 1111 111 '),
    },
    {
      name: 'text without UTF-8',
      path: '/v1/traces',
      contentType: protobuf,
      body: attribute(field(1, Buffer.alloc(inner, 0xff))),
    },
    { name: 'empty points', path: '/v1/metrics', contentType: protobuf, body: point(5, field(1)) },
    { name: 'empty histograms', path: '/v1/metrics', contentType: protobuf, body: point(9, field(1)) },
    {
      name: 'buckets',
      path: '/v1/metrics',
      contentType: protobuf,
      body: point(9, field(1, field(6, Buffer.alloc(80_000)))),
    },
    {
      name: 'empty records',
      path: '/v1/logs',
      contentType: protobuf,
      body: field(1, field(2, repeated(field(2), inner))),
    },
    {
      name: 'nested log body',
      path: '/v1/logs',
      contentType: protobuf,
      body: field(1, field(2, field(2, field(5, nestedValue(Math.min(100_000, Math.floor(inner / 8))))))),
    },
    { name: 'open lists', path: '/v1/traces', contentType: json, body: Buffer.alloc(bytes, '[') },
    {
      name: 'open objects',
      path: '/v1/logs',
      contentType: json,
      body: repeated(Buffer.from('{"a":'), bytes),
    },
    { name: 'empty JSON spans', path: '/v1/traces', contentType: json, body: jsonSpans(many('{}')) },
    {
      name: 'unknown JSON keys',
      path: '/v1/traces',
      contentType: json,
      body: jsonSpans(`{${many('"x":0')}}`),
    },
    {
      name: 'JSON escapes',
      path: '/v1/traces',
      contentType: json,
      body: jsonSpans(`{"name":"${'\\u0041'.repeat(Math.floor(inner / 6))}"}`),
    },
    {
      name: 'a JSON number',
      path: '/v1/metrics',
      contentType: json,
      body: Buffer.concat([Buffer.from('{"resourceMetrics":'), Buffer.alloc(inner, '9')]),
    },
  ];
}
