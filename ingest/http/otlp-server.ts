import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { IngestLog } from '../admission.js';
import { corsHeaders, preflightHeaders } from './cors.js';
import { encodingOf, mediaTypes } from './media-type.js';
import { statusBody } from './otlp-body.js';
import { OtlpRefusal, type RequestRefusal } from './otlp-refusal.js';
import { type TraceRouteDeps, takeTraces } from './trace-route.js';

export type OtlpServerDeps = TraceRouteDeps & {
  corsAllowedOrigins: readonly string[];
  log: IngestLog;
};

/** Waits of slow senders; the values are those of the OpenTelemetry Collector where it has them. */
const keepAliveMs = 60_000;
const requestMs = 60_000;

/**
 * The OTLP/HTTP port. An app of its own and not routes of the web app, because every answer here, errors included, is a
 * protobuf or JSON message in the encoding of its request.
 */
export function createOtlpServer(deps: OtlpServerDeps): FastifyInstance {
  const app = fastify({
    keepAliveTimeout: keepAliveMs,
    requestTimeout: requestMs,
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
  });
  app.removeAllContentTypeParsers();
  // Bodies are read by the route itself, after it knows who sends and how much may come.
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
  app.addHook('onRequest', async (request, reply) => {
    deps.counters.arrived();
    reply.headers(corsHeaders(request.headers.origin, deps.corsAllowedOrigins));
  });
  app.setErrorHandler((error, request, reply) => answer(deps, asRefusal(error, deps.log), request, reply));
  app.setNotFoundHandler((request, reply) => answer(deps, wrongAddress(request), request, reply));
  app.post('/v1/traces', (request, reply) => takeTraces(deps, request, reply));
  for (const path of ['/v1/traces', '/v1/metrics', '/v1/logs']) {
    app.options(path, (_request, reply) => reply.code(204).headers(preflightHeaders).send());
  }
  return app;
}

function answer(
  { counters }: OtlpServerDeps,
  refusal: OtlpRefusal,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  counters.refused(refusal.reason);
  const encoding = encodingOf(request.headers['content-type']) ?? 'json';
  return reply
    .code(refusal.status)
    .headers(refusal.headers)
    .header('content-type', mediaTypes[encoding])
    .send(statusBody(encoding, refusal.grpcCode, refusal.message));
}

/** Signals that have a path in OTLP but no receiver here. */
const signalsNotAccepted: Readonly<Record<string, { reason: RequestRefusal; name: string }>> = {
  '/v1/metrics': { reason: 'metrics-not-accepted', name: 'Metrics' },
  '/v1/logs': { reason: 'logs-not-accepted', name: 'Logs' },
};

function wrongAddress({ method, url }: FastifyRequest): OtlpRefusal {
  const path = url.split('?')[0] ?? '';
  const signal = signalsNotAccepted[path];
  if (method !== 'POST' && (signal !== undefined || path === '/v1/traces')) {
    return new OtlpRefusal('method', `${path} takes POST, not ${method}`, { allow: 'POST, OPTIONS' });
  }
  if (signal !== undefined) {
    return new OtlpRefusal(signal.reason, `${signal.name} are not accepted yet; only /v1/traces is`);
  }
  return new OtlpRefusal('unknown-path', `There is nothing at ${path}; traces go to /v1/traces`);
}

function asRefusal(error: unknown, log: IngestLog): OtlpRefusal {
  if (error instanceof OtlpRefusal) return error;
  if (error instanceof Error && 'statusCode' in error && error.statusCode === 415) {
    return new OtlpRefusal('content-type', 'The Content-Type cannot be read');
  }
  if (error instanceof Error && 'statusCode' in error && error.statusCode === 400) {
    return new OtlpRefusal('undecodable', error.message);
  }
  log.error({ err: error }, 'A request to the OTLP port failed in a way it should not');
  return new OtlpRefusal('internal', 'The server failed; its log says why');
}
