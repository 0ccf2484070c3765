// Calls the handler on this machine and writes each call down as the layer's instrumentation does on Lambda, so that you
// see your function in Coldburn before it is deployed. On Lambda this file is not needed.
//   npm i @opentelemetry/api @opentelemetry/sdk-node @opentelemetry/resources
//   OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318 node run-locally.mjs you
import { randomUUID } from 'node:crypto';
import process from 'node:process';
import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { handler } from './handler.mjs';

const region = 'eu-central-1';
const account = '123456789012';
const name = 'hello-lambda';

const sdk = new NodeSDK({
  resource: resourceFromAttributes({
    'service.name': name,
    'cloud.provider': 'aws',
    'cloud.platform': 'aws_lambda',
    'cloud.region': region,
    'faas.name': name,
    'faas.version': '1',
    'faas.max_memory': 512 * 1024 * 1024,
  }),
});
sdk.start();

const names = process.argv.slice(2);
for (const [number, who] of names.entries()) {
  const attributes = {
    'faas.invocation_id': randomUUID(),
    'faas.coldstart': number === 0,
    'cloud.account.id': account,
    'cloud.resource_id': `arn:aws:lambda:${region}:${account}:function:${name}:live`,
  };
  const event = { queryStringParameters: who === '-' ? {} : { name: who } };
  await trace
    .getTracer('local')
    .startActiveSpan(name, { kind: SpanKind.SERVER, attributes }, async (span) => {
      try {
        console.log(await handler(event));
      } catch (error) {
        span.recordException(error);
        span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
        console.log(`failed: ${error.message}`);
      }
      span.end();
    });
}
await sdk.shutdown();
