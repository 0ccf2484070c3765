import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { repositoryRoot } from '../support/repository-root.js';
import { type ServingProgram, startServing } from '../support/serving-program.js';
import { type TempDir, tempDir } from '../support/temp-dir.js';
import { waitUntil } from '../support/wait-until.js';

const entry = join(repositoryRoot, 'bin/coldburn.mjs');
const Answer = z.record(z.string(), z.unknown());

let directory: TempDir;
let program: ServingProgram;
before(async () => {
  directory = await tempDir();
  program = await startServing(entry, directory.path, 90_000, {}, ['http'], ['--demo']);
  const ready = async () => ['functions', 'errors', 'dependencies', 'queues'].every(await listed());
  await waitUntil('the demo fleet has sent of everything', ready, 120_000);
});
after(async () => {
  await program.kill();
  await directory.remove();
});

/** Which lists have something in them. */
async function listed(): Promise<(list: string) => boolean> {
  const [functions, errors, dependencies, queues] = [
    await firstOf('/api/v1/functions', 'functions'),
    await firstOf('/api/v1/errors?windowMs=3600000', 'groups'),
    await firstOf('/api/v1/dependencies?windowMs=3600000', 'edges'),
    await firstOf('/api/v1/queues?windowMs=3600000', 'queues'),
  ];
  const found: Record<string, unknown> = { functions, errors, dependencies, queues };
  return (list) => found[list] !== undefined;
}

async function ask(path: string, init: RequestInit = {}): Promise<{ status: number; answer: Answer }> {
  const base = program.urls.get('http');
  const response = await fetch(new URL(path, base), init);
  const text = await response.text();
  return { status: response.status, answer: text === '' ? {} : Answer.parse(JSON.parse(text)) };
}
type Answer = z.infer<typeof Answer>;

async function firstOf(path: string, list: string): Promise<Answer | undefined> {
  const { status, answer } = await ask(path);
  assert.equal(status, 200, `${path}: ${JSON.stringify(answer)}`);
  const [first] = z.array(Answer).parse(answer[list]);
  return first;
}

function assertHas(answer: Answer | undefined, names: string, of: string): void {
  assert.ok(answer !== undefined, `${of} is empty`);
  const missing = names.split(' ').filter((name) => !(name in answer));
  assert.deepEqual(missing, [], `${of} leaves out fields scripts rely on`);
}

async function someFunction(): Promise<string> {
  return z.string().parse((await firstOf('/api/v1/functions', 'functions'))?.['function']);
}

// What scripts outside rely on. Fields may be added; none may be dropped or renamed without a version.
const lists = [
  {
    path: '/api/v1/functions',
    list: 'functions',
    names:
      'function environment team provider region invocations good bad successRatio p50Ms p95Ms p99Ms coldStarts coldStartRatio throttles throttleRatio retries duplicates concurrencyMax coverageRatio costUsd costPerMillionUsd',
  },
  {
    path: '/api/v1/invocations?limit=5',
    list: 'invocations',
    names:
      'function environment version outcome startedAt durationMs cold trigger region team attempt isDuplicate errorType errorMessage httpStatus invocationId traceId',
  },
  {
    path: '/api/v1/errors?windowMs=3600000',
    list: 'groups',
    names: 'fingerprint type title culprit count functions versions firstSeenAt lastSeenAt sampleTraceIds',
  },
  {
    path: '/api/v1/dependencies?windowMs=3600000',
    list: 'edges',
    names: 'function environment peer peerKind operation calls errors errorRatio retries p50Ms p95Ms p99Ms',
  },
  {
    path: '/api/v1/queues?windowMs=3600000',
    list: 'queues',
    names:
      'queue environment depth oldestAgeMs growthPerMinute isDeadLetter deadLetterOf deadLetterQueue samples',
  },
] as const;
for (const { path, list, names } of lists)
  test(`contract: ${path} names every field`, async () => {
    assertHas(await firstOf(path, list), names, `${path} ${list}`);
  });

test('contract: latency, heatmap and indicators of a function', async () => {
  const name = encodeURIComponent(await someFunction());
  const latency = await ask(`/api/v1/latency?function=${name}&quantiles=0.5,0.95&cold=false`);
  assertHas(latency.answer, 'count quantilesMs', 'latency');
  assertHas(Answer.parse(latency.answer['quantilesMs']), '0.5 0.95', 'latency quantilesMs');
  const heatmap = await ask(`/api/v1/heatmap?function=${name}&columns=10&rows=8`);
  assertHas(heatmap.answer, 'columns rows counts cold', 'heatmap');
  const indicators =
    'success latency coldStart throttle timeout retry duplicate dlqGrowth dlqRate queueAge coverage concurrency memory costPerMillion saturation authFailure';
  for (const sli of indicators.split(' ')) {
    const { status, answer } = await ask(`/api/v1/sli?sli=${sli}&function=${name}&step=60000`);
    assert.equal(status, 200, `${sli}: ${JSON.stringify(answer)}`);
    assertHas(answer, 'sli series', `sli ${sli}`);
  }
  const one = z
    .array(Answer)
    .parse((await ask(`/api/v1/sli?sli=success&function=${name}`)).answer['series'])[0];
  assertHas(one, 'labels points', 'sli success series');
  assertHas(z.array(Answer).parse(one?.['points'])[0], 'at good total value', 'sli success points');
});

test('contract: pages of invocations go on by cursor, and a trace has its spans and logs', async () => {
  const page = (await ask('/api/v1/invocations?limit=2')).answer;
  const next = (await ask(`/api/v1/invocations?limit=2&cursor=${String(page['nextCursor'])}`)).answer;
  assert.notDeepEqual(next['invocations'], page['invocations']);
  const traced = z.array(Answer).parse((await ask('/api/v1/invocations?limit=50')).answer['invocations']);
  const traceId = traced.map((one) => one['traceId']).find((id) => typeof id === 'string');
  const { status, answer } = await ask(`/api/v1/traces/${String(traceId)}`);
  assert.equal(status, 200);
  assertHas(answer, 'traceId spans logs invocations', 'trace');
  assertHas((await ask('/api/v1/logs?limit=5')).answer, 'logs nextCursor', 'logs');
});

test('contract: deployments are posted, listed and deleted', async () => {
  const body = { function: await someFunction(), version: '2026.11', author: 'ci', reason: 'release' };
  const headers = { 'content-type': 'application/json' };
  const posted = await ask('/api/v1/deployments', { method: 'POST', headers, body: JSON.stringify(body) });
  assert.ok(posted.status === 200 || posted.status === 201, JSON.stringify(posted.answer));
  const list = z.array(Answer).parse((await ask('/api/v1/deployments')).answer['deployments']);
  const own = list.find((one) => one['version'] === '2026.11');
  assertHas(own, 'id function version at source', 'deployments');
  const gone = await ask(`/api/v1/deployments/${String(own?.['id'])}?author=ci&reason=wrong`, {
    method: 'DELETE',
  });
  assert.ok(gone.status === 200 || gone.status === 204, JSON.stringify(gone.answer));
});

test('contract: a refusal is a problem with code, message, remedy and request id', async () => {
  const { status, answer } = await ask('/api/v1/functions?from=yesterday');
  assert.equal(status, 400);
  assertHas(answer, 'code message remedy requestId', 'problem');
});
