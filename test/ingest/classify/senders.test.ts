import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readExpected, senderPayloads } from '../support/sender-corpus.js';

const payloads = senderPayloads();

test('the corpus of senders: is there', () => {
  assert.ok(payloads.length > 80, `only ${payloads.length} payloads`);
});

for (const payload of payloads) {
  test(`what senders send: ${payload.name} becomes exactly its invocations`, () => {
    assert.deepEqual(payload.invocations(), readExpected(payload));
  });
}
