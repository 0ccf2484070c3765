import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RequestFacts, Wanted } from '../../../settle/decide/facts.js';
import { settleRequest } from '../../../settle/decide/settle-request.js';
import { report, rules, run, second, work } from './facts.js';

const longMs = 3_600_000;

function settle(facts: Partial<RequestFacts>, nowMs = longMs): Wanted[] {
  return settleRequest(
    { tenant: 'default', function: 'f', runs: [], reports: [], made: [], works: [], ...facts },
    nowMs,
    rules,
  );
}

const brief = (wanted: readonly Wanted[]) =>
  wanted
    .filter(({ kind }) => kind === 'wanted')
    .map(({ source, outcome, reported, attempt, superseded, duplicate }) => ({
      source,
      outcome,
      reported,
      attempt,
      superseded,
      duplicate,
    }));
const only = {
  source: 'span',
  outcome: 'ok',
  reported: false,
  attempt: 1,
  superseded: false,
  duplicate: false,
};

const cases: { name: string; facts: Partial<RequestFacts>; nowMs?: number; expected: object[] }[] = [
  { name: 'a run by itself stays as it is', facts: { runs: [run(1, 0)] }, expected: [only] },
  {
    name: 'the platform wins over an "ok" that the process could not take back',
    facts: { runs: [run(1, 0)], reports: [report(1.01, { outcome: 'oom' })] },
    expected: [{ ...only, outcome: 'oom', reported: true }],
  },
  {
    name: 'a report that waits for its span is no row yet',
    facts: { reports: [report(1)] },
    nowMs: 89_999,
    expected: [],
  },
  {
    name: 'a report whose grace is over stands for the run',
    facts: { reports: [report(1, { outcome: 'timeout' })] },
    nowMs: 90_000,
    expected: [{ ...only, source: 'report', outcome: 'timeout', reported: true }],
  },
  {
    name: 'the report of a lost first attempt does not go to the second',
    facts: { runs: [run(2, 60)], reports: [report(1, { outcome: 'timeout' })] },
    expected: [
      { ...only, source: 'report', outcome: 'timeout', reported: true, superseded: true },
      { ...only, attempt: 2 },
    ],
  },
  {
    name: 'each attempt gets the report nearest to its end',
    facts: {
      runs: [run(1, 0, { outcome: 'error' }), run(2, 60)],
      reports: [report(61, { billedMs: 2 }), report(1, { outcome: 'error' })],
    },
    expected: [
      { ...only, outcome: 'error', reported: true, superseded: true },
      { ...only, reported: true, attempt: 2 },
    ],
  },
  {
    name: 'a run after one that ended well is a duplicate, one beside it is not',
    facts: { runs: [run(1, 0), run(2, 0.5), run(3, 1)] },
    expected: [
      { ...only, superseded: true },
      { ...only, attempt: 2, superseded: true },
      { ...only, attempt: 3, duplicate: true },
    ],
  },
  {
    name: 'runs further apart than the lookback are requests of their own',
    facts: { runs: [run(1, 0), run(2, 27 * 3_600)] },
    expected: [only, only],
  },
  {
    name: 'a count of attempts that the sender tells is believed',
    facts: { runs: [run(1, 0, { attempt: 3 }), run(2, 60)] },
    expected: [
      { ...only, attempt: 3, superseded: true },
      { ...only, attempt: 4, duplicate: true },
    ],
  },
  {
    name: 'the same id in another environment is another request',
    facts: { runs: [run(1, 0), run(2, 60, { environment: 'staging' })] },
    expected: [only, only],
  },
  {
    name: 'work whose time is not over may still end',
    facts: { works: [work(0)] },
    nowMs: 900_000 + 89_999,
    expected: [],
  },
  {
    name: 'work that never ended is taken for a time-out',
    facts: { works: [work(0), work(3)] },
    nowMs: 990_000,
    expected: [{ ...only, source: 'inferred', outcome: 'timeout' }],
  },
  {
    name: 'work of a run that was told of is nothing more',
    facts: { works: [work(0)], runs: [run(1, 0)] },
    expected: [only],
  },
];
for (const { name, facts, nowMs, expected } of cases) {
  test(`settleRequest: ${name}`, () => assert.deepEqual(brief(settle(facts, nowMs)), expected));
}

test('settleRequest: the same run told of twice by its platform is one row', () => {
  const [row, ...others] = settle({
    reports: [report(1, { billedMs: 5 }), report(1.02, { outcome: 'timeout', billedMs: 0 })],
  });
  assert.deepEqual(others, []);
  assert.equal(row?.outcome, 'timeout');
  assert.equal(row?.billedMs, 5);
});

test('settleRequest: a lost attempt takes the event of its sibling, so that both are one request', () => {
  const sibling = run(2, 60, { key: '99', deliveryId: 'message' });
  const [lost, second_] = settle({ runs: [sibling], reports: [report(1, { outcome: 'timeout' })] });
  assert.equal(lost?.made?.deliveryId, 'message');
  assert.deepEqual([lost?.superseded, second_?.attempt], [true, 2]);
});

test('settleRequest: a row made earlier goes when the span has come', () => {
  const [made] = settle({ reports: [report(1)] });
  assert.ok(made !== undefined);
  const { environment, startedNs, spanId } = made;
  const wanted = settle({
    runs: [run(1, 0.1)],
    reports: [report(1)],
    made: [{ environment, startedNs, spanId, source: 'report' }],
  });
  assert.deepEqual(
    wanted.map(({ kind, source, reported }) => ({ kind, source, reported })),
    [
      { kind: 'wanted', source: 'span', reported: true },
      { kind: 'unwanted', source: 'report', reported: false },
    ],
  );
});

test('settleRequest: inferred work lasts for the configured timeout, or for what was seen of it', () => {
  const [seen] = settle({ works: [work(0), work(3)] });
  assert.equal(seen?.made?.durationNs, 3.5e9);
  assert.equal(seen?.startedNs, second(0));
  const [configured] = settle({ function: 'quick', works: [work(0)] });
  assert.equal(configured?.made?.durationNs, 3e9);
});
