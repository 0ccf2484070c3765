import { createHash } from 'node:crypto';
import type { AttributeList } from '../otlp/attribute-list.js';
import type { Remembered } from '../otlp/remembered-attributes.js';
import { ByteWriter } from '../wire/byte-writer.js';
import type { KnownResources } from './known-resources.js';
import type { RowSink } from './row-sink.js';

const dayMs = 86_400_000;

/** The resource of the spans being read: its hash, and its row where `known` has none of that day yet. */
export class ResourceRow {
  hashLo = 0;
  hashHi = 0;
  /** Rows of this request; they are known when they are on disk. */
  readonly written = new Set<string>();
  readonly #known: KnownResources;
  readonly #attributes = new ByteWriter(2048);
  #tenant = '';
  #day = 0;
  #isWritten = false;
  #isHashed = false;
  #remembered: Remembered | null = null;

  constructor(known: KnownResources) {
    this.#known = known;
  }

  begin(tenant: string, nowMs: number): void {
    this.#tenant = tenant;
    this.#day = Math.floor(nowMs / dayMs);
    this.written.clear();
  }

  set(resource: AttributeList, remembered: Remembered): void {
    const { stored } = remembered;
    this.#isWritten = false;
    this.#isHashed = stored !== null;
    this.#remembered = remembered;
    this.#attributes.clear();
    if (stored === null) resource.writeMap(this.#attributes);
    else {
      this.#attributes.copy(stored.row, 0, stored.row.length);
      this.hashLo = stored.hashLo;
      this.hashHi = stored.hashHi;
    }
  }

  /**
   * 64 bits of a SHA-256: two of ten million resources are the same with a chance of 3 in a million. Called before each
   * span and not with `set`, because a body of nothing but empty resources would cost seconds.
   */
  hashOnce(): void {
    if (this.#isHashed) return;
    this.#isHashed = true;
    const digest = createHash('sha256').update(this.#attributes.view()).digest();
    this.hashLo = digest.readUInt32LE(0);
    this.hashHi = digest.readUInt32LE(4);
    if (this.#remembered === null) return;
    const row = Uint8Array.from(this.#attributes.view());
    this.#remembered.stored = { row, hashLo: this.hashLo, hashHi: this.hashHi };
  }

  /** Called with the first span that is kept, so that refused ones leave nothing behind. */
  writeOnce(sink: RowSink): void {
    if (this.#isWritten) return;
    this.#isWritten = true;
    const key = `${this.#day}/${this.hashHi}/${this.hashLo}/${this.#tenant}`;
    if (this.#known.has(key) || this.written.has(key)) return;
    this.written.add(key);
    const { writer } = sink;
    writer.string(this.#tenant);
    writer.u64(this.hashLo, this.hashHi);
    writer.u16(this.#day);
    writer.append(this.#attributes);
    sink.rows++;
  }
}
