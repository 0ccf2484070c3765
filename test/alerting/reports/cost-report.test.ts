import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type CostedFunction,
  type CostReport,
  writeCostReport,
} from '../../../alerting/reports/cost-report.js';
import { decimal, zero } from '../../../query/cost/exact/rational.js';

const one = (name: string, cost: string, before: string, team = 'shop'): CostedFunction => ({
  function: name,
  team,
  cost: decimal(cost),
  before: decimal(before),
});
const week: CostReport = {
  fromMs: Date.parse('2026-02-23T00:00:00Z'),
  untilMs: Date.parse('2026-03-02T00:00:00Z'),
  functions: [],
  days: [],
  budgets: [],
  unpriced: 0,
  viewUrl: 'https://c.example',
};
const budget = {
  name: 'shop',
  team: 'shop',
  environment: null,
  function: null,
  limitUsd: '100',
  spentUsd: '61.234567',
  remainingUsd: '38.765433',
  spentRatio: 0.61,
  paceRatio: 1.2,
  forecastUsd: '120.5',
  lowUsd: null,
  highUsd: null,
  endsAt: null,
  status: 'at risk' as const,
};

test('the report says what was spent, against the time before, by team and function, the dearest first', () => {
  const functions = [
    one('resize', '0.005', '0.005', 'images'),
    one('checkout', '12.5', '10'),
    one('new', '2', '0'),
    one('gone', '0', '3'),
  ];
  const { title, text } = writeCostReport({ ...week, functions, budgets: [budget], unpriced: 1_200 });
  assert.equal(title, 'Cost from 2026-02-23 to 2026-03-01');
  assert.deepEqual(text.split('\n'), [
    '$14.51, 11.5 % more than in the time before ($13.01).',
    'shop: $14.50 (+11.5 %)',
    'images: $0.01 (0.0 %)',
    '',
    'checkout: $12.50 (+25.0 %)',
    'new: $2.00 (new)',
    'resize: $0.01 (0.0 %)',
    'gone: $0.00 (-100.0 %)',
    'Budget shop: $61.23 of $100.00 so far, $120.50 expected by its end (at risk).',
    '1,200 runs have no known rate and are in no amount.',
  ]);
});

test('its page has a picture of the days, and no name can leave its place', () => {
  const functions = [one('<b>', '3', '1')];
  const { html } = writeCostReport({ ...week, functions, days: ['1', '0', '2'].map(decimal) });
  assert.match(html, /alt='Cost by day: \$1\.00, \$0\.00, \$2\.00'/);
  assert.match(html, /&lt;b&gt;/);
  assert.doesNotMatch(html, /<b>[^$]/);
});

test('nothing that ran is said, and thousands of functions stay a page one can read and store', () => {
  assert.equal(writeCostReport(week).text.split('\n')[0], 'Nothing ran that costs anything.');
  const functions = Array.from({ length: 5_000 }, (_, at) => one(`f${at}`, '0.01', '0.01'));
  const many = writeCostReport({ ...week, functions, days: Array.from({ length: 31 }, () => zero) });
  assert.match(many.text, /and 4980 more for \$49\.80/);
  assert.ok(Buffer.byteLength(many.html) < 20_000);
});
