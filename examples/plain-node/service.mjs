// A plain HTTP service: every request becomes one invocation of the function "hello-service".
//   npm i @opentelemetry/api @opentelemetry/sdk-node
//   OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318 node service.mjs
import { createServer } from 'node:http';
import process from 'node:process';
import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { NodeSDK } from '@opentelemetry/sdk-node';

const sdk = new NodeSDK({ serviceName: process.env.OTEL_SERVICE_NAME ?? 'hello-service' });
sdk.start();
const tracer = trace.getTracer('hello-service');

const server = createServer((request, response) => {
  // A caller that sends "traceparent" finds this run in its own trace.
  const caller = propagation.extract(context.active(), request.headers);
  const attributes = { 'http.request.method': request.method, 'http.route': '/hello' };
  tracer.startActiveSpan(
    `${request.method} /hello`,
    { kind: SpanKind.SERVER, attributes },
    caller,
    (span) => {
      try {
        response.end(answer(new URL(request.url, 'http://localhost')));
      } catch (error) {
        span.recordException(error);
        span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
        response.statusCode = 500;
        response.end();
      }
      span.setAttribute('http.response.status_code', response.statusCode);
      span.end();
    },
  );
});

function answer(url) {
  const name = url.searchParams.get('name');
  if (name === null) throw new Error('Nobody to greet: add ?name=…');
  return `Hello, ${name}\n`;
}

server.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}/hello?name=you`);
});

process.on('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
  // Whatever has not been sent yet goes out now.
  sdk.shutdown().finally(() => process.exit(0));
});
