import { Buffer } from 'node:buffer';
import { createHash, type Hash } from 'node:crypto';
import type { SignalName } from '../signal.js';

/** What makes two requests the same: their bytes, or the id that a deliverer gives all tries of one delivery. */
export const markKinds = { body: 0, delivery: 1 } as const;
export type MarkKind = keyof typeof markKinds;

/** A request as it is remembered. */
export type RequestMark = { readonly kind: MarkKind; readonly key: Buffer; readonly atMs: number };

const keyBytes = 16;
/** Key, Unix milliseconds in 6 bytes, kind in 2. */
export const markBytes = 24;
/** Hashed in 2 ms. */
const turnBytes = 2 * 1024 * 1024;

/**
 * SHA-1, cut to 16 bytes: of the strong hashes the fastest with what processors have built in. Only a tenant could make
 * two requests of the same hash, and would lose nothing but his own.
 */
export function bodyMark(tenant: string, signal: SignalName, body: Uint8Array, atMs: number): RequestMark {
  return markOf(bodyHash(tenant, signal).update(body), atMs);
}

/** The same of a large body, with turns for others in between. */
export async function bodyMarkInTurns(
  tenant: string,
  signal: SignalName,
  body: Uint8Array,
  atMs: number,
): Promise<RequestMark> {
  const hash = bodyHash(tenant, signal);
  for (let at = 0; at < body.length; at += turnBytes) {
    hash.update(body.subarray(at, at + turnBytes));
    await new Promise(setImmediate);
  }
  return markOf(hash, atMs);
}

export function deliveryMark(tenant: string, requestId: string, atMs: number): RequestMark {
  const hash = createHash('sha1').update(`${tenant}\n`).update(requestId);
  return { kind: 'delivery', key: hash.digest().subarray(0, keyBytes), atMs };
}

function bodyHash(tenant: string, signal: SignalName): Hash {
  return createHash('sha1').update(`${tenant}\n${signal}\n`);
}

function markOf(hash: Hash, atMs: number): RequestMark {
  return { kind: 'body', key: hash.digest().subarray(0, keyBytes), atMs };
}

/** The marks one after another, each of `markBytes`: how they lie in the spool. */
export function encodeMarks(marks: readonly RequestMark[]): Buffer {
  const bytes = Buffer.allocUnsafe(marks.length * markBytes);
  for (const [index, { kind, key, atMs }] of marks.entries()) {
    const at = index * markBytes;
    bytes.set(key, at);
    bytes.writeUIntLE(Math.floor(atMs), at + keyBytes, 6);
    bytes.writeUInt16LE(markKinds[kind], at + keyBytes + 6);
  }
  return bytes;
}

/** A kind that only a later version knows is passed over. */
export function decodeMarks(bytes: Buffer): RequestMark[] {
  const marks: RequestMark[] = [];
  for (let at = 0; at + markBytes <= bytes.length; at += markBytes) {
    const kind = kindOf(bytes.readUInt16LE(at + keyBytes + 6));
    if (kind === null) continue;
    marks.push({
      kind,
      key: bytes.subarray(at, at + keyBytes),
      atMs: bytes.readUIntLE(at + keyBytes, 6),
    });
  }
  return marks;
}

function kindOf(code: number): MarkKind | null {
  if (code === markKinds.body) return 'body';
  return code === markKinds.delivery ? 'delivery' : null;
}
