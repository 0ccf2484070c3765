import type { FastifyReply, FastifyRequest } from 'fastify';
import { originHeader } from '../../http/tracing/origin-header.js';
import { type AdmitDeps, admit, bearerHint } from '../export/admit.js';
import { noteFailure, type StoreDeps, storeExport } from '../export/store-export.js';
import type { Signal } from '../signal.js';
import { encodingOf, mediaTypes } from './media-type.js';
import { exportBody } from './otlp-body.js';
import { OtlpRefusal } from './otlp-refusal.js';
import { presentedKey } from './presented-key.js';
import { type BodyLimits, takeBody } from './take-body.js';

export type ExportRouteDeps = AdmitDeps & StoreDeps & BodyLimits;

/** Takes one export request of any signal; answers only when its rows are on disk. */
export async function takeExport(
  deps: ExportRouteDeps,
  signal: Signal,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const startedMs = deps.nowMs();
  const tenant = await admit(deps, {
    key: presentedKey(request.headers),
    remoteAddress: request.ip,
    origin: request.headers[originHeader]?.toString(),
    keyHint: bearerHint,
  });
  const contentType = request.headers['content-type'];
  const encoding = encodingOf(contentType);
  if (encoding === null) {
    throw new OtlpRefusal(
      'content-type',
      `Content-Type must be ${mediaTypes.protobuf} or ${mediaTypes.json}, not "${contentType ?? ''}"`,
    );
  }
  const sender = request.headers['user-agent'] ?? 'unknown';
  try {
    const { rejected, message } = await takeBody(deps, request, (bytes, wireBytes) => {
      const body = { bytes, encoding, delivery: null };
      return storeExport(deps, { signal, tenant, sender, wireBytes, body, startedMs });
    });
    return reply
      .header('content-type', mediaTypes[encoding])
      .send(exportBody(encoding, signal.rejectedField, rejected, message));
  } catch (error) {
    throw noteFailure(deps, { tenant, sender }, error);
  }
}
