import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeBacktest } from '../../../cli/slo/describe-backtest.js';
import type { BacktestAnswer, Played } from '../../../schemas/alerting/backtest.js';

const played: Played = {
  episodes: [
    {
      scope: '',
      severity: 'page',
      tier: '1h/5m',
      startedAt: '2026-11-20T10:00:00.000Z',
      firedAt: '2026-11-20T10:03:00.000Z',
      resolvedAt: null,
      longBurn: 25.123,
      shortBurn: 300,
      budgetSpentRatio: 0.0213,
    },
  ],
  withheld: [{ scope: '', reason: 'too-few-events', tier: '1h/5m', from: '', to: '' }],
  summary: {
    pages: 1,
    tickets: 0,
    withheld: 1,
    detectMedianMs: 180_000,
    badUntold: 10,
    budgetUntoldRatio: 0.005,
  },
};
const nothing: Played = {
  episodes: [],
  withheld: [],
  summary: { pages: 0, tickets: 0, withheld: 0, detectMedianMs: null, badUntold: 0, budgetUntoldRatio: null },
};
const answer: BacktestAnswer = {
  ...played,
  slo: 'checkout',
  from: '2026-11-20T00:00:00.000Z',
  to: '2026-11-21T00:00:00.000Z',
  countedFrom: 'ledger',
  budget: { objective: 0.999, good: 990, total: 1_000, bad: 10, badAllowed: 1, remainingRatio: -9 },
  compared: nothing,
};

test('slo backtest: what would have been told, and a second policy beside it', () => {
  assert.deepEqual(describeBacktest(answer, 'simple'), [
    'checkout, 2026-11-20T00:00:00.000Z to 2026-11-21T00:00:00.000Z (counted from the ledger): 10 of 1000 bad, -900 % of the budget left',
    '  page   1h/5m 2026-11-20T10:03:00.000Z to the end, burning 25.1×, 2.13 % of the budget gone',
    '  withheld 1 times: too few events to judge, or too short',
    '  1 pages, 0 tickets, told after 3 min (median), 0.5 % of the budget went untold',
    'with simple:',
    '  0 pages, 0 tickets',
    '                      as defined  simple',
    '  pages               1           0',
    '  tickets             0           0',
    '  withheld            1           0',
    '  told after (median) 3 min       never',
    '  budget untold       0.5 %       no budget',
  ]);
});
