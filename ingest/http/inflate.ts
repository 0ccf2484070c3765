import type { Buffer } from 'node:buffer';
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { OtlpRefusal } from './otlp-refusal.js';
import { tooLarge } from './read-body.js';

type Inflate = (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

/** Below this a call on the spot costs less than the way through the thread pool. */
const onTheSpotBytes = 16 * 1024;

const gunzip: Inflate = promisify(zlib.gunzip);
const inflateZlib: Inflate = promisify(zlib.inflate);
const inflateRaw: Inflate = promisify(zlib.inflateRaw);
const brotli: Inflate = promisify(zlib.brotliDecompress);

const codings: Readonly<Record<string, Inflate>> = {
  gzip: async (body, options) =>
    body.length <= onTheSpotBytes ? zlib.gunzipSync(body, options) : gunzip(body, options),
  // "deflate" means the zlib format, but some senders leave its header out; a header is always 0 modulo 31.
  deflate: (body, options) =>
    body.length > 1 && body.readUInt16BE(0) % 31 === 0 && ((body[0] ?? 0) & 15) === 8
      ? inflateZlib(body, options)
      : inflateRaw(body, options),
  br: brotli,
  ...zstdCoding(),
};

/** Content codings this Node can undo, for the Accept-Encoding of a refusal. */
const acceptedCodings: readonly string[] = Object.keys(codings);

export function codingOf(contentEncoding: string | undefined): string | null {
  const coding = contentEncoding?.trim().toLowerCase() ?? '';
  return coding === '' || coding === 'identity' ? null : coding;
}

export function refuseUnknownCoding(coding: string | null): void {
  if (coding === null || codings[coding] !== undefined) return;
  const accepted = acceptedCodings.join(', ');
  throw new OtlpRefusal(
    'content-encoding',
    `Content-Encoding "${coding}" is not supported here; use one of ${accepted}, or none`,
    { 'accept-encoding': accepted },
  );
}

/** Undoes the content coding, stopping at `maxBytes`. */
export async function inflate(coding: string, body: Buffer, maxBytes: number): Promise<Buffer> {
  const undo = codings[coding];
  if (undo === undefined)
    throw new OtlpRefusal('content-encoding', `Content-Encoding "${coding}" is unknown`);
  try {
    return await undo(body, { maxOutputLength: maxBytes });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') {
      throw tooLarge(maxBytes);
    }
    const detail = error instanceof Error ? error.message : String(error);
    throw new OtlpRefusal('undecodable', `The body is no valid ${coding}: ${detail}`);
  }
}

/** Node has zstd from 22.15 on; its type declarations for Node 20 do not know it. */
function zstdCoding(): Record<string, Inflate> {
  const decompress: unknown = Reflect.get(zlib, 'zstdDecompress');
  if (typeof decompress !== 'function') return {};
  const zstd: Inflate = (body, options) =>
    new Promise((resolve, reject) => {
      decompress(body, options, (error: Error | null, inflated: Buffer) => {
        if (error === null) resolve(inflated);
        else reject(error);
      });
    });
  return { zstd };
}
