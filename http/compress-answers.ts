import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { ZodApp } from '../schemas/zod-http.js';
import { acceptedEncoding } from './accepted-encoding.js';

const brotliAsync = promisify(brotliCompress);
const gzipAsync = promisify(gzip);

/** Below this, compressing costs more than the wire; about one network packet. */
const leastBytes = 1_400;
/** A list of 5,000 functions is 2.4 MB of JSON; quality 3 makes it a tenth in a few milliseconds. */
const brotliQuality = 3;

/** Compresses long text answers off the event loop. Streams and what is compressed already pass as they are. */
export function compressAnswers(app: ZodApp): void {
  app.addHook('onSend', async (request, reply, payload: unknown) => {
    if (typeof payload !== 'string' || payload.length < leastBytes) return payload;
    if (reply.hasHeader('content-encoding')) return payload;
    reply.header('vary', 'accept-encoding');
    const encoding = acceptedEncoding(request.headers['accept-encoding'] ?? '');
    if (encoding === 'identity') return payload;
    const bytes =
      encoding === 'br'
        ? await brotliAsync(payload, { params: { [constants.BROTLI_PARAM_QUALITY]: brotliQuality } })
        : await gzipAsync(payload);
    reply.header('content-encoding', encoding).removeHeader('content-length');
    return bytes;
  });
}
