import { trace } from '@opentelemetry/api';
import { NodeSDK } from '@opentelemetry/sdk-node';

// A user's program: no setting but OTEL_EXPORTER_OTLP_ENDPOINT, one span made by hand.
const sdk = new NodeSDK();
sdk.start();
trace.getTracer('my-script').startSpan('nightly job').end();
await sdk.shutdown();
