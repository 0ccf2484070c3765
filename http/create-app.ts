import Fastify, { type FastifyBaseLogger, LogController } from 'fastify';
import type { ProblemError } from '../schemas/problem.js';
import type { ZodApp, ZodTypeProvider } from '../schemas/zod-http.js';
import { answerBrokenRequest } from './answer-broken-request.js';
import { answerNotFound } from './answer-not-found.js';
import { answerProblem } from './answer-problem.js';
import { checkRoute } from './check-route.js';
import { compressAnswers } from './compress-answers.js';
import { type Authenticate, guardRoutes } from './guard-routes.js';
import type { OpenApiInfo } from './openapi/document.js';
import { serveOpenApi } from './openapi.js';
import { problemFrom } from './problem-from.js';
import { requestIdFrom } from './request-id.js';
import type { KnownRoute } from './route-table.js';
import { securityHeaders } from './security-headers.js';
import { zodSerializer } from './zod-serializer.js';
import { zodValidator } from './zod-validator.js';

/** One answered request, for the program's own metrics. `route` is the pattern, so its values are few. */
export type Answered = { method: string; route: string | null; status: number; durationMs: number };

export type AppOptions = {
  /** Makes a request id when the caller sent none worth keeping. */
  newId: () => string;
  logger: FastifyBaseLogger | false;
  /** Says who calls. Without it only public routes may be registered: a forgotten guard cannot leave a door open. */
  authenticate?: Authenticate;
  /** Says what a failure of a lower floor means to the caller; null leaves it INTERNAL. */
  describeError?: (error: unknown) => ProblemError | null;
  observe?: (answered: Answered) => void;
  /** When given, the document of all routes is served at /api/v1/openapi.json. */
  openApi?: OpenApiInfo;
  bodyLimitBytes?: number;
  /** How long a client may take to send its whole request. */
  requestTimeoutMs?: number;
  /** Addresses whose X-Forwarded-* headers are believed. Nobody's, unless said. */
  trustProxy?: boolean | string[];
};

/** The shell every port shares: routes state their contract in zod, and every refusal is a Problem. */
export function createApp(options: AppOptions): ZodApp {
  const describeError = options.describeError ?? (() => null);
  const app: ZodApp = Fastify({
    ...(options.logger === false ? {} : { loggerInstance: options.logger }),
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    requestIdHeader: false,
    genReqId: (raw) => requestIdFrom(raw.headers['x-request-id'], options.newId),
    bodyLimit: options.bodyLimitBytes ?? 1024 * 1024,
    requestTimeout: options.requestTimeoutMs ?? 30_000,
    trustProxy: options.trustProxy ?? false,
    // A request on a kept-alive connection during the drain is finished like any other; see listen.ts.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 512 },
    frameworkErrors: (error, request, reply) => {
      reply.headers(securityHeaders(request.url, request.protocol));
      answerProblem(reply, request.id, problemFrom(error, request.headers['content-type'], describeError));
    },
    clientErrorHandler: (error, socket) => answerBrokenRequest(error, socket, options.newId()),
  }).withTypeProvider<ZodTypeProvider>();

  // Only JSON is read unless a plugin adds more: fastify's own text/plain parser would let a foreign page's form in.
  app.removeContentTypeParser('text/plain');
  app.setValidatorCompiler(zodValidator);
  app.setSerializerCompiler(zodSerializer);

  const routes: KnownRoute[] = [];
  app.addHook('onRoute', (route) => {
    routes.push(...checkRoute(route, options.authenticate !== undefined));
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ ...securityHeaders(request.url, request.protocol), 'x-request-id': request.id });
  });
  compressAnswers(app);
  guardRoutes(app, options.authenticate ?? null);
  app.addHook('onResponse', async (request, reply) => {
    const answered = {
      method: request.method,
      route: request.routeOptions.url ?? null,
      status: reply.statusCode,
      durationMs: reply.elapsedTime,
    };
    // The pattern and not the URL: paths and queries may hold what does not belong in a log.
    request.log.debug(answered, 'answered');
    options.observe?.(answered);
  });
  app.setErrorHandler((error, request, reply) => {
    const problem = problemFrom(error, request.headers['content-type'], describeError);
    if (problem.code === 'INTERNAL') request.log.error({ err: error }, 'request failed');
    answerProblem(reply, request.id, problem);
  });
  app.setNotFoundHandler((request, reply) => answerNotFound(routes, request, reply));
  if (options.openApi !== undefined) serveOpenApi(app, routes, options.openApi);
  return app;
}
