import assert from 'node:assert/strict';
import type { Buffer } from 'node:buffer';
import { test } from 'node:test';
import { BodyBuffers } from '../../../ingest/http/body-buffers.js';

const usualBytes = 200_000;

function taken(buffers: BodyBuffers): Buffer {
  const buffer = buffers.take(usualBytes);
  assert.ok(buffer !== null && buffer.length >= usualBytes);
  return buffer;
}

for (const { name, bytes } of [
  { name: 'small', bytes: 64 * 1024 },
  { name: 'large', bytes: 512 * 1024 + 1 },
]) {
  test(`body buffers: a ${name} body gets a buffer of its own`, () => {
    assert.equal(new BodyBuffers().take(bytes), null);
  });
}

test('body buffers: what was given back is used again', () => {
  const buffers = new BodyBuffers();
  const first = taken(buffers);
  buffers.giveBack(first);
  assert.equal(taken(buffers), first);
});

test('body buffers: bodies at the same time never share one, and there is an end of them', () => {
  const buffers = new BodyBuffers();
  const lent = Array.from({ length: 32 }, () => taken(buffers));
  assert.equal(new Set(lent.map(({ buffer }) => buffer)).size, 32);
  assert.equal(buffers.take(usualBytes), null);
  for (const buffer of lent) buffers.giveBack(buffer);
  assert.ok(lent.includes(taken(buffers)));
});
