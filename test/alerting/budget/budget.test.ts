import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { budgetOf, burnRate, burnWindows, type Sum } from '../../../alerting/budget/budget.js';
import { SloDefinition } from '../../../schemas/slo/slo-definition.js';

const slo = (objective: string) =>
  SloDefinition.parse({ id: 'a', title: 'A', sli: { kind: 'success' }, objective });

const quiet = new Map<number, Sum>();
const everywhere = (sum: Sum) => new Map(burnWindows(slo('99.9%')).map((windowMs) => [windowMs, sum]));

const cases = [
  {
    name: 'all good leaves all',
    period: { good: 1000, total: 1000 },
    windows: quiet,
    arriving: true,
    left: 1,
    status: 'ok',
  },
  {
    name: 'half spent',
    period: { good: 1999, total: 2000 },
    windows: quiet,
    arriving: true,
    left: 0.5,
    status: 'ok',
  },
  {
    name: 'spent to the last event',
    period: { good: 999, total: 1000 },
    windows: quiet,
    arriving: true,
    left: 0,
    status: 'exhausted',
  },
  {
    name: 'overspent ten times',
    period: { good: 90, total: 100 },
    windows: quiet,
    arriving: true,
    left: -99,
    status: 'exhausted',
  },
  {
    name: 'nothing happened',
    period: { good: 0, total: 0 },
    windows: quiet,
    arriving: true,
    left: null,
    status: 'idle',
  },
  {
    name: 'nothing comes in',
    period: { good: 10, total: 10 },
    windows: quiet,
    arriving: false,
    left: 1,
    status: 'telemetry-lost',
  },
  {
    name: 'the past is not judged by what comes in now',
    period: { good: 10, total: 10 },
    windows: quiet,
    arriving: null,
    left: 1,
    status: 'ok',
  },
  {
    name: 'more good than there were',
    period: { good: 11, total: 10 },
    windows: quiet,
    arriving: true,
    left: 1,
    status: 'broken',
  },
  {
    name: 'a tier is reached in both windows',
    period: { good: 9_999, total: 10_000 },
    windows: everywhere({ good: 50, total: 100 }),
    arriving: true,
    left: 0.9,
    status: 'burning',
  },
] as const;
for (const { name, period, windows, arriving, left, status } of cases) {
  test(`budgetOf: ${name}`, () => {
    const budget = budgetOf({
      definition: slo('99.9%'),
      period,
      windows,
      spent: quiet,
      isArriving: arriving,
    });
    assert.deepEqual([budget.remainingRatio, budget.status], [left, status]);
  });
}

test('budgetOf: an objective of 100 % has no budget, and one bad event breaks it', () => {
  const of = (good: number) =>
    budgetOf({
      definition: slo('100%'),
      period: { good, total: 10 },
      windows: quiet,
      spent: quiet,
      isArriving: true,
    });
  assert.deepEqual([of(10).remainingRatio, of(10).status], [null, 'ok']);
  assert.deepEqual([of(9).remainingRatio, of(9).status, of(9).timeToEmptyMs], [null, 'exhausted', 0]);
});

test('budgetOf: at a burn of 1 with all left, the budget lasts the whole period', () => {
  const windows = everywhere({ good: 999, total: 1000 });
  const period = { good: 1000, total: 1000 };
  const budget = budgetOf({ definition: slo('99.9%'), period, windows, spent: quiet, isArriving: true });
  assert.equal(budget.timeToEmptyMs, 30 * 86_400_000);
});

test('burnRate: is the double nearest to the exact fraction', () => {
  const objective = slo('99.9%').objective;
  assert.equal(burnRate({ good: 9_856, total: 10_000 }, objective), 14.4);
  assert.equal(burnRate({ good: 0, total: 0 }, objective), null);
});

test('budgetOf: whatever the traffic, no figure is NaN or infinite', () => {
  const sum = fc.record({ good: fc.nat({ max: 2 ** 40 }), total: fc.nat({ max: 2 ** 40 }) });
  const definitions = ['0%', '50%', '99.9%', '99.99999999%', '100%'].map(slo);
  fc.assert(
    fc.property(
      fc.constantFrom(...definitions),
      sum,
      fc.array(sum, { maxLength: 8 }),
      (definition, period, sums) => {
        const windows = new Map(
          burnWindows(definition).flatMap((ms, index) => (sums[index] ? [[ms, sums[index]]] : [])),
        );
        const budget = budgetOf({ definition, period, windows, spent: quiet, isArriving: true });
        const figures = [
          budget.remainingRatio,
          budget.timeToEmptyMs,
          budget.badAllowed,
          ...budget.burn.map(({ rate }) => rate),
        ];
        assert.ok(
          figures.every((figure) => figure === null || Number.isFinite(figure)),
          JSON.stringify(budget),
        );
        assert.ok(budget.timeToEmptyMs === null || budget.timeToEmptyMs >= 0);
      },
    ),
  );
});
