import { WireError } from '../wire/wire-error.js';
import { maxDepth } from '../wire/wire-reader.js';

export type JsonToken = 'string' | 'number' | 'true' | 'false' | 'null' | 'object' | 'array';

/** One level of an attribute value is four of JSON; values too deep in themselves are refused one by one later. */
const maxJsonDepth = maxDepth * 8;

const code = (character: string): number => character.charCodeAt(0);
const quote = code('"');
const backslash = code('\\');
const openBrace = code('{');
const closeBrace = code('}');
const openBracket = code('[');
const closeBracket = code(']');
const comma = code(',');
const colon = code(':');

/** Digits of the longest exact decimal of a double, and more; checked as text, 64 MiB of digits would take 4 GB. */
const longestNumber = 2000;

/**
 * Walks JSON in place. Not JSON.parse, because that rounds the unquoted 19-digit times some senders write, and builds
 * every object. The raw text of the last string (without its quotes) or number is left in [start, stop).
 */
export class JsonScanner {
  bytes: Uint8Array = new Uint8Array(0);
  position = 0;
  start = 0;
  stop = 0;
  /** The last string has backslashes in it. */
  escaped = false;

  reset(bytes: Uint8Array): void {
    this.bytes = bytes;
    const hasByteOrderMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    this.position = hasByteOrderMark ? 3 : 0;
  }

  /** Reads a scalar whole; of an object or array only the opening bracket. */
  token(): JsonToken {
    const byte = this.#peek();
    switch (byte) {
      case quote:
        this.#string();
        return 'string';
      case openBrace:
        this.position++;
        return 'object';
      case openBracket:
        this.position++;
        return 'array';
      case code('t'):
        return this.#word('true');
      case code('f'):
        return this.#word('false');
      case code('n'):
        return this.#word('null');
      default:
        this.#number();
        return 'number';
    }
  }

  /** Inside an object: reads the next key and its colon; false behind the last one. */
  key(isFirst: boolean): boolean {
    if (!this.#more(isFirst, closeBrace)) return false;
    if (this.#peek() !== quote) throw this.#bad('An object key is not a string');
    this.#string();
    const { start, stop, escaped } = this;
    if (this.#peek() !== colon) throw this.#bad('A colon is missing');
    this.position++;
    this.start = start;
    this.stop = stop;
    this.escaped = escaped;
    return true;
  }

  /** Inside an array: true when another element follows. */
  element(isFirst: boolean): boolean {
    return this.#more(isFirst, closeBracket);
  }

  /** Passes over the rest of a value whose first token was read already. */
  skip(token: JsonToken, depth = 0): void {
    if (token !== 'object' && token !== 'array') return;
    this.checkDepth(depth);
    let isFirst = true;
    while (token === 'object' ? this.key(isFirst) : this.element(isFirst)) {
      isFirst = false;
      this.skip(this.token(), depth + 1);
    }
  }

  checkDepth(depth: number): void {
    if (depth > maxJsonDepth)
      throw new WireError('nesting-too-deep', this.position, 'The JSON nests too deeply');
  }

  /** Fails when anything but blanks follows. */
  finish(): void {
    this.#blanks();
    if (this.position < this.bytes.length) throw this.#bad('There is text behind the end of the JSON');
  }

  #more(isFirst: boolean, close: number): boolean {
    const byte = this.#peek();
    if (byte === close) {
      this.position++;
      return false;
    }
    if (isFirst) return true;
    if (byte !== comma) throw this.#bad('A comma is missing');
    this.position++;
    return true;
  }

  #string(): void {
    const { bytes } = this;
    const from = this.position + 1;
    let at = from;
    this.escaped = false;
    for (;;) {
      const byte = bytes[at];
      if (byte === undefined) throw this.#bad('A string is cut off');
      if (byte === quote) break;
      if (byte === backslash) {
        this.escaped = true;
        at++;
      }
      at++;
    }
    this.start = from;
    this.stop = at;
    this.position = at + 1;
  }

  #number(): void {
    const { bytes } = this;
    const from = this.position;
    let at = from;
    while (isDigit(bytes[at] ?? 0)) at++;
    const digitsEnd = at;
    while (isNumberByte(bytes[at] ?? 0)) at++;
    if (at - from > longestNumber) throw this.#bad('A number is too long');
    if (at === from) throw this.#bad(from >= bytes.length ? 'The JSON is cut off' : 'A value is missing');
    this.start = from;
    this.stop = at;
    this.position = at;
    if (at !== digitsEnd) this.#checkNumber(from, at);
  }

  #checkNumber(from: number, to: number): void {
    let text = '';
    for (let at = from; at < to; at++) text += String.fromCharCode(this.bytes[at] ?? 0);
    if (!/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text)) throw this.#bad('A number is malformed');
  }

  #word<Word extends 'true' | 'false' | 'null'>(word: Word): Word {
    for (let index = 0; index < word.length; index++) {
      if (this.bytes[this.position + index] !== word.charCodeAt(index)) throw this.#bad('A word is unknown');
    }
    this.position += word.length;
    return word;
  }

  #peek(): number {
    this.#blanks();
    return this.bytes[this.position] ?? 0;
  }

  #blanks(): void {
    const { bytes } = this;
    for (;;) {
      const byte = bytes[this.position];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return;
      this.position++;
    }
  }

  #bad(message: string): WireError {
    return new WireError('not-json', this.position, message);
  }
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function isNumberByte(byte: number): boolean {
  return isDigit(byte) || byte === 0x2d || byte === 0x2b || byte === 0x2e || byte === 0x65 || byte === 0x45;
}
