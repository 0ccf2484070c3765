import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import type { Ingest } from '../../ingest/start-ingest.js';
import { type TempDir, tempDir } from '../support/temp-dir.js';
import { runIngest } from './support/running-ingest.js';
import { sdkSpans } from './support/sdk-spans.js';

let dir: TempDir;
let ingest: Ingest;

before(async () => {
  dir = await tempDir();
  ingest = await runIngest(dir.path, async () => undefined);
});
after(async () => {
  await ingest?.stop(1000);
  await dir?.remove();
});

const success = 0;

for (const [name, Exporter] of Object.entries({ JsonExporter, ProtobufExporter })) {
  test(`the ${name} of the SDK reports success`, async () => {
    const exporter = new Exporter({ url: `http://127.0.0.1:${ingest.port}/v1/traces` });
    const spans = sdkSpans({ 'service.name': 'shop' }, (tracer) => tracer.startSpan('run').end());
    const before = ingest.stats().counts.signals.traces.acceptedItems;
    const code = await new Promise((resolve) => exporter.export(spans, (result) => resolve(result.code)));
    assert.equal(code, success);
    assert.equal(ingest.stats().counts.signals.traces.acceptedItems, before + 1);
    await exporter.shutdown();
  });
}

test('a program with sdk-node and only OTEL_EXPORTER_OTLP_ENDPOINT set is seen as an invocation', async () => {
  const before = ingest.stats().counts.acceptedInvocations;
  const program = fileURLToPath(new URL('../support/sdk-node-program.js', import.meta.url));
  const child = fork(program, {
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${ingest.port}` },
  });
  const [exitCode] = await once(child, 'exit');
  assert.equal(exitCode, 0);
  assert.equal(ingest.stats().counts.acceptedInvocations, before + 1);
});
