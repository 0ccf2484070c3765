import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { test } from 'node:test';
import fc from 'fast-check';
import { unescaped } from '../../../ingest/otlp/json-unescape.js';

const resolve = (text: string): string => {
  const bytes = Buffer.from(`"${text}"`);
  return unescaped(bytes, 1, bytes.length - 1).toString();
};

test('what JSON.stringify escapes comes back, lone surrogates as U+FFFD', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (text, all) => {
      const json = JSON.stringify(text).slice(1, -1);
      const everything = [...text]
        .flatMap((character) => character.split(''))
        .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
        .join('');
      assert.equal(resolve(all ? everything : json), Buffer.from(text).toString());
    }),
  );
});

const forms = [
  { escaped: '\\/\\\\\\"', text: '/\\"' },
  { escaped: '\\b\\f\\n\\r\\t', text: '\b\f\n\r\t' },
  { escaped: '\\ud83d\\ude00!', text: '😀!' },
  { escaped: '\\ud83dx\\ude00', text: '\ufffdx\ufffd' },
  { escaped: '\\ud83d\\ud83d\\ude00', text: '\ufffd😀' },
  { escaped: '\\u00e4ü\\u20AC', text: 'äü€' },
  { escaped: '\\u12', text: 'u12' },
  { escaped: '\\é', text: 'é' },
];
for (const { escaped, text } of forms) {
  test(`${escaped} is ${JSON.stringify(text)}`, () => assert.equal(resolve(escaped), text));
}
