import { createHash } from 'node:crypto';

/** Crockford's alphabet in lower case: no i, l, o, u to misread, nothing a shell or URL would touch. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const idLength = 12;
/** 160 bits, so guessing is hopeless and a plain hash of it is safe to store. */
const secretLength = 32;
const checksumLength = 6;

const shape = new RegExp(
  `^cbk_([${alphabet}]{${idLength}})_([${alphabet}]{${secretLength}})([${alphabet}]{${checksumLength}})$`,
);

/** Bytes from a cryptographic source. */
export type RandomBytes = (count: number) => Uint8Array;

type KeyText = { keyId: string; text: string };

/** Makes a new key: `cbk_<key id>_<secret><checksum>`. The prefix and checksum let scanners find leaked keys. */
export function createKeyText(randomBytes: RandomBytes): KeyText {
  const keyId = symbols(randomBytes(idLength));
  const secret = symbols(randomBytes(secretLength));
  const body = `cbk_${keyId}_${secret}`;
  return { keyId, text: body + checksum(body) };
}

/** The key id inside a key; null when it cannot be one of ours, mistyped ones included. */
export function parseKeyId(text: string): string | null {
  const match = shape.exec(text);
  if (match === null) return null;
  const body = text.slice(0, -checksumLength);
  return checksum(body) === text.slice(-checksumLength) ? (match[1] ?? null) : null;
}

/** What is stored instead of the key. The whole text is hashed, so a hash fits one key id only. */
export function hashKeyText(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function checksum(body: string): string {
  return symbols(createHash('sha256').update(`checksum ${body}`).digest().subarray(0, checksumLength));
}

/** Five bits of each byte, so every symbol is equally likely. */
function symbols(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => alphabet.charAt(byte % 32)).join('');
}
