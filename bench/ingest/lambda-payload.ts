import { Buffer } from 'node:buffer';
import { context, SpanKind, trace } from '@opentelemetry/api';
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';

/** A run and what it calls: five spans, as an instrumented function behind an API makes them. */
const spansPerTrace = 5;

const resource = {
  'service.name': 'orders-api',
  'service.version': '1.14.2',
  'telemetry.sdk.language': 'nodejs',
  'telemetry.sdk.name': 'opentelemetry',
  'telemetry.sdk.version': '2.12.1',
  'cloud.provider': 'aws',
  'cloud.platform': 'aws_lambda',
  'cloud.region': 'eu-central-1',
  'faas.name': 'orders-api',
  'faas.version': '42',
  'faas.instance': '2026/11/20/[42]0f1e2d3c4b5a69788796a5b4c3d2e1f0',
  'faas.max_memory': 536_870_912,
  'deployment.environment.name': 'production',
  'process.runtime.version': '20.20.2',
  'aws.log.group.names': ['/aws/lambda/orders-api'],
};

/** One request of about so many spans, and where in it the trace ids are, so that each sending can have its own. */
export function lambdaPayload(spanCount: number): { body: Buffer; spans: number; traceIdOffsets: number[] } {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes(resource),
    spanProcessors: [new SimpleSpanProcessor(exporter)],
  });
  const tracer = provider.getTracer('@opentelemetry/instrumentation-aws-lambda', '0.75.0');
  const now = Date.now();
  for (let made = 0; made < spanCount; made += spansPerTrace) {
    const children = Math.min(spansPerTrace, spanCount - made) - 1;
    const root = tracer.startSpan('orders-api', {
      kind: SpanKind.SERVER,
      startTime: now - 200,
      attributes: {
        'faas.invocation_id': `8f5e2c1a-${made.toString(16).padStart(4, '0')}-4a1b-9c3d-0123456789ab`,
        'cloud.resource_id': 'arn:aws:lambda:eu-central-1:123456789012:function:orders-api:live',
        'cloud.account.id': '123456789012',
        'faas.coldstart': made % 50 === 0,
        'url.full': 'https://api.example.com/orders/12345',
      },
    });
    for (let child = 0; child < children; child++) {
      const span = tracer.startSpan(
        child % 2 === 0 ? 'DynamoDB.GetItem' : 'GET',
        {
          kind: SpanKind.CLIENT,
          startTime: now - 150 + child,
          attributes: {
            'rpc.system': 'aws-api',
            'rpc.service': 'DynamoDB',
            'rpc.method': 'GetItem',
            'server.address': 'dynamodb.eu-central-1.amazonaws.com',
            'http.response.status_code': 200,
            'aws.request_id': `R${made}${child}ABCDEFGHIJKLMNOPQRSTUVWXYZ`,
          },
        },
        trace.setSpan(context.active(), root),
      );
      span.end(now - 100 + child);
    }
    root.end(now - 20 - (made % 100));
  }
  const spans = exporter.getFinishedSpans();
  const body = Buffer.from(ProtobufTraceSerializer.serializeRequest(spans) ?? []);
  const offsets = new Set<number>();
  for (const id of new Set(spans.map((span) => span.spanContext().traceId))) {
    const bytes = Buffer.from(id, 'hex');
    for (let at = body.indexOf(bytes); at !== -1; at = body.indexOf(bytes, at + 1)) offsets.add(at);
  }
  return { body, spans: spans.length, traceIdOffsets: [...offsets] };
}
