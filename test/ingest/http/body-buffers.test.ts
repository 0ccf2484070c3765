import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
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

test('body buffers: what was given back is used again, also when only a part of it was', () => {
  const buffers = new BodyBuffers();
  const first = taken(buffers);
  buffers.giveBack(first.subarray(0, usualBytes));
  assert.equal(taken(buffers).buffer, first.buffer);
});

test('body buffers: two bodies at the same time never share one, also when one was given back twice', () => {
  const buffers = new BodyBuffers();
  const first = taken(buffers);
  buffers.giveBack(first);
  buffers.giveBack(first);
  assert.notEqual(taken(buffers).buffer, taken(buffers).buffer);
});

test('body buffers: a buffer from elsewhere is not handed out', () => {
  const buffers = new BodyBuffers();
  const foreign = Buffer.alloc(512 * 1024);
  buffers.giveBack(foreign);
  assert.notEqual(taken(buffers).buffer, foreign.buffer);
});
