import { Buffer } from 'node:buffer';
import type { ByteWriter } from '../wire/byte-writer.js';
import { cutText } from './cut-text.js';
import { type DailyNames, lookedAtOneIn } from './daily-names.js';
import { Fingerprints } from './fingerprint.js';
import type { LimitCounts, LimitName, LimitSettings } from './limit-settings.js';
import type { NamesInUse, TenantNames } from './tenant-names.js';

const dayMs = 86_400_000;
/** What stands for names beyond a limit. */
const other = '(other)';

/** The limits as they apply to the request being read, and how often each did. One a receiver; `begin` says whose it is. */
export class RequestLimits {
  readonly #inUse: NamesInUse;
  readonly #counts = new Map<LimitName, number>();
  readonly #fingerprints = new Fingerprints();
  readonly settings: LimitSettings;
  #names: TenantNames;
  /** Whether the names of the current item are looked at although the tenant is far from its limits. */
  #looks = true;
  #random: number;

  constructor(inUse: NamesInUse) {
    this.#inUse = inUse;
    this.settings = inUse.limits;
    this.#names = inUse.of('', 0);
    this.#random = inUse.seed;
  }

  begin(tenant: string, nowMs: number): void {
    this.#counts.clear();
    this.#names = this.#inUse.of(tenant, Math.floor(nowMs / dayMs));
  }

  /** Chooses, so that no sender can foresee it, whether the next item is looked at. */
  nextItem(): void {
    let random = this.#random;
    random ^= random << 13;
    random ^= random >>> 17;
    random ^= random << 5;
    this.#random = random;
    this.#looks = (random & (lookedAtOneIn - 1)) === 0;
  }

  /** How often each limit applied since `begin`; null when none did. */
  counts(): LimitCounts | null {
    return this.#counts.size === 0 ? null : Object.fromEntries(this.#counts);
  }

  count(limit: LimitName): void {
    this.#counts.set(limit, (this.#counts.get(limit) ?? 0) + 1);
  }

  /** False when an attribute is to be left out; `place` is how many its item has already. */
  admitsAttribute(place: number, bytes: Uint8Array, keyStart: number, keyEnd: number): boolean {
    if (place >= this.settings.attributesPerItem) return this.#not('attributesPerItem');
    if (keyEnd - keyStart > this.settings.keyBytes) return this.#not('keyBytes');
    const { attributeKeys } = this.#names;
    if (!this.#looks && !attributeKeys.isFilling) return true;
    return attributeKeys.admits(this.#fingerprints.of(bytes, keyStart, keyEnd)) || this.#not('attributeKeys');
  }

  admitsFunction(name: string): boolean {
    return this.#names.functions.admitsText(name) || this.#not('functions');
  }

  admitsMetric(bytes: Uint8Array, start: number, end: number): boolean {
    return (
      this.#names.metricNames.admits(this.#fingerprints.of(bytes, start, end)) || this.#not('metricNames')
    );
  }

  writeSpanName(writer: ByteWriter, bytes: Uint8Array, start: number, end: number): void {
    this.#writeName(writer, this.#names.spanNames, 'spanNames', bytes, start, end);
  }

  /** A text for a column that is kept as a dictionary. */
  writeColumn(writer: ByteWriter, column: string, bytes: Uint8Array, start: number, end: number): void {
    if (start === end) writer.u8(0);
    else this.#writeName(writer, this.#names.column(column), 'columnValues', bytes, start, end);
  }

  /** The same of a text that was decoded already. */
  columnText(column: string, text: string): string {
    if (text === '') return text;
    const short = this.name(text);
    if (this.#names.column(column).admitsText(short)) return short;
    this.count('columnValues');
    return other;
  }

  /** A name that is cut when it is too long. */
  name(text: string): string {
    const { nameBytes } = this.settings;
    // A character takes at most three bytes of UTF-8 for each of its units.
    if (text.length * 3 <= nameBytes || Buffer.byteLength(text) <= nameBytes) return text;
    this.count('nameBytes');
    const bytes = Buffer.from(text);
    return cutText(bytes, 0, bytes.length, nameBytes);
  }

  /** A text that is cut when it is longer than the limit. */
  writeText(
    writer: ByteWriter,
    limit: 'nameBytes' | 'valueBytes',
    bytes: Uint8Array,
    start: number,
    end: number,
  ): void {
    if (end - start <= this.settings[limit]) {
      writer.text(bytes, start, end);
      return;
    }
    this.count(limit);
    writer.string(cutText(bytes, start, end, this.settings[limit]));
  }

  #writeName(
    writer: ByteWriter,
    names: DailyNames,
    limit: LimitName,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): void {
    if ((!this.#looks && !names.isFilling) || names.admits(this.#fingerprints.of(bytes, start, end))) {
      this.writeText(writer, 'nameBytes', bytes, start, end);
      return;
    }
    this.count(limit);
    writer.string(other);
  }

  #not(limit: LimitName): false {
    this.count(limit);
    return false;
  }
}
