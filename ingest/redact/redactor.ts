import { Buffer } from 'node:buffer';
import { createHmac } from 'node:crypto';
import type { RedactionRule } from '../../schemas/redaction-rule.js';
import type { MessageTable } from '../otlp/message-table.js';
import { ByteWriter } from '../wire/byte-writer.js';
import { utf8 } from '../wire/utf8.js';
import { NeedleScan } from './needle-scan.js';
import { keyTest, secretKeyWords, valueRules } from './redaction-rules.js';
import { type Redaction, WireRewriter } from './wire-rewriter.js';

export type RedactionSettings = {
  readonly rules: readonly RedactionRule[];
  /** Further words that make an attribute's key that of a secret. */
  readonly keys: readonly string[];
  readonly action: 'drop' | 'hash';
  /** With which hashes are made: without it, short secrets could be found again by trying. */
  readonly hashKey: Uint8Array;
};

const keptKeys = 5000;
const keepBytes = 8 * 1024 * 1024;

/** Replaces secrets in requests before anything else reads them, so that none comes to the disk. */
export class Redactor implements Redaction {
  readonly #settings: RedactionSettings;
  readonly #scan: NeedleScan;
  readonly #valueScan: NeedleScan;
  readonly #valueRules: typeof valueRules;
  readonly #isSecretKey: (key: string) => boolean;
  readonly #keys = new Map<string, boolean>();
  readonly #rewriter = new WireRewriter();
  readonly #writer = new ByteWriter(64 * 1024);
  /** Since they were taken last. */
  #recent: Map<RedactionRule, number> | null = null;

  constructor(settings: RedactionSettings) {
    const words = settings.rules.includes('secret-keys')
      ? [...secretKeyWords, ...settings.keys]
      : settings.keys;
    this.#settings = settings;
    this.#isSecretKey = keyTest(words);
    this.#valueRules = valueRules.filter(({ name }) => settings.rules.includes(name));
    const needles = this.#valueRules.flatMap((rule) => rule.needles);
    const findsCards = settings.rules.includes('cards');
    this.#scan = new NeedleScan([...words, ...needles], findsCards);
    this.#valueScan = new NeedleScan(needles, findsCards);
  }

  /** Values replaced since the last call, null when there were none. */
  takeRecent(): ReadonlyMap<RedactionRule, number> | null {
    const recent = this.#recent;
    this.#recent = null;
    return recent;
  }

  /** The same bytes when there is nothing to hide in them; else others, valid until the next call. */
  redact(bytes: Uint8Array, table: MessageTable): Uint8Array {
    if (!this.#scan.finds(bytes)) return bytes;
    this.#writer.clear(keepBytes);
    this.#rewriter.rewrite(bytes, table, this.#writer, this);
    return this.#writer.view();
  }

  isSecretKey(key: string): boolean {
    const known = this.#keys.get(key);
    if (known !== undefined) return known;
    if (this.#keys.size >= keptKeys) this.#keys.clear();
    const isSecret = this.#isSecretKey(key);
    this.#keys.set(key, isSecret);
    return isSecret;
  }

  mayHide(bytes: Uint8Array, start: number, end: number): boolean {
    return this.#scan.finds(bytes, start, end);
  }

  /** What stands for the value of a secret key; `encoded` is the value as it came. */
  secretValue(encoded: Uint8Array): string {
    return this.#replacement('secret-keys', encoded);
  }

  /** The text without its secrets, null when it has none. */
  text(bytes: Uint8Array, start: number, end: number): string | null {
    if (!this.#valueScan.finds(bytes, start, end)) return null;
    const before = utf8(bytes, start, end);
    let after = before;
    for (const { name, replace } of this.#valueRules) {
      after = replace(after, (found) => this.#replacement(name, Buffer.from(found)));
    }
    return after === before ? null : after;
  }

  #replacement(rule: RedactionRule, secret: Uint8Array): string {
    this.#recent ??= new Map();
    this.#recent.set(rule, (this.#recent.get(rule) ?? 0) + 1);
    if (this.#settings.action === 'drop') return `[redacted ${rule}]`;
    const hash = createHmac('sha256', this.#settings.hashKey).update(secret).digest('hex').slice(0, 16);
    return `[redacted ${rule} ${hash}]`;
  }
}
