import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import type { Ingest } from '../../ingest/start-ingest.js';
import { readFunctions } from '../../query/functions/read-functions.js';
import { defaultTenant } from '../../schemas/access.js';
import type { FunctionSummary } from '../../schemas/functions.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import { runIngest } from '../ingest/support/running-ingest.js';
import { openMigrated } from '../support/open-migrated.js';
import { repositoryRoot } from '../support/repository-root.js';
import { tempDir } from '../support/temp-dir.js';
import { waitUntil } from '../support/wait-until.js';

const deadlineMs = 30_000;
let warehouse: Warehouse;
let ingest: Ingest;
const closing: (() => Promise<void>)[] = [];

before(async () => {
  const opened = await openMigrated();
  warehouse = opened.warehouse;
  const spool = await tempDir();
  ingest = await runIngest(spool.path, (segment, options) => warehouse.insertSegment(segment, options));
  closing.push(() => ingest.stop(2000), opened.close, spool.remove);
});

after(async () => {
  for (const close of closing) await close();
});

function startExample(path: string, args: readonly string[] = []) {
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: ingest.url,
    OTEL_RESOURCE_ATTRIBUTES: 'team=greetings',
    PORT: '0',
  };
  const script = join(repositoryRoot, 'examples', path);
  return spawn(process.execPath, [script, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
}

/** The function once it has so many invocations. */
async function listed(name: string, invocations: number): Promise<FunctionSummary> {
  let found: FunctionSummary | undefined;
  await waitUntil(
    `${name} is listed with ${invocations}`,
    async () => {
      const now = Date.now();
      const window = { from: new Date(now - 600_000), to: new Date(now + 60_000) };
      const question = { ...window, environment: null, team: null, limit: 100 };
      const { functions } = await readFunctions(warehouse.forTenant(defaultTenant), question, new Date(now));
      found = functions.find((one) => one.function === name && one.invocations >= invocations);
      return found !== undefined;
    },
    deadlineMs,
  );
  assert.ok(found !== undefined);
  return found;
}

test('examples: the plain Node service is listed with its requests, the failed one too', async () => {
  const service = startExample('plain-node/service.mjs');
  const ended = once(service, 'exit');
  try {
    const [line] = await once(createInterface({ input: service.stdout }), 'line');
    const url = new URL(String(line));
    assert.equal(await (await fetch(url)).text(), 'Hello, you\n');
    assert.equal((await fetch(new URL('/hello', url))).status, 500);
  } finally {
    service.kill('SIGTERM');
  }
  assert.deepEqual(await ended, [0, null]);
  const { invocations, good, outcomes } = await listed('hello-service', 2);
  assert.equal(invocations, 2);
  assert.equal(good, 1);
  assert.equal(outcomes.error, 1);
});

test('examples: the Lambda handler, run locally, is listed as Lambda would be', async () => {
  const runner = startExample('aws-lambda-node/run-locally.mjs', ['you', 'me', '-']);
  assert.deepEqual(await once(runner, 'exit'), [0, null]);
  // Sent before it ended: what comes after is the receiver's part.
  assert.equal(ingest.stats().counts.acceptedInvocations, 5);
  const { invocations, good, coldStarts, provider, region } = await listed('hello-lambda', 3);
  assert.equal(invocations, 3);
  assert.equal(good, 2);
  assert.equal(coldStarts, 1);
  assert.equal(provider, 'aws');
  assert.equal(region, 'eu-central-1');
});
