import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type DebugState,
  debugSearchOf,
  debugStateFrom,
  everyInvocation,
  filterCount,
} from '../../../../../dashboards/web/view/debug/debug-state.js';
import { debugUrls, functionNameIn } from '../../../../../dashboards/web/view/debug/debug-urls.js';
import { functionHref } from '../../../../../dashboards/web/view/function-href.js';
import { windowParamsOf } from '../../../../../dashboards/web/view/view-state.js';

const text = fc.option(fc.string({ unit: 'grapheme' }));
const window = fc.option(
  fc.tuple(fc.integer({ min: 0, max: 2e12 }), fc.integer({ min: 1, max: 1e9 })).map(([fromMs, lengthMs]) => ({
    fromMs,
    toMs: fromMs + lengthMs,
  })),
);
const amount = fc.option(fc.integer({ min: 0, max: 1e6 }));
const state: fc.Arbitrary<DebugState> = fc.record(
  {
    range: fc.constantFrom('15m', '1h', '6h', '24h', '7d'),
    fixed: window,
    environment: text,
    version: text,
    cold: fc.option(fc.boolean()),
    outcome: fc.option(fc.constantFrom('ok', 'error', 'timeout', 'oom', 'throttled', 'rejected')),
    errorType: text,
    group: fc.option(fc.constantFrom('0123456789abcdef', 'ffffffffffffffff')),
    id: text,
    listed: window,
    minMs: amount,
    maxMs: amount,
  },
  { noNullPrototype: true },
);

test('a link carries the whole state, whatever the names are', () => {
  fc.assert(fc.property(state, (one) => assert.deepEqual(debugStateFrom(debugSearchOf(one)), one)));
});

test('a link to a function leads to its name, its environment and the time range', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (name, environment) => {
      const url = new URL(
        `http://host/functions/x${functionHref(name, environment, '6h').slice('/functions/'.length)}`,
      );
      assert.equal(functionNameIn(url.pathname), `x${name}`);
      const { range, ...read } = debugStateFrom(url.search);
      assert.deepEqual([read.environment, range], [environment, '6h']);
    }),
  );
});

test('what a link does not say well falls back to everything', () => {
  const { range, ...rest } = debugStateFrom(
    '?range=3y&cold=maybe&outcome=fine&group=xyz&from=5&to=4&min=-1&max=abc',
  );
  assert.equal(range, '1h');
  assert.ok(Object.values(rest).every((value) => value === null));
  assert.equal(functionNameIn('/functions/%E0%A4'), '%E0%A4');
});

test('clearing the filters leaves none, and each counts once', () => {
  const set = { ...debugStateFrom(''), cold: true, minMs: 5, maxMs: 9, id: 'a' };
  assert.equal(filterCount(set), 3);
  assert.equal(filterCount({ ...set, ...everyInvocation }), 0);
});

test('the list asks with every filter', () => {
  const search =
    '?group=ffffffffffffffff&since=1000&until=2000&min=1.5&max=3&cold=false&outcome=oom&id=a%26b&version=';
  const asked = new URL(debugUrls('a/b?c', debugStateFrom(search)).invocations, 'http://host').searchParams;
  assert.deepEqual(Object.fromEntries(asked), {
    from: '1000',
    to: '2000',
    function: 'a/b?c',
    version: '',
    cold: 'false',
    outcome: 'oom',
    fingerprint: 'ffffffffffffffff',
    invocationId: 'a&b',
    minDurationMs: '1.5',
    maxDurationMs: '3',
  });
  assert.deepEqual(windowParamsOf(debugStateFrom('?from=10&to=20&range=6h')), { from: '10', to: '20' });
});
