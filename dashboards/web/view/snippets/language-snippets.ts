import { environment, type Snippet, type Target } from './target.js';

export function node(target: Target): Snippet {
  return {
    id: 'node',
    label: 'Node.js',
    steps: [
      {
        say: 'Install the SDK and say where to send',
        code: `npm install @opentelemetry/sdk-node\n${environment(target)}`,
      },
      {
        say: 'Save as hello.mjs and run node hello.mjs',
        code: `import { NodeSDK, api } from '@opentelemetry/sdk-node';

const sdk = new NodeSDK({ serviceName: 'hello' });
sdk.start();

const tracer = api.trace.getTracer('hello');
tracer.startActiveSpan('hello', {
  kind: api.SpanKind.SERVER,
  attributes: {
    'faas.trigger': 'http',
    'faas.invocation_id': crypto.randomUUID(),
  },
}, (span) => span.end());

await sdk.shutdown();`,
      },
    ],
  };
}

export function python(target: Target): Snippet {
  return {
    id: 'python',
    label: 'Python',
    steps: [
      {
        say: 'Install the SDK and say where to send',
        code: `pip install opentelemetry-sdk opentelemetry-exporter-otlp-proto-http
${environment(target, 'hello')}`,
      },
      {
        say: 'Save as hello.py and run python hello.py',
        code: `import uuid
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanKind

provider = TracerProvider()
provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))

attributes = {"faas.trigger": "http", "faas.invocation_id": str(uuid.uuid4())}
tracer = provider.get_tracer("hello")
with tracer.start_as_current_span("hello", kind=SpanKind.SERVER, attributes=attributes):
    pass

provider.shutdown()`,
      },
    ],
  };
}

export function go(target: Target): Snippet {
  return {
    id: 'go',
    label: 'Go',
    steps: [
      {
        say: 'Get the SDK and say where to send',
        code: `go mod init hello
go get go.opentelemetry.io/otel go.opentelemetry.io/otel/sdk \\
  go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp
${environment(target, 'hello')}`,
      },
      {
        say: 'Save as main.go and run go run .',
        code: `package main

import (
	"context"
	"log"
	"strconv"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

func main() {
	ctx := context.Background()
	exporter, err := otlptracehttp.New(ctx)
	if err != nil {
		log.Fatal(err)
	}
	provider := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exporter))
	defer provider.Shutdown(ctx)

	_, span := provider.Tracer("hello").Start(ctx, "hello",
		trace.WithSpanKind(trace.SpanKindServer),
		trace.WithAttributes(
			attribute.String("faas.trigger", "http"),
			attribute.String("faas.invocation_id", strconv.FormatInt(time.Now().UnixNano(), 36)),
		))
	span.End()
}`,
      },
    ],
  };
}

export function java(target: Target): Snippet {
  return {
    id: 'java',
    label: 'Java',
    steps: [
      {
        say: 'Get the agent, which needs no change of code, and say where to send',
        code: `curl -LO https://github.com/open-telemetry/opentelemetry-java-instrumentation/releases/latest/download/opentelemetry-javaagent.jar
${environment(target, 'hello')}
export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf`,
      },
      {
        say: 'Run your service with it; every request it serves is an invocation',
        code: 'java -javaagent:opentelemetry-javaagent.jar -jar app.jar',
      },
    ],
  };
}

export function dotnet(target: Target): Snippet {
  return {
    id: 'dotnet',
    label: '.NET',
    steps: [
      {
        say: 'Add the SDK and say where to send',
        code: `dotnet new console -o hello && cd hello
dotnet add package OpenTelemetry
dotnet add package OpenTelemetry.Exporter.OpenTelemetryProtocol
${environment(target, 'hello')}
export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf`,
      },
      {
        say: 'Save as Program.cs and run dotnet run',
        code: `using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;

using var source = new ActivitySource("hello");
using var provider = Sdk.CreateTracerProviderBuilder()
    .AddSource("hello")
    .AddOtlpExporter()
    .Build();

using (var span = source.StartActivity("hello", ActivityKind.Server))
{
    span?.SetTag("faas.trigger", "http");
    span?.SetTag("faas.invocation_id", Guid.NewGuid().ToString());
}`,
      },
    ],
  };
}
