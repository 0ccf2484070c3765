import { AsyncLocalStorage } from 'node:async_hooks';
import { type Context, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor, type SpanExporter } from '@opentelemetry/sdk-trace-base';
import type { RunInSpan } from '../../schemas/run-in-span.js';
import type { ZodApp } from '../../schemas/zod-http.js';

export type Tracing = {
  /** Makes one SERVER span per request of this app. Must be registered before the routes. */
  traceRequests: (app: ZodApp) => void;
  runInSpan: RunInSpan;
  stop: () => Promise<void>;
};

/** When no endpoint is configured: nothing is recorded, nothing costs. */
export const noTracing: Tracing = {
  traceRequests: () => {},
  runInSpan: (_name, _attributes, work) => work(),
  stop: async () => {},
};

/**
 * Own traces of the web port and the warehouse. The OTLP receiver is never traced: a span about receiving spans would
 * breed another one for ever. Contexts live in a storage of our own, not in the API's process-wide registry.
 */
export function createTracing(exporter: SpanExporter, resource: Readonly<Record<string, string>>): Tracing {
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ ...resource }),
    spanProcessors: [new BatchSpanProcessor(exporter, { scheduledDelayMillis: 1_000, maxQueueSize: 2_048 })],
  });
  const tracer = provider.getTracer('coldburn');
  const current = new AsyncLocalStorage<Context>();
  const requestSpans = new WeakMap<object, Span>();

  return {
    traceRequests: (app) => {
      app.addHook('onRequest', (request, _reply, done) => {
        const span = tracer.startSpan(
          `${request.method} ${request.routeOptions.url ?? 'unknown route'}`,
          {
            kind: SpanKind.SERVER,
            attributes: {
              'http.request.method': request.method,
              'http.route': request.routeOptions.url ?? '',
            },
          },
          ROOT_CONTEXT,
        );
        requestSpans.set(request, span);
        current.run(trace.setSpan(ROOT_CONTEXT, span), done);
      });
      app.addHook('onResponse', async (request, reply) => {
        const span = requestSpans.get(request);
        span?.setAttribute('http.response.status_code', reply.statusCode);
        if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
        span?.end();
      });
    },
    runInSpan: async (name, attributes, work) => {
      const parent = current.getStore() ?? ROOT_CONTEXT;
      const span = tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes: { ...attributes } }, parent);
      try {
        return await current.run(trace.setSpan(parent, span), work);
      } catch (error) {
        span.recordException(error instanceof Error ? error : String(error));
        span.setStatus({ code: SpanStatusCode.ERROR });
        throw error;
      } finally {
        span.end();
      }
    },
    stop: async () => {
      // A last batch that could not be sent has been reported by the exporter; it must not spoil the shutdown.
      await provider.shutdown().catch(() => {});
    },
  };
}
