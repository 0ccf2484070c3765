import process from 'node:process';
import { trace } from '@opentelemetry/api';
import { NodeSDK } from '@opentelemetry/sdk-node';

// A user's program: no setting but the endpoint, one span made by hand. It prints when the span ended.
const sdk = new NodeSDK();
sdk.start();
trace.getTracer('my-script').startSpan('nightly job').end();
process.stdout.write(`${Date.now()}\n`);
await sdk.shutdown();
