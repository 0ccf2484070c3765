import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reachableUrl } from '../../../../dashboards/web/view/reachable-url.js';

const cases = [
  { url: 'http://127.0.0.1:4318', page: 'localhost', expected: 'http://127.0.0.1:4318' },
  { url: 'http://0.0.0.0:4318', page: 'ops.example', expected: 'http://ops.example:4318' },
  { url: 'http://[::]:4318', page: '192.0.2.7', expected: 'http://192.0.2.7:4318' },
  { url: 'http://0.0.0.0:4318', page: '[2001:db8::1]', expected: 'http://[2001:db8::1]:4318' },
];
for (const { url, page, expected } of cases) {
  test(`reachableUrl: ${url} read on ${page} is ${expected}`, () => {
    assert.equal(reachableUrl(url, page), expected);
  });
}
