import type { Installation } from '../../../schemas/installation.js';

export type Snippet = { id: string; label: string; steps: { say: string; code: string }[] };

type Target = { endpoint: string; needsKey: boolean };

/** How to send first telemetry to this very installation, one way per platform. */
export function snippetsFor({ otlpHttpUrl, access }: Installation): Snippet[] {
  const target = { endpoint: otlpHttpUrl.replace(/\/+$/, ''), needsKey: access === 'keys' };
  return [node(target), python(target), lambda(target), cloudflare(target), collector(target)];
}

/** True when only programs on the same machine can reach the endpoint. */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname);
}

function environment({ endpoint, needsKey }: Target): string {
  const header = 'export OTEL_EXPORTER_OTLP_HEADERS="authorization=Bearer%20cbk_YOUR_KEY"';
  return [`export OTEL_EXPORTER_OTLP_ENDPOINT=${endpoint}`, ...(needsKey ? [header] : [])].join('\n');
}

function node(target: Target): Snippet {
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

function python(target: Target): Snippet {
  return {
    id: 'python',
    label: 'Python',
    steps: [
      {
        say: 'Install the SDK and say where to send',
        code: `pip install opentelemetry-sdk opentelemetry-exporter-otlp-proto-http
${environment(target)}
export OTEL_SERVICE_NAME=hello`,
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

function lambda({ endpoint, needsKey }: Target): Snippet {
  const headers = needsKey ? '\nOTEL_EXPORTER_OTLP_HEADERS=authorization=Bearer%20cbk_YOUR_KEY' : '';
  return {
    id: 'lambda',
    label: 'AWS Lambda',
    steps: [
      {
        say: 'Add the OpenTelemetry layer of your runtime; its releases list the newest version and ARN',
        code: 'https://github.com/open-telemetry/opentelemetry-lambda/releases',
      },
      {
        say: 'Set these environment variables (Python: /opt/otel-instrument as the wrapper)',
        code: `AWS_LAMBDA_EXEC_WRAPPER=/opt/otel-handler
OTEL_EXPORTER_OTLP_ENDPOINT=${endpoint}
OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
OTEL_TRACES_SAMPLER=always_on${headers}`,
      },
    ],
  };
}

function cloudflare({ endpoint, needsKey }: Target): Snippet {
  return {
    id: 'cloudflare',
    label: 'Cloudflare Workers',
    steps: [
      {
        say: 'In the Cloudflare dashboard, under Workers observability, add a destination of type Traces',
        code: `Name:          coldburn
OTLP endpoint: ${endpoint}/v1/traces${needsKey ? '\nHeader:        authorization: Bearer cbk_YOUR_KEY' : ''}`,
      },
      {
        say: 'Name it in wrangler.jsonc and deploy again; the first events take a few minutes',
        code: `"observability": {
  "traces": {
    "enabled": true,
    "destinations": ["coldburn"],
    "head_sampling_rate": 1
  }
}`,
      },
    ],
  };
}

function collector({ endpoint, needsKey }: Target): Snippet {
  const headers = needsKey ? '\n    headers:\n      authorization: Bearer cbk_YOUR_KEY' : '';
  return {
    id: 'collector',
    label: 'Collector',
    steps: [
      {
        say: 'Add an exporter to the traces pipeline of your Collector',
        code: `exporters:
  otlphttp/coldburn:
    endpoint: ${endpoint}${headers}

service:
  pipelines:
    traces:
      exporters: [otlphttp/coldburn]`,
      },
    ],
  };
}
