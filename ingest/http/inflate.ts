import { Buffer } from 'node:buffer';
import type { Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import type { BodyShare } from './body-budget.js';
import { OtlpRefusal, tooManyBodies } from './otlp-refusal.js';
import { tooLarge } from './read-body.js';

/** Undoes a coding piece by piece, in the thread pool. */
type Inflater = (body: Buffer) => Transform;

/** Below this a call on the spot costs less than the way through the thread pool, unless it becomes far more. */
const onTheSpotBytes = 16 * 1024;
const onTheSpotMostBytes = 1024 * 1024;
const pieces = { chunkSize: 128 * 1024 };

const inflaters: Readonly<Record<string, Inflater>> = {
  gzip: () => zlib.createGunzip(pieces),
  // "deflate" means the zlib format, but some senders leave its header out; a header is always 0 modulo 31.
  deflate: (body) =>
    body.length > 1 && body.readUInt16BE(0) % 31 === 0 && ((body[0] ?? 0) & 15) === 8
      ? zlib.createInflate(pieces)
      : zlib.createInflateRaw(pieces),
  br: () => zlib.createBrotliDecompress(pieces),
  ...zstdInflater(),
};

/** Content codings this Node can undo, for the Accept-Encoding of a refusal. */
const acceptedCodings: readonly string[] = Object.keys(inflaters);

export function codingOf(contentEncoding: string | undefined): string | null {
  const coding = contentEncoding?.trim().toLowerCase() ?? '';
  return coding === '' || coding === 'identity' ? null : coding;
}

export function refuseUnknownCoding(coding: string | null): void {
  if (coding === null || inflaters[coding] !== undefined) return;
  const accepted = acceptedCodings.join(', ');
  throw new OtlpRefusal(
    'content-encoding',
    `Content-Encoding "${coding}" is not supported here; use one of ${accepted}, or none`,
    { 'accept-encoding': accepted },
  );
}

/** Undoes the content coding, stopping at `maxBytes`; what comes out has its place in the budget as it comes. */
export async function inflate(
  coding: string,
  body: Buffer,
  maxBytes: number,
  share: BodyShare,
): Promise<Buffer> {
  const open = inflaters[coding];
  if (open === undefined)
    throw new OtlpRefusal('content-encoding', `Content-Encoding "${coding}" is unknown`);
  try {
    const small = coding === 'gzip' ? gunzipSmall(body, maxBytes) : null;
    if (small === null) return await inflatePieces(open(body), body, maxBytes, share);
    if (!share.take(small.length)) throw tooManyBodies();
    return small;
  } catch (error) {
    if (error instanceof OtlpRefusal) throw error;
    const detail = error instanceof Error ? error.message : String(error);
    throw new OtlpRefusal('undecodable', `The body is no valid ${coding}: ${detail}`);
  }
}

/** Null when it is not small, before or after. */
function gunzipSmall(body: Buffer, maxBytes: number): Buffer | null {
  if (body.length > onTheSpotBytes) return null;
  try {
    return zlib.gunzipSync(body, { maxOutputLength: Math.min(maxBytes, onTheSpotMostBytes) });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') return null;
    throw error;
  }
}

async function inflatePieces(
  inflater: Transform,
  body: Buffer,
  maxBytes: number,
  share: BodyShare,
): Promise<Buffer> {
  const inflated: Buffer[] = [];
  let bytes = 0;
  inflater.end(body);
  for await (const piece of inflater) {
    if (!Buffer.isBuffer(piece)) throw new Error('An inflater answers bytes');
    bytes += piece.length;
    // Leaving the loop ends the inflater.
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    if (!share.take(piece.length)) throw tooManyBodies();
    inflated.push(piece);
  }
  return Buffer.concat(inflated, bytes);
}

/** Node has zstd from 22.15 on; its type declarations for Node 20 do not know it. */
function zstdInflater(): Record<string, Inflater> {
  const create: unknown = Reflect.get(zlib, 'createZstdDecompress');
  if (typeof create !== 'function') return {};
  return { zstd: (): Transform => create(pieces) };
}
