import { Buffer } from 'node:buffer';
import { z } from 'zod';

/** Reads RowBinary back, independent of the writer: a second opinion for the tests. */
export class RowReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes);
  }

  get isDone(): boolean {
    return this.#at >= this.#bytes.length;
  }

  u8(): number {
    return this.#bytes.readUInt8(this.#move(1));
  }

  u16(): number {
    return this.#bytes.readUInt16LE(this.#move(2));
  }

  u64(): bigint {
    return this.#bytes.readBigUInt64LE(this.#move(8));
  }

  i32(): number {
    return this.#bytes.readInt32LE(this.#move(4));
  }

  u32(): number {
    return this.#bytes.readUInt32LE(this.#move(4));
  }

  i64(): bigint {
    return this.#bytes.readBigInt64LE(this.#move(8));
  }

  f64(): number {
    return this.#bytes.readDoubleLE(this.#move(8));
  }

  nullable<Value>(read: () => Value): Value | null {
    return this.u8() === 1 ? null : read();
  }

  list<Value>(read: () => Value): Value[] {
    return Array.from({ length: this.varint() }, read);
  }

  varint(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.u8();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  }

  text(): string {
    const length = this.varint();
    const at = this.#move(length);
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      this.#bytes.subarray(at, at + length),
    );
  }

  hex(count: number): string {
    const at = this.#move(count);
    return this.#bytes.toString('hex', at, at + count);
  }

  /** A JSON list of texts in a text; nothing stands for an empty one. */
  jsonTexts(): string[] {
    const text = this.text();
    return text === '' ? [] : z.array(z.string()).min(1).parse(JSON.parse(text));
  }

  map(): [string, string][] {
    return Array.from({ length: this.varint() }, () => [this.text(), this.text()]);
  }

  #move(count: number): number {
    const at = this.#at;
    this.#at += count;
    if (this.#at > this.#bytes.length) throw new Error(`Row bytes end at ${this.#bytes.length}`);
    return at;
  }
}

export type SpanRow = Omit<ReturnType<typeof spanRow>, 'call'>;

type Resources = ReadonlyMap<bigint, [string, string][]>;

function spanRow(reader: RowReader, resources: Resources) {
  return {
    tenant: reader.text(),
    environment: reader.text(),
    service: reader.text(),
    name: reader.text(),
    kind: reader.u8(),
    startedNs: reader.u64(),
    durationNs: reader.u64(),
    status: reader.u8(),
    statusMessage: reader.text(),
    traceId: reader.hex(16),
    spanId: reader.hex(8),
    parentSpanId: reader.hex(8),
    scope: reader.text(),
    resource: resources.get(reader.u64()),
    attributes: pairs(reader.jsonTexts(), reader.jsonTexts()),
    events: Array.from({ length: reader.varint() }, () => ({
      at: reader.u64(),
      name: reader.text(),
      attributes: reader.map(),
    })),
    links: Array.from({ length: reader.varint() }, () => ({
      traceId: reader.hex(16),
      spanId: reader.hex(8),
    })),
    receivedAtMs: reader.u64(),
    call: callRow(reader),
  };
}

export type CallRow = ReturnType<typeof callRow>;

function callRow(reader: RowReader) {
  return {
    function: reader.text(),
    direction: ['none', 'out', 'in'][reader.u8()],
    kind: ['none', 'database', 'http', 'queue', 'function', 'rpc', 'storage', 'other'][reader.u8()],
    peer: reader.text(),
    operation: reader.text(),
    retry: reader.u8() === 1,
  };
}

export type InvocationRow = Omit<ReturnType<typeof invocationRow>, 'usage'>;

function invocationRow(reader: RowReader) {
  return {
    tenant: reader.text(),
    environment: reader.text(),
    function: reader.text(),
    startedNs: reader.u64(),
    durationNs: reader.u64(),
    outcome: ['ok', 'error', 'timeout', 'oom', 'throttled', 'rejected'][reader.u8()],
    cold: reader.u8() === 1,
    initNs: reader.u64(),
    provider: reader.text(),
    platform: reader.text(),
    region: reader.text(),
    account: reader.text(),
    team: reader.text(),
    version: reader.text(),
    alias: reader.text(),
    arch: reader.text(),
    instance: reader.text(),
    trigger: reader.text(),
    memoryBytes: reader.u64(),
    memoryUsedBytes: reader.u64(),
    httpStatus: reader.u16(),
    errorType: reader.text(),
    errorMessage: reader.text(),
    errorFingerprint: reader.u64(),
    invocationId: reader.text(),
    deliveryId: reader.text(),
    eventAgeMs: reader.nullable(() => reader.u32()),
    payloadBytes: reader.nullable(() => reader.u32()),
    product: reader.text(),
    feature: reader.text(),
    customer: reader.text(),
    tags: reader.map(),
    weight: reader.f64(),
    usage: {
      billing: reader.text(),
      billedMs: reader.u64(),
      memoryMb: reader.u32(),
      cpuUs: reader.u64(),
      requestUnits: reader.u32(),
    },
    traceId: reader.hex(16),
    spanId: reader.hex(8),
    parentSpanId: reader.hex(8),
    receivedAtMs: reader.u64(),
  };
}

export function readSpanRows(bytes: Uint8Array, resources: Resources): SpanRow[] {
  return readAll(bytes, (reader) => {
    const { call: _call, ...row } = spanRow(reader, resources);
    return row;
  });
}

export function readCallRows(bytes: Uint8Array, resources: Resources): CallRow[] {
  return readAll(bytes, (reader) => spanRow(reader, resources).call);
}

type ResourceRow = { tenant: string; hash: bigint; day: number; attributes: [string, string][] };

export function readResourceRows(bytes: Uint8Array): ResourceRow[] {
  return readAll(bytes, (reader) => ({
    tenant: reader.text(),
    hash: reader.u64(),
    day: reader.u16(),
    attributes: reader.map(),
  }));
}

function pairs(keys: readonly string[], values: readonly string[]): [string, string][] {
  if (keys.length !== values.length) throw new Error(`${keys.length} keys for ${values.length} values`);
  return keys.map((key, index) => [key, values[index] ?? '']);
}

export function readInvocationRows(bytes: Uint8Array): InvocationRow[] {
  return readAll(bytes, (reader) => {
    const { usage: _usage, ...row } = invocationRow(reader);
    return row;
  });
}

export function readAll<Row>(bytes: Uint8Array, read: (reader: RowReader) => Row): Row[] {
  const reader = new RowReader(bytes);
  const rows: Row[] = [];
  while (!reader.isDone) rows.push(read(reader));
  return rows;
}
