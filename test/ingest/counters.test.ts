import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IngestCounters } from '../../ingest/counters.js';

const tally = (spans: number) => ({ spans, invocations: 0, refused: new Map() });

test('made-up senders cannot fill memory, and the largest stays known', () => {
  const counters = new IngestCounters();
  counters.accepted({ tenant: 't', sender: 'large', bytes: 1, tally: tally(1000), ignoredFields: 0 });
  for (let index = 0; index < 1000; index++) {
    counters.accepted({
      tenant: 't',
      sender: `made-up ${index}`,
      bytes: 1,
      tally: tally(1),
      ignoredFields: 0,
    });
  }
  const { topSenders, acceptedSpans } = counters.snapshot();
  assert.equal(acceptedSpans, 2000);
  assert.equal(topSenders.length, 20);
  assert.deepEqual(topSenders[0], { tenant: 't', sender: 'large', requests: 1, spans: 1000, bytes: 1 });
});

test('refused spans and requests are counted by reason', () => {
  const counters = new IngestCounters();
  counters.refused('too-large');
  counters.refused('too-large');
  counters.accepted({
    tenant: 't',
    sender: 's',
    bytes: 10,
    tally: { spans: 1, invocations: 1, refused: new Map([['too-old', 2] as const]) },
    ignoredFields: 3,
  });
  const { refusedRequests, refusedSpans, ignoredFields } = counters.snapshot();
  assert.deepEqual(
    { refusedRequests, refusedSpans, ignoredFields },
    {
      refusedRequests: { 'too-large': 2 },
      refusedSpans: { 'too-old': 2 },
      ignoredFields: 3,
    },
  );
});
