import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyReply } from 'fastify';
import { acceptedEncoding } from '../http/accepted-encoding.js';
import type { Asset } from './read-built-app.js';

/** Sends an asset in the best encoding the browser takes, or 304 when it has it already. */
export async function answerAsset(
  asset: Asset,
  headers: IncomingHttpHeaders,
  reply: Pick<FastifyReply, 'headers' | 'code' | 'send'>,
): Promise<unknown> {
  const encoding = acceptedEncoding(headers['accept-encoding'] ?? '');
  // Weak, because the same content has one tag in every encoding.
  const etag = `W/${asset.etag}`;
  reply.headers({
    etag,
    'cache-control': asset.cacheControl,
    'content-type': asset.contentType,
    vary: 'accept-encoding',
    ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
  });
  if (hasAlready(headers['if-none-match'], asset.etag)) return reply.code(304).send();
  return reply.send(await asset.bodyIn(encoding));
}

function hasAlready(ifNoneMatch: string | undefined, etag: string): boolean {
  const tags = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}
