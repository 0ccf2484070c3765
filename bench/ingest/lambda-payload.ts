import { Buffer } from 'node:buffer';
import { context, trace } from '@opentelemetry/api';
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { lambdaResource, rootSpan, type Varied, variedCall } from './lambda-spans.js';
import { type Payload, payloadOf } from './payload.js';

/** A run and what it calls: five spans, as an instrumented function behind an API makes them. */
const spansPerTrace = 5;
/** A Collector's batch holds spans of several instances; a function sends only its own. */
const spansPerInstance = 64;

/**
 * One request of about so many spans, with values that vary as they do in the field, because values that repeat
 * compress to nothing. `random` answers numbers in [0, 1).
 */
export function lambdaPayload(spanCount: number, random: () => number): Payload {
  const spans: ReadableSpan[] = [];
  const texts = new Set<string>();
  const varied: Varied = {
    random,
    id: () => {
      const id = hex(random, 8);
      texts.add(id);
      return id;
    },
  };
  for (let made = 0; made < spanCount; made += spansPerInstance) {
    spans.push(...instanceSpans(Math.min(spansPerInstance, spanCount - made), varied));
  }
  const body = Buffer.from(ProtobufTraceSerializer.serializeRequest(spans) ?? []);
  const binary = new Set(spans.flatMap((span) => [span.spanContext().traceId, span.spanContext().spanId]));
  return payloadOf(body, spans.length, binary, texts);
}

function instanceSpans(spanCount: number, varied: Varied): ReadableSpan[] {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes(lambdaResource(varied)),
    spanProcessors: [new SimpleSpanProcessor(exporter)],
  });
  const tracer = provider.getTracer('@opentelemetry/instrumentation-aws-lambda', '0.75.0');
  const callTracer = provider.getTracer('@opentelemetry/instrumentation-aws-sdk', '0.70.0');
  const now = Date.now();
  for (let made = 0; made < spanCount; made += spansPerTrace) {
    const startMs = now - 400 - Math.floor(varied.random() * 4000);
    const runMs = 20 + varied.random() ** 4 * 900;
    const { name, options, error } = rootSpan(varied);
    const root = tracer.startSpan(name, { ...options, startTime: startMs });
    for (let child = 1; child < Math.min(spansPerTrace, spanCount - made); child++) {
      const call = variedCall(varied);
      const callMs = startMs + runMs * 0.1 * child;
      const inRun = trace.setSpan(context.active(), root);
      const span = callTracer.startSpan(call.name, { ...call.options, startTime: callMs }, inRun);
      span.end(callMs + varied.random() * runMs * 0.1);
    }
    if (error !== null) root.recordException(error, startMs + runMs);
    root.end(startMs + runMs);
  }
  return exporter.getFinishedSpans();
}

function hex(random: () => number, digits: number): string {
  let text = '';
  while (text.length < digits) text += Math.floor(random() * 16).toString(16);
  return text;
}
