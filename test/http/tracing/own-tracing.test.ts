import assert from 'node:assert/strict';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { test } from 'node:test';
import { InMemorySpanExporter, type ReadableSpan, type SpanExporter } from '@opentelemetry/sdk-trace-base';
import fastify from 'fastify';
import { originHeader } from '../../../http/tracing/origin-header.js';
import { createOtlpExporter } from '../../../http/tracing/otlp-exporter.js';
import { createTracing, noTracing } from '../../../http/tracing/own-tracing.js';
import type { ZodApp } from '../../../schemas/zod-http.js';

async function spansOf(work: (app: ZodApp, tracing: ReturnType<typeof createTracing>) => Promise<void>) {
  const seen: ReadableSpan[] = [];
  const memory = new InMemorySpanExporter();
  const exporter: SpanExporter = {
    export: (spans, done) => {
      seen.push(...spans);
      memory.export(spans, done);
    },
    shutdown: async () => {},
  };
  const tracing = createTracing(exporter, { 'service.name': 'coldburn' });
  const app: ZodApp = fastify();
  tracing.traceRequests(app);
  await work(app, tracing);
  await app.close();
  await tracing.stop();
  return seen;
}

test('own tracing: work done for a request is a child of its span, also across awaits and neighbours', async () => {
  const spans = await spansOf(async (app, tracing) => {
    app.get('/work/:id', async () => {
      await tracing.runInSpan('outer', {}, async () => {
        await new Promise(setImmediate);
        await tracing.runInSpan('inner', { n: 1 }, async () => {});
      });
      return 'done';
    });
    await Promise.all([app.inject('/work/1'), app.inject('/work/2')]);
  });
  const servers = spans.filter(({ name }) => name === 'GET /work/:id');
  assert.equal(servers.length, 2);
  for (const server of servers) {
    const trace = spans.filter((span) => span.spanContext().traceId === server.spanContext().traceId);
    const outer = trace.find(({ name }) => name === 'outer');
    const inner = trace.find(({ name }) => name === 'inner');
    assert.equal(trace.length, 3);
    assert.equal(outer?.parentSpanContext?.spanId, server.spanContext().spanId);
    assert.equal(inner?.parentSpanContext?.spanId, outer?.spanContext().spanId);
    assert.equal(server.attributes['http.response.status_code'], 200);
  }
});

test('own tracing: a failure is recorded on its span and goes on', async () => {
  const spans = await spansOf(async (_app, tracing) => {
    await assert.rejects(
      tracing.runInSpan('doomed', {}, () => Promise.reject(new Error('no'))),
      /no/,
    );
  });
  assert.equal(spans[0]?.status.code, 2);
  assert.equal(spans[0]?.events[0]?.name, 'exception');
});

test('own tracing: without an endpoint the work just runs', async () => {
  assert.equal(await noTracing.runInSpan('x', {}, async () => 7), 7);
});

test('own tracing: spans leave as OTLP protobuf with the origin named, and a refusal is reported, not thrown', async () => {
  const received: { headers: IncomingHttpHeaders; bytes: number; url: string | undefined }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, bytes: Buffer.concat(chunks).length, url: request.url });
      response.writeHead(received.length === 1 ? 200 : 503).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  const complaints: string[] = [];
  const target = {
    endpoint: `http://127.0.0.1:${address.port}/`,
    headers: { 'x-api-key': 'k' },
    origin: 'me',
  };
  for (const name of ['first', 'second']) {
    const tracing = createTracing(
      createOtlpExporter(target, (sentence) => complaints.push(sentence)),
      {},
    );
    await tracing.runInSpan(name, {}, async () => {});
    await tracing.stop();
  }
  server.close();
  assert.equal(received[0]?.url, '/v1/traces');
  assert.equal(received[0]?.headers[originHeader], 'me');
  assert.equal(received[0]?.headers['x-api-key'], 'k');
  assert.equal(received[0]?.headers['content-type'], 'application/x-protobuf');
  assert.ok((received[0]?.bytes ?? 0) > 0);
  assert.deepEqual(complaints, [
    `own traces: http://127.0.0.1:${address.port}/v1/traces answered 503; the batch was dropped`,
  ]);
});
