import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allowFleet } from '../../../../cli/demo/run/fleet-access.js';
import type { Verdict } from '../../../../schemas/access.js';

const refused: Verdict = { kind: 'refused', refusal: { kind: 'unknown' } };
const authorize = allowFleet(async () => refused, 'demo-secret');

test('allowFleet: the secret may send, and only send', async () => {
  const verdict = await authorize('demo-secret', '127.0.0.1');
  assert.ok(verdict.kind === 'granted');
  assert.equal(verdict.access.role, 'ingest');
});

for (const key of [null, '', 'demo-secre', 'demo-secrez', 'demo-secret2']) {
  test(`allowFleet: ${JSON.stringify(key)} is judged as always`, async () => {
    assert.deepEqual(await authorize(key, '127.0.0.1'), refused);
  });
}
