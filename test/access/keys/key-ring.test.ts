import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { test } from 'node:test';
import type { KeyEvent } from '../../../access/keys/key-event.js';
import { keepFresh, openKeyRing } from '../../../access/keys/key-ring.js';
import { Tenant } from '../../../schemas/access.js';

const created: KeyEvent = {
  kind: 'created',
  tenant: Tenant.parse('a'),
  keyId: 'k1',
  actor: 'cli',
  at: new Date(0),
  name: 'n',
  role: 'viewer',
  secretSha256: 'aa',
};
const append = async () => undefined;

test('key ring: keys that cannot be read are not taken for none', async () => {
  const read = async () => {
    throw new Error('no engine');
  };
  await assert.rejects(openKeyRing({ read, append }), /no engine/);
});

test('key ring: a failed refresh keeps the known keys, and the next one recovers', async () => {
  let answer: () => KeyEvent[] = () => [created];
  const ring = await openKeyRing({ read: async () => answer(), append });
  answer = () => {
    throw new Error('no engine');
  };
  await assert.rejects(ring.refresh(), /no engine/);
  assert.equal(ring.find('k1')?.role, 'viewer');
  answer = () => [created, { ...created, keyId: 'k2' }];
  await ring.refresh();
  assert.equal(ring.all().length, 2);
});

test('key ring: a slow old answer does not replace a newer one', async () => {
  const gate = new EventEmitter();
  const answers = [async () => [], async () => once(gate, 'open').then(() => []), async () => [created]];
  const ring = await openKeyRing({ read: async () => (await answers.shift()?.()) ?? [], append });
  const slow = ring.refresh();
  const quick = ring.refresh();
  setImmediate(() => gate.emit('open'));
  await Promise.all([slow, quick]);
  assert.equal(ring.hasHadKeys(), true);
});

test('key ring: kept fresh, each failed read is told and the reading goes on', async () => {
  const seen = new EventEmitter();
  let reads = 0;
  const read = async () => {
    reads += 1;
    if (reads === 2) throw new Error('no engine');
    if (reads === 3) seen.emit('again');
    return [];
  };
  const ring = await openKeyRing({ read, append });
  const errors: unknown[] = [];
  const again = once(seen, 'again', { signal: AbortSignal.timeout(10_000) });
  const stop = keepFresh(ring, 5, (error) => errors.push(error));
  // The timer does not keep a process alive by itself; this test must.
  const alive = setInterval(() => undefined, 1000);
  try {
    await again;
    assert.equal(errors.length, 1);
  } finally {
    stop();
    clearInterval(alive);
  }
});
