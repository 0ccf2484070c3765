import process from 'node:process';
import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { registerOTel } from '@vercel/otel';
import { z } from 'zod';
import { neutralStacks } from './neutral-stacks.js';

// What an `instrumentation.ts` of a Next.js application does. The server spans are made here with the names and attributes
// of Next.js, which is not installed; resource, request attributes, outgoing call, flush and export are `@vercel/otel`'s.
const { UPSTREAM_URL } = z.looseObject({ UPSTREAM_URL: z.url() }).parse(process.env);
neutralStacks(import.meta.dirname, '/var/task');

/** Work that Vercel's runtime lets go on behind the response, such as the export. */
const behindTheResponse: (Promise<unknown> | (() => Promise<unknown>))[] = [];
Reflect.set(globalThis, Symbol.for('@vercel/request-context'), {
  get: () => ({
    url: 'https://shop.example.com/api/orders',
    headers: {
      host: 'shop.example.com',
      'user-agent': 'curl/8.5.0',
      'x-vercel-id': 'fra1::iad1::abcde-1763647200000-0123456789ab',
      'x-matched-path': '/api/orders',
    },
    waitUntil: (work: Promise<unknown> | (() => Promise<unknown>)) => void behindTheResponse.push(work),
  }),
});

registerOTel({ serviceName: 'shop-web', instrumentations: ['fetch'] });
const tracer = trace.getTracer('next.js', '0.0.1');

async function serve(target: string, status: number, work: () => Promise<unknown>): Promise<void> {
  const attributes = {
    'http.method': 'GET',
    'http.target': target,
    'next.span_name': `GET ${target}`,
    'next.span_type': 'BaseServer.handleRequest',
  };
  await tracer.startActiveSpan(`GET ${target}`, { kind: SpanKind.SERVER, attributes }, async (span) => {
    await handleRoute(target, work);
    span.setAttributes({ 'http.status_code': status, 'http.route': target, 'next.route': target });
    if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  });
  for (const work of behindTheResponse.splice(0)) await (typeof work === 'function' ? work() : work);
}

function handleRoute(target: string, work: () => Promise<unknown>): Promise<void> {
  const attributes = { 'next.span_type': 'AppRouteRouteHandlers.runHandler', 'next.route': target };
  return tracer.startActiveSpan(`executing api route (app) ${target}`, { attributes }, async (span) => {
    await work().catch((error: Error) => {
      span.recordException(error);
      span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
    });
    span.end();
  });
}

await serve('/api/orders', 200, () => fetch(UPSTREAM_URL));
await serve('/api/broken', 500, () => Promise.reject(new TypeError('order 42 has no customer')));
