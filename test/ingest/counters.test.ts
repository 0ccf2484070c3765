import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IngestCounters } from '../../ingest/counters.js';
import { recentStepMs } from '../../ingest/counting/recent-items.js';
import { nothingNoted } from './support/nothing-noted.js';

const received = (accepted: number) => ({
  accepted,
  invocations: 0,
  refused: new Map(),
  ignoredFields: 0,
  notes: nothingNoted,
});
const base = { signal: 'traces', tenant: 't', bytes: 1, atMs: 5 } as const;

test('made-up senders cannot fill memory, and the largest stays known', () => {
  const counters = new IngestCounters();
  const large = { ...received(1000), notes: { ...nothingNoted, service: 'shop', sdk: 'nodejs 2.1.0' } };
  counters.accepted({ ...base, sender: 'large', received: large });
  for (let index = 0; index < 1000; index++) {
    counters.accepted({ ...base, sender: `made-up ${index}`, received: received(1) });
  }
  const { senders, counts } = counters.ofTenant('t', 5);
  assert.equal(counts.signals.traces.acceptedItems, 2000);
  assert.equal(senders.length, 20);
  assert.deepEqual(senders[0], {
    agent: 'large',
    service: 'shop',
    sdk: 'nodejs 2.1.0',
    requests: 1,
    items: 1000,
    bytes: 1,
    lastSeenMs: 5,
  });
});

test('refused items are counted by signal and reason, refused requests by reason', () => {
  const counters = new IngestCounters();
  counters.refused('too-large', 't');
  counters.refused('too-large', null);
  counters.accepted({
    ...base,
    signal: 'logs',
    sender: 's',
    received: { ...received(1), refused: new Map([['too-old', 2]]), ignoredFields: 3 },
  });
  const { refusedRequests, signals, ignoredFields } = counters.snapshot();
  const none = { acceptedRequests: 0, acceptedItems: 0, refusedItems: {} };
  assert.deepEqual(
    { refusedRequests, signals, ignoredFields },
    {
      refusedRequests: { 'too-large': 2 },
      signals: {
        traces: none,
        metrics: none,
        logs: { acceptedRequests: 1, acceptedItems: 1, refusedItems: { 'too-old': 2 } },
      },
      ignoredFields: 3,
    },
  );
});

test('a tenant sees its own counts, and all tenants together are their sum', () => {
  const counters = new IngestCounters();
  const notes = {
    ...nothingNoted,
    limits: { valueBytes: 2 },
    sampling: { kept: { error: 1, slow: 0, cold: 0, ratio: 2 }, dropped: 7 },
    redactions: new Map([['cards', 3]]),
    malformedTraceStates: 1,
  };
  for (const tenant of ['a', 'b']) {
    counters.accepted({ ...base, tenant, sender: 's', received: { ...received(10), notes } });
  }
  counters.duplicate('a');
  counters.badPayload('a', { atMs: 9, agent: 's', reason: 'A number is cut off' });
  const { counts: a, badPayloads } = counters.ofTenant('a', 5);
  const { counts: b, badPayloads: none } = counters.ofTenant('b', 5);
  const total = counters.snapshot();
  assert.deepEqual([a.duplicateRequests, b.duplicateRequests, total.duplicateRequests], [1, 0, 1]);
  assert.deepEqual([badPayloads.length, none.length], [1, 0]);
  for (const { counts, times } of [
    { counts: a, times: 1 },
    { counts: total, times: 2 },
  ]) {
    assert.equal(counts.signals.traces.acceptedItems, 10 * times);
    assert.equal(counts.limits.valueBytes, 2 * times);
    assert.equal(counts.limits.keyBytes, 0);
    assert.equal(counts.redactions['cards'], 3 * times);
    assert.equal(counts.malformedTraceStates, times);
    assert.deepEqual(counts.sampling.traces, {
      kept: { error: times, slow: 0, cold: 0, ratio: 2 * times },
      dropped: 7 * times,
    });
  }
  assert.equal(counters.ofTenant('nobody', 5).counts.acceptedRequests, 0);
});

test('only the last bad payloads are kept, the latest first, and not at any length', () => {
  const counters = new IngestCounters();
  for (let index = 0; index < 9; index++) {
    counters.badPayload('t', { atMs: index, agent: 'a'.repeat(1000), reason: 'r'.repeat(10_000) });
  }
  const { badPayloads } = counters.ofTenant('t', 9);
  assert.deepEqual(
    badPayloads.map(({ atMs }) => atMs),
    [8, 7, 6, 5, 4],
  );
  assert.equal(badPayloads[0]?.agent.length, 120);
  assert.equal(badPayloads[0]?.reason.length, 500);
});

test('what came lately is told in whole steps, with the empty ones', () => {
  const counters = new IngestCounters();
  const startMs = 1000 * recentStepMs;
  counters.accepted({ ...base, atMs: startMs, sender: 's', received: received(4) });
  counters.accepted({ ...base, atMs: startMs + 1, signal: 'logs', sender: 's', received: received(6) });
  counters.accepted({ ...base, atMs: startMs + 3 * recentStepMs, sender: 's', received: received(1) });
  const { recent } = counters.ofTenant('t', startMs + 3 * recentStepMs + 5);
  assert.equal(recent.length, 90);
  assert.deepEqual(recent.slice(-3), [
    { atMs: startMs, traces: 4, metrics: 0, logs: 6 },
    { atMs: startMs + recentStepMs, traces: 0, metrics: 0, logs: 0 },
    { atMs: startMs + 2 * recentStepMs, traces: 0, metrics: 0, logs: 0 },
  ]);
});
