import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IngestCounters } from '../../ingest/counters.js';

const received = (accepted: number) => ({ accepted, invocations: 0, refused: new Map(), ignoredFields: 0 });

test('made-up senders cannot fill memory, and the largest stays known', () => {
  const counters = new IngestCounters();
  const base = { signal: 'traces', tenant: 't', bytes: 1 } as const;
  counters.accepted({ ...base, sender: 'large', received: received(1000) });
  for (let index = 0; index < 1000; index++) {
    counters.accepted({ ...base, sender: `made-up ${index}`, received: received(1) });
  }
  const { topSenders, signals } = counters.snapshot();
  assert.equal(signals.traces.acceptedItems, 2000);
  assert.equal(topSenders.length, 20);
  assert.deepEqual(topSenders[0], { tenant: 't', sender: 'large', requests: 1, items: 1000, bytes: 1 });
});

test('refused items are counted by signal and reason, refused requests by reason', () => {
  const counters = new IngestCounters();
  counters.refused('too-large');
  counters.refused('too-large');
  counters.accepted({
    signal: 'logs',
    tenant: 't',
    sender: 's',
    bytes: 10,
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
