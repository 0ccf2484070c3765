import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { filterFunctions } from '../../../../dashboards/web/view/filter-functions.js';
import { refetchDelay } from '../../../../dashboards/web/view/refetch-delay.js';
import { badWidth } from '../../../../dashboards/web/view/share-bar.js';
import { isLoopback, snippetsFor } from '../../../../dashboards/web/view/snippets/snippets.js';
import { sortFunctions, sortKeys } from '../../../../dashboards/web/view/sort-functions.js';
import { summarizeFunctions } from '../../../../dashboards/web/view/summarize-functions.js';
import { urlSearchOf, urlStateFrom } from '../../../../dashboards/web/view/url-state.js';
import { virtualWindow } from '../../../../dashboards/web/view/virtual-window.js';
import { unknownFigures } from '../../../../dashboards/web/view/why-unknown.js';
import { sampleSummary } from '../../../support/sample-summary.js';

const names = (list: { function: string }[]): string[] => list.map((one) => one.function);

test('sortFunctions: most failures first, and among equals the busier', () => {
  const list = [
    sampleSummary({ function: 'calm', invocations: 900 }),
    sampleSummary({ function: 'worst', bad: 9 }),
    sampleSummary({ function: 'quiet', invocations: 1 }),
  ];
  assert.deepEqual(names(sortFunctions(list, 'errors', 'desc')), ['worst', 'calm', 'quiet']);
});

test('sortFunctions: what is not known comes last in both directions', () => {
  const list = [
    sampleSummary({ function: 'none', p95Ms: null }),
    sampleSummary({ function: 'slow', p95Ms: 90 }),
    sampleSummary({ function: 'fast', p95Ms: 1 }),
  ];
  assert.deepEqual(names(sortFunctions(list, 'p95', 'desc')), ['slow', 'fast', 'none']);
  assert.deepEqual(names(sortFunctions(list, 'p95', 'asc')), ['fast', 'slow', 'none']);
});

test('sortFunctions: any order of the same functions sorts to the same rows', () => {
  const summary = fc
    .record({
      function: fc.constantFrom('a', 'b', 'c'),
      environment: fc.constantFrom('prod', 'dev'),
      invocations: fc.integer({ min: 0, max: 3 }),
      p95Ms: fc.option(fc.integer({ min: 0, max: 3 })),
    })
    .map(sampleSummary);
  const unique = fc.uniqueArray(summary, { selector: (one) => `${one.function} ${one.environment}` });
  fc.assert(
    fc.property(
      unique,
      fc.constantFrom(...sortKeys),
      fc.constantFrom('asc' as const, 'desc' as const),
      (list, key, direction) => {
        const forwards = sortFunctions(list, key, direction);
        assert.deepEqual(sortFunctions([...list].reverse(), key, direction), forwards);
      },
    ),
  );
});

test('filterFunctions: every word must occur somewhere, in any case', () => {
  const list = [
    sampleSummary({ function: 'Checkout', region: 'us-east-1' }),
    sampleSummary({ function: 'checkout' }),
    sampleSummary({ function: 'search', team: 'CHECKOUT' }),
  ];
  assert.equal(filterFunctions(list, ' checkout ').length, 3);
  assert.deepEqual(names(filterFunctions(list, 'checkout us-east')), ['Checkout']);
  assert.equal(filterFunctions(list, '').length, 3);
});

test('summarizeFunctions: counts add up, and the rate is of all invocations, not a mean of rates', () => {
  const list = [
    sampleSummary({ function: 'large', invocations: 990, bad: 0, p95Ms: 5 }),
    sampleSummary({ function: 'broken', invocations: 10, bad: 10, p95Ms: 80 }),
  ];
  const summary = summarizeFunctions(list);
  assert.equal(summary.successRatio, 0.99);
  assert.deepEqual([summary.invocations, summary.bad, summary.failing], [1000, 10, 1]);
  assert.deepEqual(summary.slowest, { name: 'broken', p95Ms: 80 });
});

test('summarizeFunctions: nothing has no rate', () => {
  assert.equal(summarizeFunctions([]).successRatio, null);
});

test('virtualWindow: every row in view is drawn, few others are, and the height is that of all rows', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -500, max: 400_000 }),
      fc.integer({ min: 100, max: 3000 }),
      fc.integer({ min: 20, max: 200 }),
      fc.integer({ min: 0, max: 5000 }),
      (scrolledPx, viewportPx, rowPx, count) => {
        const { first, end, beforePx, afterPx } = virtualWindow(scrolledPx, viewportPx, rowPx, count);
        assert.equal(beforePx + afterPx + (end - first) * rowPx, count * rowPx);
        assert.ok(end - first <= viewportPx / rowPx + 2 + 2 * 8 + 1);
        const lastScroll = Math.max(0, Math.min(scrolledPx, count * rowPx - viewportPx));
        for (const px of [lastScroll, lastScroll + viewportPx - 1]) {
          const row = Math.floor(px / rowPx);
          if (row < count) assert.ok(row >= first && row < end, `row ${row} is not in [${first}, ${end})`);
        }
      },
    ),
  );
});

test('url state: a link says the same after any round trip, and defaults are left out', () => {
  assert.equal(urlSearchOf(urlStateFrom('')), '');
  const state = fc.record({
    range: fc.constantFrom('15m' as const, '1h' as const, '7d' as const),
    environment: fc.option(fc.string()),
    team: fc.option(fc.string()),
    filter: fc.string(),
    sort: fc.constantFrom(...sortKeys),
    direction: fc.constantFrom('asc' as const, 'desc' as const),
    open: fc.option(fc.string({ minLength: 1 })),
  });
  fc.assert(fc.property(state, (one) => assert.deepEqual(urlStateFrom(urlSearchOf(one)), { ...one })));
});

test('url state: what a link should not say falls back', () => {
  const state = urlStateFrom('?range=9y&sort=magic&order=sideways');
  assert.deepEqual([state.range, state.sort, state.direction], ['1h', 'errors', 'desc']);
});

test('share bar: one failure in a million is visible, and so is one success', () => {
  assert.equal(badWidth(0, 10, 100, 3), 0);
  assert.equal(badWidth(1, 1_000_000, 100, 3), 3);
  assert.equal(badWidth(999_999, 1_000_000, 100, 3), 97);
  assert.equal(badWidth(10, 10, 100, 3), 100);
});

test('refetch: at most two a second, and slower when answers are slow', () => {
  assert.equal(refetchDelay(Number.POSITIVE_INFINITY, 0), 0);
  assert.equal(refetchDelay(100, 40), 400);
  assert.equal(refetchDelay(100, 2000), 3900);
});

test('why unknown: only figures that are null are listed', () => {
  const labels = (changes: Parameters<typeof sampleSummary>[0]) =>
    unknownFigures(sampleSummary(changes)).map(({ label }) => label);
  assert.ok(labels({}).includes('Throttles'));
  assert.ok(!labels({ throttles: 0 }).includes('Throttles'));
});

test('snippets name the endpoint of this installation, and ask for a key only where one is needed', () => {
  const installation = {
    otlpHttpUrl: 'https://otel.example.com:4318/',
    otlpGrpcUrl: null,
    version: '1',
    tenant: 'default',
    mode: 'embedded' as const,
  };
  for (const access of ['open', 'keys'] as const) {
    for (const { id, steps } of snippetsFor({ ...installation, access })) {
      const code = steps.map((step) => step.code).join('\n');
      assert.match(code, /https:\/\/otel\.example\.com:4318(\/v1\/traces)?$/m, id);
      assert.equal(/cbk_YOUR_KEY/.test(code), access === 'keys', `${id} ${access}`);
    }
  }
});

test('isLoopback tells addresses only this machine reaches', () => {
  for (const url of ['http://localhost:4318', 'http://127.0.0.1:4318', 'http://[::1]:4318'])
    assert.ok(isLoopback(url), url);
  assert.ok(!isLoopback('http://10.0.0.7:4318'));
});
