import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { unitSpace } from '../../../../../dashboards/web/view/figure.js';
import {
  budgetCurve,
  ledgerEvents,
  ledgerStepMs,
  objectiveChoices,
} from '../../../../../dashboards/web/view/slo/budget-curve.js';
import { budgetRows, summarizeBudgets } from '../../../../../dashboards/web/view/slo/budget-rows.js';
import { burnTiers, burnWidth } from '../../../../../dashboards/web/view/slo/burn-tiers.js';
import { promiseText, whereText } from '../../../../../dashboards/web/view/slo/describe-definition.js';
import { goodText } from '../../../../../dashboards/web/view/slo/good-text.js';
import {
  budgetText,
  burnText,
  changeText,
  objectiveText,
  sloHref,
  sloIdIn,
  timeLeftText,
  windowText,
} from '../../../../../dashboards/web/view/slo/slo-words.js';
import type { ListedBudget } from '../../../../../schemas/slo/budget-list.js';
import { parseShare } from '../../../../../schemas/slo/percent.js';
import { SloDefinition } from '../../../../../schemas/slo/slo-definition.js';

const plain = (text: string) => text.replaceAll(unitSpace, ' ');
const dayMs = 86_400_000;

const texts: [string, string, string][] = [
  ['all of the budget', budgetText(1), '100 %'],
  ['nearly all is not all', budgetText(0.9999), '>99 %'],
  ['a tenth below ten', budgetText(0.0421), '4.2 %'],
  ['a trace is not nothing', budgetText(0.00001), '<0.1 %'],
  ['exactly spent', budgetText(0), '0 %'],
  ['overspent', budgetText(-1.354), '−135 %'],
  ['unknown', budgetText(null), '—'],
  ['a burn', burnText(14.4), '14.4×'],
  ['a very small burn', burnText(0.001), '<0.01×'],
  ['an objective has no digits it does not have', objectiveText(0.999), '99.9 %'],
  ['points lost', String(changeText(0.5, 0.531)), '−3.1'],
  ['steady', String(changeText(0.5, 0.5001)), 'steady'],
  ['not known before', String(changeText(0.5, null)), 'null'],
  ['days left', timeLeftText({ timeToEmptyMs: 3 * dayMs, remainingRatio: 0.3 }), '3 days'],
  ['spent', timeLeftText({ timeToEmptyMs: 0, remainingRatio: -1 }), 'spent'],
  ['not burning', timeLeftText({ timeToEmptyMs: null, remainingRatio: 1 }), 'not burning'],
  ['nothing happened', timeLeftText({ timeToEmptyMs: null, remainingRatio: null }), '—'],
  ['a window of minutes', windowText(300_000), '5 min'],
  ['a window of days', windowText(3 * dayMs), '3 days'],
  ['an uneven window', windowText(84 * 60_000), '1 h 24 min'],
];
for (const [name, text, expected] of texts)
  test(`SLO words: ${name}`, () => assert.equal(plain(text), expected));

test('ids and scopes survive a link', () => {
  assert.equal(sloIdIn('/slos/a%20b'), 'a b');
  assert.equal(sloIdIn('/slos/%'), '%');
  assert.equal(sloHref('a', 'x&y=/'), '/slos/a?scope=x%26y%3D%2F');
});

const listed = (id: string, part: Partial<ListedBudget>): ListedBudget => ({
  id,
  title: `Title ${id}`,
  owner: null,
  scope: '',
  objective: 0.99,
  window: { from: '2026-01-01T00:00:00Z', to: '2026-01-31T00:00:00Z' },
  good: 0,
  total: 0,
  bad: 0,
  badAllowed: 0,
  remainingRatio: 1,
  burn: [],
  timeToEmptyMs: null,
  status: 'ok',
  ...part,
});
const all = [
  listed('idle', { status: 'idle', remainingRatio: null }),
  listed('fine', { remainingRatio: 0.9 }),
  listed('low', { remainingRatio: 0.1, owner: 'pay' }),
  listed('burning', { status: 'burning', remainingRatio: 0.8 }),
  listed('spent', { status: 'exhausted', remainingRatio: -2 }),
];
const keep = { text: '', owner: null, status: null };

test('what must be looked at comes first, and what has nothing to tell last', () => {
  const ids = budgetRows(all, [], keep).map(({ id }) => id);
  assert.deepEqual(ids, ['spent', 'burning', 'low', 'fine', 'idle']);
});

test('the list is kept to words, owner and status; the day before stands beside', () => {
  assert.deepEqual(
    budgetRows(all, [], { ...keep, text: 'title low' }).map(({ id }) => id),
    ['low'],
  );
  assert.deepEqual(
    budgetRows(all, [], { ...keep, owner: 'pay' }).map(({ id }) => id),
    ['low'],
  );
  assert.deepEqual(
    budgetRows(all, [], { ...keep, status: 'burning' }).map(({ id }) => id),
    ['burning'],
  );
  const [row] = budgetRows([listed('a', {})], [listed('a', { remainingRatio: 0.5 })], keep);
  assert.equal(row?.beforeRatio, 0.5);
});

test('the summary counts each once and names the one with least left', () => {
  const { known, counts, least } = summarizeBudgets(budgetRows(all, [], keep));
  assert.equal(known, 5);
  assert.equal(
    Object.values(counts).reduce((sum, one) => sum + one, 0),
    5,
  );
  assert.equal(least?.id, 'spent');
});

test('the curve starts whole and ends at what the sums leave', () => {
  const counts = fc.array(fc.record({ good: fc.nat(10_000), bad: fc.nat(500) }), {
    minLength: 1,
    maxLength: 50,
  });
  fc.assert(
    fc.property(counts, (steps) => {
      const objective = parseShare('99.5%');
      if (objective === null) return false;
      const good = steps.map((one) => one.good);
      const bad = steps.map((one) => one.bad);
      const sum = (values: number[]) => values.reduce((total, one) => total + one, 0);
      const allowed = (sum(good) + sum(bad)) / 200;
      const curve = budgetCurve({ good, bad }, objective);
      if (allowed === 0) return curve.every((value) => value === null);
      const falls = curve.every(
        (value, index) => index === 0 || (value ?? 0) <= (curve[index - 1] ?? 0) + 1e-9,
      );
      return falls && Math.abs((curve.at(-1) ?? 9) - (1 - sum(bad) / allowed)) < 1e-6;
    }),
  );
});

test('steps of the ledger stand where they belong, with gaps where nothing happened', () => {
  const at = (minute: number) => new Date(minute * 60_000).toISOString();
  const events = ledgerEvents(
    [
      { at: at(10), good: 3, total: 5, raw: { good: 3, total: 5 } },
      { at: at(20), good: 1, total: 1, raw: { good: 1, total: 1 } },
    ],
    12 * 60_000,
    30 * 60_000,
    600_000,
  );
  assert.deepEqual(events, { fromMs: 600_000, stepMs: 600_000, steps: 2, good: [3, 1], bad: [2, 0] });
  assert.equal(ledgerStepMs(30 * dayMs, 300), 3 * 3_600_000);
});

test('objectives to choose from are round, rising, and hold the one in force', () => {
  const choices = objectiveChoices('99.25 %');
  const values = choices.map((text) => Number.parseFloat(text));
  assert.deepEqual(
    values,
    [...values].sort((one, other) => one - other),
  );
  for (const text of ['90 %', '99 %', '99.25 %', '99.5 %', '99.9 %', '99.99 %'])
    assert.ok(choices.includes(text), text);
  assert.equal(new Set(choices).size, choices.length);
});

const definition = SloDefinition.parse({
  id: 'a',
  title: 'A',
  per: 'team',
  where: { function: ['pay-*', 'bill'] },
  sli: { kind: 'latency', under: '300ms', coldStarts: 'excluded' },
  objective: '99.9%',
});

test('a definition reads as a sentence', () => {
  assert.equal(
    plain(goodText(definition)),
    'A run that took less than 300 ms and did not fail, cold starts left out',
  );
  assert.equal(whereText(definition), 'function pay-* or bill, for each team');
  assert.equal(promiseText(definition), '99.9 % over the last 30 days');
});

test('tiers stand beside what burns, and are reached only with both windows', () => {
  const burn = [
    { windowMs: 3_600_000, rate: 20 },
    { windowMs: 300_000, rate: 3 },
    { windowMs: 6 * 3_600_000, rate: 7 },
    { windowMs: 1_800_000, rate: 7 },
  ];
  const tiers = burnTiers(definition, burn);
  assert.deepEqual(
    tiers.map(({ factor, isReached }) => [factor, isReached]),
    [
      [14.4, false],
      [6, true],
      [1, false],
    ],
  );
  assert.deepEqual(
    burnTiers({ ...definition, objective: { parts: 9n, of: 10n } }, burn).map(({ factor }) => factor),
    [6, 1],
  );
  assert.equal(burnWidth(6, 6), 0.5);
  assert.equal(burnWidth(600, 6), 1);
});

test('every kind of indicator is told in a sentence', () => {
  const told: readonly [sli: object, says: RegExp][] = [
    [{ kind: 'error' }, /did not fail/],
    [{ kind: 'custom', good: 'cold', total: 'not cold' }, /for which cold, of those for which not cold/],
    [{ kind: 'memory' }, /less than 90 % of its memory/],
    [{ kind: 'metric-ratio', bad: { metric: 'a' }, total: { metric: 'b' } }, /a does not count, of b/],
    [{ kind: 'gauge', metric: 'depth', above: 5, count: 'points' }, /^A point with depth above 5$/],
    [{ kind: 'saturation', limit: 50 }, /80 % of 50/],
    [{ kind: 'queue-age', under: '5m', queue: 'q' }, /oldest message of q/],
    [{ kind: 'composite', of: [{ slo: 'a', weight: 2 }, { slo: 'b' }] }, /a \(times 2\), b/],
    [
      { kind: 'time-slice', slice: '5m', atLeast: '90%', of: { kind: 'timeout' } },
      /are good: a run that did not run into/,
    ],
  ];
  for (const [sli, says] of told) {
    const parsed = SloDefinition.parse({ id: 'a', title: 'A', objective: '99%', sli });
    assert.match(plain(goodText(parsed)), says);
  }
});
