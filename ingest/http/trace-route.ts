import type { Buffer } from 'node:buffer';
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { originHeader } from '../../http/tracing/origin-header.js';
import { type Authorize, roleAllows, type Tenant } from '../../schemas/access.js';
import type { Admission } from '../admission.js';
import type { IngestCounters } from '../counters.js';
import { partialSuccess, type Received } from '../receive-traces.js';
import { WireError } from '../wire/wire-error.js';
import { type BodyBudget, BodyShare } from './body-budget.js';
import { codingOf, inflate, refuseUnknownCoding } from './inflate.js';
import { encodingOf, mediaTypes, type OtlpEncoding } from './media-type.js';
import { exportBody } from './otlp-body.js';
import { OtlpRefusal, retryLater } from './otlp-refusal.js';
import { presentedKey } from './presented-key.js';
import { readBody, tooLarge } from './read-body.js';

export type TraceRouteDeps = {
  authorize: Authorize;
  ownOrigin: string;
  admission: () => Admission;
  receive: (tenant: Tenant, body: Buffer, encoding: OtlpEncoding) => Received;
  counters: IngestCounters;
  budget: BodyBudget;
  maxBodyBytes: number;
  nowMs: () => number;
  recordMs: (name: string, ms: number) => void;
};

/** Takes one export request; answers only when its rows are on disk. */
export async function takeTraces(
  deps: TraceRouteDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  if (request.headers[originHeader] === deps.ownOrigin) {
    throw new OtlpRefusal(
      'own-telemetry',
      'telemetry.endpoint points at this very process; name another one',
    );
  }
  const startedMs = deps.nowMs();
  const { counters } = deps;
  const tenant = await grantedTenant(deps.authorize, request);
  const admission = deps.admission();
  if (admission.kind === 'closed') throw retryLater('closed', admission.reason, admission.retryAfterSeconds);
  const { headers } = request;
  const encoding = encodingOf(headers['content-type']);
  if (encoding === null) {
    throw new OtlpRefusal(
      'content-type',
      `Content-Type must be ${mediaTypes.protobuf} or ${mediaTypes.json}, not "${headers['content-type'] ?? ''}"`,
    );
  }
  const coding = codingOf(headers['content-encoding']);
  refuseUnknownCoding(coding);
  const sender = headers['user-agent'] ?? 'unknown';
  const share = new BodyShare(deps.budget);
  try {
    const wire = await bodyOf(request, deps.maxBodyBytes, share);
    const body = coding === null ? wire : await inflate(coding, wire, deps.maxBodyBytes);
    if (body !== wire && !share.take(body.length)) {
      throw retryLater('busy', 'Too many large requests at the same time', 1);
    }
    const { tally, ignoredFields, durable } = deps.receive(tenant, body, encoding);
    await durable.catch((error: unknown) => {
      throw retryLater('not-stored', error instanceof Error ? error.message : String(error), 5);
    });
    counters.accepted({ tenant, sender, bytes: wire.length, tally, ignoredFields });
    const { rejected, message } = partialSuccess(tally, ignoredFields);
    if (message !== '') counters.badPayload({ at: new Date(deps.nowMs()), tenant, sender, reason: message });
    deps.recordMs('otlp_ack', deps.nowMs() - startedMs);
    return reply.header('content-type', mediaTypes[encoding]).send(exportBody(encoding, rejected, message));
  } catch (error) {
    const refusal = error instanceof WireError ? new OtlpRefusal('undecodable', error.message) : error;
    if (refusal instanceof OtlpRefusal && refusal.reason === 'undecodable') {
      counters.badPayload({ at: new Date(deps.nowMs()), tenant, sender, reason: refusal.message });
    }
    throw refusal;
  } finally {
    share.giveBack();
  }
}

async function grantedTenant(authorize: Authorize, request: FastifyRequest): Promise<Tenant> {
  const verdict = await authorize(presentedKey(request.headers), request.ip);
  if (verdict.kind === 'granted') {
    if (roleAllows(verdict.access.role, 'ingest')) return verdict.access.tenant;
    throw new OtlpRefusal('forbidden', `The key's role "${verdict.access.role}" may not send telemetry`);
  }
  const { refusal } = verdict;
  switch (refusal.kind) {
    case 'throttled':
      throw retryLater('throttled', 'Too many failed attempts from this address', refusal.retryAfterSeconds);
    case 'missing':
      throw unauthenticated('An API key is needed: send "Authorization: Bearer …" or "x-api-key"');
    case 'revoked':
      throw unauthenticated('This API key was revoked');
    case 'unknown':
      throw unauthenticated('This API key is unknown');
  }
}

function unauthenticated(message: string): OtlpRefusal {
  return new OtlpRefusal('unauthenticated', message, { 'www-authenticate': 'Bearer' });
}

async function bodyOf(request: FastifyRequest, maxBytes: number, share: BodyShare): Promise<Buffer> {
  const announced = Number(request.headers['content-length'] ?? Number.NaN);
  const announcedBytes = Number.isFinite(announced) ? announced : null;
  if (request.body instanceof Readable) return readBody(request.body, announcedBytes, maxBytes, share);
  if (announcedBytes !== null && announcedBytes > maxBytes) throw tooLarge(maxBytes);
  return readBody(Readable.from([]), announcedBytes, maxBytes, share);
}
