import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDecoder } from '../support/decode.js';
import { defaultRules } from '../support/default-rules.js';
import { goodSpan, jsonRequest, keyValues } from '../support/sample-span.js';

test('keys that never come again neither mix up with others nor are remembered for ever', () => {
  const decode = openDecoder(defaultRules);
  for (let request = 0; request < 12; request++) {
    const wanted = Array.from({ length: 500 }, (_, span) => ({
      'http.route': '/a',
      [`made.${request}.${span}`]: 'x',
      'http.request.method': 'GET',
    }));
    const spans = wanted.map((attributes) => ({ ...goodSpan, attributes: keyValues(attributes) }));
    const read = decode(jsonRequest(spans), 'json').spans.map(({ attributes }) => attributes);
    assert.deepEqual(read, wanted.map(Object.entries));
  }
});

test('keys that need escaping are stored as they were', () => {
  const decode = openDecoder(defaultRules);
  const wanted = { 'a "b"\n': '1', ü: '2', '': '3' };
  const spans = [goodSpan, goodSpan].map((span) => ({ ...span, attributes: keyValues(wanted) }));
  const read = decode(jsonRequest(spans), 'json').spans.map(({ attributes }) => attributes);
  assert.deepEqual(read, [Object.entries(wanted), Object.entries(wanted)]);
});

for (const secret of ['', 'password=Bearer abcdefghijkl']) {
  test(`a key is not taken for another that stood at its place in the request before, with "${secret}"`, () => {
    const decode = openDecoder(defaultRules);
    for (const key of ['red', 'red', 'big', 'new', 'red']) {
      const wanted = { [key]: 'x', note: secret };
      const spans = [{ ...goodSpan, attributes: keyValues(wanted) }];
      const [read] = decode(jsonRequest(spans), 'json').spans.map(({ attributes }) => attributes);
      assert.deepEqual(
        read?.map(([name]) => name),
        Object.keys(wanted),
      );
    }
  });
}
