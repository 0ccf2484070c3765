import type { Buffer } from 'node:buffer';
import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { type BodyBudget, BodyShare } from './body-budget.js';
import type { BodyBuffers } from './body-buffers.js';
import { codingOf, inflate, refuseUnknownCoding } from './inflate.js';
import { readBody } from './read-body.js';

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
  const announcedBytes = announcedBytesOf(request);
  const lent = announcedBytes === null ? null : buffers.take(announcedBytes);
  try {
    const stream = request.body instanceof Readable ? request.body : Readable.from([]);
    const wire = await readBody(stream, announcedBytes, maxBodyBytes, share, lent);
    const body = coding === null ? wire : await inflate(coding, wire, maxBodyBytes, share);
    return await use(body, wire.length);
  } finally {
    share.giveBack();
    if (lent !== null) buffers.giveBack(lent);
  }
}

function announcedBytesOf(request: FastifyRequest): number | null {
  const announced = Number(request.headers['content-length'] ?? Number.NaN);
  return Number.isFinite(announced) ? announced : null;
}
