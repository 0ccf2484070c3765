import { functionName } from '../classify/function-name.js';
import type { AttributeReader } from '../classify/known-keys.js';
import { BoundedNames } from '../dependencies/bounded-names.js';
import { directions, peerKinds } from '../dependencies/call.js';
import { KnownCalls } from '../dependencies/known-calls.js';
import type { SpanRecord } from '../otlp/span-record.js';
import { ByteWriter } from '../wire/byte-writer.js';

/** No call: direction, kind, two empty texts, no retry. */
const noCallBytes = 5;

/** Writes the columns of `callColumns`: a copy of bytes for most spans, a few texts for those that call. */
export class CallWriter {
  readonly #names = new BoundedNames();
  readonly #calls: KnownCalls;
  readonly #function = new ByteWriter(256);

  /** Values longer than `valueBytes` are not read whole. */
  constructor(valueBytes: number) {
    this.#calls = new KnownCalls(valueBytes);
  }

  resource(tenant: string, resource: AttributeReader): void {
    const name = functionName(resource);
    this.#function.clear();
    this.#function.string(name);
    this.#names.of(tenant, name);
  }

  write(writer: ByteWriter, span: SpanRecord): void {
    const { attributes } = span;
    const own = attributes.text('faas.name');
    if (own === null) writer.append(this.#function);
    else writer.string(own);
    const call = this.#calls.of(span);
    if (call === null) {
      writer.zeros(noCallBytes);
      return;
    }
    const { direction, kind, peer, operation, retry } = this.#names.bound(call);
    writer.u8(directions[direction]);
    writer.u8(peerKinds[kind]);
    writer.string(peer);
    writer.string(operation);
    writer.u8(retry ? 1 : 0);
  }
}
