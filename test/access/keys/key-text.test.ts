import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { createKeyText, hashKeyText, parseKeyId } from '../../../access/keys/key-text.js';

test('key text: names its id, and carries 160 random bits beside it', () => {
  const { keyId, text } = createKeyText(randomBytes);
  assert.match(text, /^cbk_[0-9a-z]{12}_[0-9a-z]{38}$/);
  assert.equal(parseKeyId(text), keyId);
});

test('key text: every bit of the secret comes from the random source', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
      fc.nat(31),
      fc.integer({ min: 1, max: 31 }),
      (bytes, at, flip) => {
        const other = Uint8Array.from(bytes, (byte, index) => (index === at ? byte ^ flip : byte));
        const of = (source: Uint8Array) => createKeyText((count) => source.subarray(0, count)).text;
        assert.notEqual(of(bytes), of(other));
      },
    ),
  );
});

test('key text: a mistyped key is not taken for one of ours', () => {
  const { text } = createKeyText((count) => new Uint8Array(count).fill(3));
  for (let at = 0; at < text.length; at += 1) {
    const wrong = `${text.slice(0, at)}${text.charAt(at) === '7' ? '8' : '7'}${text.slice(at + 1)}`;
    assert.equal(parseKeyId(wrong), null, `position ${at}`);
  }
});

test('key text: what is no key has no id', () => {
  fc.assert(fc.property(fc.string(), (text) => assert.equal(parseKeyId(text), null)));
});

test('key text: the stored hash does not contain the secret', () => {
  const { text } = createKeyText(randomBytes);
  const hash = hashKeyText(text).toString('hex');
  assert.match(hash, /^[0-9a-f]{64}$/);
  assert.ok(!hash.includes(text.slice(17)));
});
