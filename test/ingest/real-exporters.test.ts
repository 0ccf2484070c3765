import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Ingest } from '../../ingest/start-ingest.js';
import { type TempDir, tempDir } from '../support/temp-dir.js';
import { exportSignal } from './senders/export-signal.js';
import { sdkGenerations } from './senders/sdk-generation.js';
import { runIngest } from './support/running-ingest.js';

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

const kept = { trace: 'traces', metrics: 'metrics', logs: 'logs' } as const;

for (const generation of sdkGenerations) {
  for (const signal of ['trace', 'metrics', 'logs'] as const) {
    for (const protocol of ['proto', 'http', 'grpc'] as const) {
      test(`exporter-${signal}-otlp-${protocol} of ${generation.name} is taken`, async () => {
        const before = ingest.stats().counts;
        await exportSignal(generation, signal, protocol, { http: ingest.port, grpc: ingest.grpcPort });
        const { signals, refusedRequests, ignoredFields } = ingest.stats().counts;
        const { acceptedItems, acceptedRequests } = before.signals[kept[signal]];
        assert.equal(signals[kept[signal]].acceptedItems, acceptedItems + 1);
        assert.equal(signals[kept[signal]].acceptedRequests, acceptedRequests + 1);
        assert.deepEqual(refusedRequests, before.refusedRequests);
        assert.equal(ignoredFields, before.ignoredFields);
      });
    }
  }
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
