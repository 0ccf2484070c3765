import { keyHeader, type Snippet, type Target } from './target.js';

export function lambda({ endpoint, needsKey }: Target): Snippet {
  const headers = needsKey ? `\nOTEL_EXPORTER_OTLP_HEADERS=${keyHeader}` : '';
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

export function azure({ endpoint, needsKey }: Target): Snippet {
  const headers = needsKey ? `\nOTEL_EXPORTER_OTLP_HEADERS=${keyHeader}` : '';
  return {
    id: 'azure',
    label: 'Azure Functions',
    steps: [
      {
        say: 'Turn on the OpenTelemetry mode of the host, in host.json',
        code: `{
  "version": "2.0",
  "telemetryMode": "OpenTelemetry"
}`,
      },
      {
        say: 'Set these app settings; the host itself tells of every invocation, in any language',
        code: `OTEL_EXPORTER_OTLP_ENDPOINT=${endpoint}
OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf${headers}`,
      },
    ],
  };
}

export function cloudflare({ endpoint, needsKey }: Target): Snippet {
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

export function vercel({ endpoint, needsKey }: Target): Snippet {
  const headers = needsKey ? `\nOTEL_EXPORTER_OTLP_HEADERS=${keyHeader}` : '';
  return {
    id: 'vercel',
    label: 'Vercel',
    steps: [
      {
        say: 'Install the instrumentation of Vercel',
        code: 'npm install @vercel/otel @opentelemetry/api @opentelemetry/sdk-logs @opentelemetry/api-logs @opentelemetry/instrumentation',
      },
      {
        say: 'Save as instrumentation.ts at the root of the project (or in src)',
        code: `import { registerOTel } from '@vercel/otel';

export function register() {
  registerOTel({ serviceName: 'hello' });
}`,
      },
      {
        say: 'Set these environment variables in the project, and deploy',
        code: `OTEL_EXPORTER_OTLP_ENDPOINT=${endpoint}
OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf${headers}`,
      },
    ],
  };
}

export function collector({ endpoint, needsKey }: Target): Snippet {
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
