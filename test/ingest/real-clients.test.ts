import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import type { Ingest } from '../../ingest/start-ingest.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import { migratedWarehouse } from '../support/migrated-warehouse.js';
import { repositoryRoot } from '../support/repository-root.js';
import { type TempDir, tempDir } from '../support/temp-dir.js';
import { waitUntil } from '../support/wait-until.js';
import { startCaptureServer } from './senders/capture-server.js';
import { lambdaInvocations } from './senders/lambda-invocations.js';
import { runLambda, runVercel } from './senders/sender-process.js';
import { payloadShape } from './support/payload-shape.js';
import { runIngest } from './support/running-ingest.js';

const require = createRequire(import.meta.url);
const fixtures = join(repositoryRoot, 'test/fixtures/senders');

const lambdas = [
  {
    version: '0.50.3',
    generation: {
      packagesDirectory: repositoryRoot,
      sdkName: require.resolve('otel-sdk-node-1x'),
      instrumentationName: require.resolve('otel-aws-lambda-1x'),
    },
  },
  {
    version: '0.75.0',
    generation: {
      packagesDirectory: repositoryRoot,
      sdkName: '@opentelemetry/sdk-node',
      instrumentationName: '@opentelemetry/instrumentation-aws-lambda',
    },
  },
];

let dir: TempDir;
let warehouse: Warehouse;
let ingest: Ingest;

before(async () => {
  dir = await tempDir();
  warehouse = await migratedWarehouse(join(dir.path, 'data'));
  ingest = await runIngest(join(dir.path, 'spool'), (segment, options) =>
    warehouse.insertSegment(segment, options),
  );
});
after(async () => {
  await ingest?.stop(2000);
  await warehouse?.close();
  await dir?.remove();
});

const RUNS = `
  SELECT function, invocation_id AS invocationId, cold, provider, version, alias FROM invocations
  ORDER BY started_at`;
const Run = z.object({
  function: z.string(),
  invocationId: z.string(),
  cold: z.boolean(),
  provider: z.string(),
  version: z.string(),
  alias: z.string(),
});
let taken = 0;

/** The invocations that came in while a sender ran. */
async function runsOf(send: (endpoint: string) => Promise<void>): Promise<z.infer<typeof Run>[]> {
  await send(`http://127.0.0.1:${ingest.port}`);
  assert.deepEqual(ingest.stats().counts.refusedRequests, {});
  await waitUntil('everything is inserted', () => ingest.stats().spool.segments === 0);
  const rows = await warehouse.query(RUNS, {}, Run);
  const mine = rows.slice(taken);
  taken = rows.length;
  return mine;
}

for (const { version, generation } of lambdas) {
  test(`each run of a Lambda function under instrumentation-aws-lambda ${version} is one invocation`, async () => {
    const runs = await runsOf((endpoint) => runLambda(generation, { endpoint }));
    assert.deepEqual(
      runs,
      lambdaInvocations.map(({ requestId }, index) => ({
        function: 'orders',
        invocationId: requestId,
        cold: index === 0,
        provider: 'aws',
        version: '7',
        alias: 'live',
      })),
    );
  });

  test(`instrumentation-aws-lambda ${version} still sends what was captured from it`, async () => {
    const server = await startCaptureServer();
    try {
      await runLambda(generation, { endpoint: server.endpoint, protocol: 'http/json' });
      const sent = server.taken();
      assert.equal(sent.length, lambdaInvocations.length);
      for (const [index, { name }] of lambdaInvocations.entries()) {
        const captured = await readFile(join(fixtures, `aws-lambda-${version}`, `${name}.json`));
        const body = sent[index]?.body;
        assert.ok(body !== undefined);
        assert.deepEqual(payloadShape(body), payloadShape(captured), name);
      }
    } finally {
      await server.stop();
    }
  });
}

test('both requests to a Next.js application under @vercel/otel are invocations', async () => {
  const upstream = await startCaptureServer();
  const runs = await runsOf((endpoint) => runVercel({ endpoint }, upstream.endpoint)).finally(upstream.stop);
  assert.deepEqual(
    runs.map(({ function: name, provider, version }) => ({ name, provider, version })),
    Array.from({ length: 2 }, () => ({ name: 'shop-web', provider: 'vercel', version: 'dpl_9XyZ' })),
  );
});
