import type { OtlpEncoding } from './http/media-type.js';
import { JsonTranscoder } from './otlp/json-to-wire.js';
import type { MessageTable } from './otlp/message-table.js';
import type { Redactor } from './redact/redactor.js';
import { ByteWriter } from './wire/byte-writer.js';

/** A transcoded body larger than this does not keep its buffer. */
const keepBytes = 8 * 1024 * 1024;

/** A body as protobuf bytes without secrets, valid until the next one. */
export class WireBody {
  readonly #transcoder = new JsonTranscoder();
  readonly #wire = new ByteWriter(64 * 1024);
  readonly #redactor: Redactor;

  constructor(redactor: Redactor) {
    this.#redactor = redactor;
  }

  /** `ignoredFields`: JSON fields left out because their value had the wrong type. */
  read(
    body: Uint8Array,
    encoding: OtlpEncoding,
    table: MessageTable,
  ): { bytes: Uint8Array; ignoredFields: number } {
    if (encoding === 'protobuf') return { bytes: this.#redactor.redact(body, table), ignoredFields: 0 };
    this.#wire.clear(keepBytes);
    const ignoredFields = this.#transcoder.transcode(body, table, this.#wire);
    return { bytes: this.#redactor.redact(this.#wire.view(), table), ignoredFields };
  }
}
