import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { IngestLog } from '../admission.js';
import { firehoseAnswer } from '../firehose/firehose-answer.js';
import { requestIdOf } from '../firehose/firehose-envelope.js';
import { firehosePath, takeFirehose } from '../firehose/firehose-route.js';
import { signals } from '../signal.js';
import { answerBrokenHttp } from './answer-broken-http.js';
import { corsHeaders, preflightHeaders } from './cors.js';
import { type ExportRouteDeps, takeExport } from './export-route.js';
import { encodingOf, mediaTypes } from './media-type.js';
import { statusBody } from './otlp-body.js';
import { asRefusal, OtlpRefusal } from './otlp-refusal.js';

export type OtlpServerDeps = ExportRouteDeps & {
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
    // Node would refuse such a request with a body of no encoding; the hook below says what is wrong.
    http: { requireHostHeader: false },
    clientErrorHandler: (error, socket) => {
      const refusal = answerBrokenHttp(error, socket);
      if (refusal !== null) deps.counters.refused(refusal.reason, null);
    },
  });
  app.removeAllContentTypeParsers();
  // Bodies are read by the route itself, after it knows who sends and how much may come.
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
  app.addHook('onRequest', (request, reply, done) => {
    deps.counters.arrived();
    reply.headers(corsHeaders(request.headers.origin, deps.corsAllowedOrigins));
    const lacksHost = request.raw.httpVersion === '1.1' && request.headers.host === undefined;
    if (lacksHost)
      done(new OtlpRefusal('not-http', 'The request has no Host header, which HTTP/1.1 demands'));
    else done();
  });
  app.setErrorHandler((error, request, reply) => answer(deps, asRefusal(error, deps.log), request, reply));
  app.setNotFoundHandler((request, reply) => answer(deps, wrongAddress(request), request, reply));
  for (const signal of Object.values(signals)) {
    app.post(signal.path, (request, reply) => takeExport(deps, signal, request, reply));
    app.options(signal.path, (_request, reply) => reply.code(204).headers(preflightHeaders).send());
  }
  app.post(firehosePath, (request, reply) => takeFirehose(deps, request, reply));
  return app;
}

function answer(
  { counters, nowMs }: OtlpServerDeps,
  refusal: OtlpRefusal,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  counters.refused(refusal.reason, refusal.tenant);
  reply.code(refusal.status).headers(refusal.headers);
  if (pathOf(request) === firehosePath) {
    const body = firehoseAnswer(requestIdOf(request.headers), nowMs(), refusal.message);
    return reply.header('content-type', mediaTypes.json).send(body);
  }
  const encoding = encodingOf(request.headers['content-type']) ?? 'json';
  return reply
    .header('content-type', mediaTypes[encoding])
    .send(statusBody(encoding, refusal.grpcCode, refusal.message));
}

const paths: readonly string[] = [...Object.values(signals).map(({ path }) => path), firehosePath];

function wrongAddress(request: FastifyRequest): OtlpRefusal {
  const path = pathOf(request);
  if (paths.includes(path)) {
    return new OtlpRefusal('method', `${path} takes POST, not ${request.method}`, {
      allow: path === firehosePath ? 'POST' : 'POST, OPTIONS',
    });
  }
  return new OtlpRefusal(
    'unknown-path',
    `There is nothing at ${path}; telemetry goes to ${paths.join(', ')}`,
  );
}

function pathOf({ url }: FastifyRequest): string {
  return url.split('?')[0] ?? '';
}
