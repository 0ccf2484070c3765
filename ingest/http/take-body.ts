import type { Buffer } from 'node:buffer';
import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { type BodyBudget, BodyShare } from './body-budget.js';
import type { BodyBuffers } from './body-buffers.js';
import { codingOf, inflate, refuseUnknownCoding } from './inflate.js';
import { readBody, tooLarge } from './read-body.js';

export type BodyLimits = { budget: BodyBudget; buffers: BodyBuffers; maxBodyBytes: number };

/** Reads and inflates a body within the limits, and keeps its place in the budget until `use` is done; then it is gone. */
export async function takeBody<Result>(
  { budget, buffers, maxBodyBytes }: BodyLimits,
  request: FastifyRequest,
  use: (body: Buffer, wireBytes: number) => Promise<Result>,
): Promise<Result> {
  const coding = codingOf(request.headers['content-encoding']);
  refuseUnknownCoding(coding);
  const share = new BodyShare(budget);
  try {
    const wire = await bodyOf(request, maxBodyBytes, share, buffers);
    try {
      const body = coding === null ? wire : await inflate(coding, wire, maxBodyBytes, share);
      return await use(body, wire.length);
    } finally {
      buffers.giveBack(wire);
    }
  } finally {
    share.giveBack();
  }
}

async function bodyOf(
  request: FastifyRequest,
  maxBytes: number,
  share: BodyShare,
  buffers: BodyBuffers,
): Promise<Buffer> {
  const announced = Number(request.headers['content-length'] ?? Number.NaN);
  const announcedBytes = Number.isFinite(announced) ? announced : null;
  if (request.body instanceof Readable)
    return readBody(request.body, announcedBytes, maxBytes, share, buffers);
  if (announcedBytes !== null && announcedBytes > maxBytes) throw tooLarge(maxBytes);
  return readBody(Readable.from([]), announcedBytes, maxBytes, share, buffers);
}
