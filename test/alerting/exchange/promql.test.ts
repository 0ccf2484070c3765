import assert from 'node:assert/strict';
import { test } from 'node:test';
import { globsOf, readDifference, readSelector } from '../../../alerting/exchange/promql.js';

const selectors = [
  { query: 'up', metric: 'up', labels: '' },
  { query: 'sum(rate(a_total{x="1"}[5m]))', metric: 'a_total', labels: 'x="1"' },
  {
    query: 'sum by (job) (rate(a_total{x="1", y=~"b|c",}[{{.window}}]))',
    metric: 'a_total',
    labels: 'x="1",y=~"b|c"',
  },
  { query: 'sum(increase(a_total[1h] offset 5m)) by (job, b)', metric: 'a_total', labels: '' },
  {
    query: '(a{quoted=\'it is "so"\', brackets="({["})',
    metric: 'a',
    labels: 'quoted="it is "so"",brackets="({["',
  },
  { query: 'a{path=~"/x\\\\.y"}', metric: 'a', labels: 'path=~"/x\\.y"' },
];
for (const { query, metric, labels } of selectors) {
  test(`readSelector: ${query}`, () => {
    const read = readSelector(query);
    const shown = read?.matchers.map(({ label, op, value }) => `${label}${op}"${value}"`).join(',');
    assert.deepEqual([read?.metric, shown], [metric, labels]);
  });
}

for (const query of [
  '',
  'sum(a) / sum(b)',
  'sum(rate(a[5m])) - sum(rate(b[5m]))',
  '1 - a',
  'histogram_quantile(0.9, a)',
  'a or b',
  'a{x="1"',
  '(a) + (b)',
  'a{x=1}',
  'sum(a',
]) {
  test(`readSelector takes nothing from: ${query}`, () => assert.equal(readSelector(query), null));
}

test('a difference is found outside brackets only', () => {
  assert.deepEqual(readDifference('sum(a) - sum(b)'), ['sum(a) ', ' sum(b)']);
  assert.equal(readDifference('sum(a{x="b-c"})'), null);
});

const expressions = [
  { regex: '5..', globs: ['5??'] },
  { regex: '(5..|429)', globs: ['5??', '429'] },
  { regex: 'orders-.*', globs: ['orders-*'] },
  { regex: '.+', globs: ['?*'] },
  { regex: 'a|b', globs: ['a', 'b'] },
  { regex: '5\\d\\d', globs: ['5??'] },
  { regex: '[45]..', globs: null },
  { regex: 'a(b|c)d', globs: null },
  { regex: 'a+', globs: null },
  { regex: '', globs: null },
  { regex: 'a||b', globs: null },
];
for (const { regex, globs } of expressions) {
  test(`globsOf: ${regex}`, () => assert.deepEqual(globsOf(regex), globs));
}
