import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createIngestMetrics } from '../../../cli/serve/ingest-metrics.js';
import { createApp } from '../../../http/create-app.js';
import { ingestStatusRoutes } from '../../../ingest/routes/ingest-status.js';
import type { Ingest } from '../../../ingest/start-ingest.js';
import { type Role, Tenant } from '../../../schemas/access.js';
import { IngestStatus } from '../../../schemas/ingest-status.js';
import { type TempDir, tempDir } from '../../support/temp-dir.js';
import { runIngest } from '../support/running-ingest.js';
import { goodSpan, keyValues } from '../support/sample-span.js';
import { wideLimits } from '../support/wide-limits.js';

const startNs = BigInt(Date.now() - 1000) * 1_000_000n;
const span = {
  ...goodSpan,
  startTimeUnixNano: startNs.toString(),
  endTimeUnixNano: (startNs + 1_000_000n).toString(),
};
const secret = 'hunter2-in-the-payload';

let directory: TempDir;
let ingest: Ingest;

before(async () => {
  directory = await tempDir();
  ingest = await runIngest(join(directory.path, 'spool'), async () => undefined, {
    // The key is the tenant.
    authorize: async (key) =>
      key === null || key === 'nobody'
        ? { kind: 'refused', refusal: { kind: 'unknown' } }
        : { kind: 'granted', access: { tenant: Tenant.parse(key), role: 'ingest', keyId: 'k' } },
    config: {
      limits: { ...wideLimits, valueBytes: 100, functions: 1 },
      sampling: { spansRatio: 0, logsRatio: 1, slowMs: 1000 },
      rates: { requestsPerSecond: 1, bytesPerSecond: 0 },
    },
  });
});
after(async () => {
  await ingest.stop(2000);
  await directory.remove();
});

async function send(tenant: string, spans: readonly object[], service = 'shop') {
  const resource = {
    'service.name': service,
    'telemetry.sdk.language': 'python',
    'telemetry.sdk.version': '1.29',
  };
  const body = JSON.stringify({
    resourceSpans: [{ resource: { attributes: keyValues(resource) }, scopeSpans: [{ spans }] }],
  });
  return await post(tenant, 'application/json', body);
}

async function post(tenant: string, type: string, body: string) {
  const headers = { 'content-type': type, 'x-api-key': tenant, 'user-agent': 'test-agent/1' };
  return await fetch(`${ingest.url}/v1/traces`, { method: 'POST', headers, body });
}

async function ask(tenant: string, role: Role, receiver: Ingest | null = ingest, isReceiver = true) {
  const access = { tenant: Tenant.parse(tenant), role, keyId: 'k' };
  const app = createApp({ newId: randomUUID, logger: false, authenticate: async () => access });
  await ingestStatusRoutes({ ingest: () => receiver, isReceiver })(app);
  const answer = await app.inject('/api/v1/ingest');
  await app.close();
  return { text: answer.body, status: answer.statusCode };
}

async function statusOf(tenant: string, role: Role = 'viewer'): Promise<IngestStatus> {
  return IngestStatus.parse(JSON.parse((await ask(tenant, role)).text));
}

test('a tenant sees what became of its own requests, with what to do, and nothing of another’s', async () => {
  await send('acme', [span, { ...span, spanId: '00' }]);
  await send('acme', [{ ...span, attributes: keyValues({ note: 'x'.repeat(200), 'api.password': secret }) }]);
  await send('acme', [span, { ...span, spanId: '00' }]);
  await send('acme', [span], 'another-function');
  await post('acme', 'application/json', `{"resourceSpans": "${secret}"`);
  await post('acme', 'application/x-protobuf', `\u0001${secret}`);
  const acme = await statusOf('acme');
  assert.equal(acme.receiving, true);
  assert.deepEqual(acme.accepted && { ...acme.accepted, bytes: 0 }, {
    requests: 3,
    bytes: 0,
    invocations: 2,
    spans: 2,
    dataPoints: 0,
    logRecords: 0,
  });
  assert.equal(acme.duplicateRequests, 1);
  assert.deepEqual(
    acme.refused.map(({ what, reason, count }) => ({ what, reason, count })),
    [
      { what: 'requests', reason: 'undecodable', count: 2 },
      { what: 'spans', reason: 'span-id-length', count: 1 },
      { what: 'spans', reason: 'too-many-functions', count: 1 },
    ],
  );
  assert.ok(acme.refused.every(({ meaning, remedy }) => meaning !== '' && remedy !== ''));
  assert.deepEqual(acme.redactions, [{ rule: 'secret-keys', count: 1 }]);
  assert.deepEqual(acme.limits, [{ limit: 'functions', outcome: 'refuse', allowed: 1, count: 1 }]);
  assert.deepEqual(acme.sampling?.spans, {
    keptRatio: 0,
    kept: { error: 0, slow: 0, cold: 0, ratio: 0 },
    dropped: 2,
  });
  assert.deepEqual(
    acme.senders.map(({ agent, service, sdk, requests, items }) => ({
      agent,
      service,
      sdk,
      requests,
      items,
    })),
    [
      { agent: 'test-agent/1', service: 'shop', sdk: 'python 1.29', requests: 2, items: 2 },
      { agent: 'test-agent/1', service: 'another-function', sdk: 'python 1.29', requests: 1, items: 0 },
    ],
  );
  assert.equal(acme.badPayloads.length, 4);
  assert.equal(JSON.stringify(acme).includes(secret), false, 'nothing of a payload is told');
  const other = await statusOf('other');
  assert.deepEqual(
    [other.accepted?.requests, other.refused, other.senders, other.badPayloads],
    [0, [], [], []],
  );
});

test('requests over a tenant’s rate are refused in its own counts; those of nobody are in no one’s', async () => {
  for (let round = 0; round < 12; round++) await send('eager', [span]);
  await send('nobody', [span]);
  const { refused } = await statusOf('eager');
  assert.deepEqual(
    refused.map(({ reason }) => reason),
    ['over-rate'],
  );
  const total = ingest.stats().counts.refusedRequests;
  assert.equal(total.unauthenticated, 1);
  assert.equal(total['over-rate'], refused[0]?.count);
});

const roles = [
  { role: 'viewer', sees: false },
  { role: 'operator', sees: true },
  { role: 'admin', sees: true },
] as const;
for (const { role, sees } of roles) {
  test(`the spool is everyone’s: ${role} ${sees ? 'sees' : 'does not see'} it`, async () => {
    const { spool, lagMs } = await statusOf('acme', role);
    assert.equal(spool !== null, sees);
    assert.ok(lagMs !== null && lagMs >= 0);
  });
}

for (const { isReceiver, says } of [
  { isReceiver: false, says: /has no role "ingest"/ },
  { isReceiver: true, says: /still starting/ },
]) {
  test(`a process that does not receive says so: ${says.source}`, async () => {
    const status = IngestStatus.parse(JSON.parse((await ask('acme', 'admin', null, isReceiver)).text));
    assert.deepEqual([status.receiving, status.accepted, status.lagMs], [false, null, null]);
    assert.match(status.note, says);
  });
}

test('what limits and sampling did is on /metrics, every limit from the start', () => {
  const { source } = createIngestMetrics(
    () => 0,
    () => ingest.stats(),
  );
  const samples = (name: string) => source().find((family) => family.name === name)?.samples ?? [];
  const limited = samples('coldburn_ingest_limited_total');
  assert.equal(limited.length, 10);
  const functions = limited.find(({ labels }) => labels?.['limit'] === 'functions');
  assert.deepEqual(functions, { labels: { limit: 'functions', outcome: 'refuse' }, value: 1 });
  const dropped = samples('coldburn_ingest_sampling_dropped_total');
  assert.ok((dropped.find(({ labels }) => labels?.['signal'] === 'spans')?.value ?? 0) >= 2);
  assert.equal(samples('coldburn_ingest_sampling_kept_total').length, 8);
  assert.deepEqual(samples('coldburn_ingest_malformed_trace_states_total'), [{ value: 0 }]);
});
