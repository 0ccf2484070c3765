import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type CountedRuns,
  type CoverageReading,
  reconcile,
  type SeenRuns,
} from '../../../query/coverage/reconcile.js';

const seen = (runs: number, ok = runs, answered = 0): SeenRuns => ({ runs, ok, answered });
const none = seen(0);
const counted = (invocations: number, errors: number | null = 0, errorsHoldAnswers = false): CountedRuns => ({
  invocations,
  errors,
  errorsHoldAnswers,
});
type Measured = Omit<Extract<CoverageReading, { kind: 'measured' }>, 'kind'>;

const cases: {
  name: string;
  inCounted?: SeenRuns;
  elsewhere?: SeenRuns;
  counted: CountedRuns | null;
  expected: Measured | null;
}[] = [
  { name: 'nothing at all is no data', counted: null, expected: null },
  {
    name: 'without counts telemetry is all there is, and its coverage unknown',
    elsewhere: seen(10, 9),
    counted: null,
    expected: { total: 10, good: 9, coverageRatio: null, source: 'telemetry' },
  },
  {
    name: 'with a fifth of the spans lost, success is the provider’s truth',
    inCounted: seen(80, 76),
    counted: counted(100, 10),
    expected: { total: 100, good: 90, coverageRatio: 0.8, source: 'provider' },
  },
  {
    name: 'time-outs that left no span count as errors of the provider',
    inCounted: seen(90),
    counted: counted(100, 10),
    expected: { total: 100, good: 90, coverageRatio: 0.9, source: 'provider' },
  },
  {
    name: 'failed answers are no errors to the provider, so their seen share is added',
    inCounted: seen(80, 72, 4),
    counted: counted(100, 5),
    expected: { total: 100, good: 90, coverageRatio: 0.8, source: 'provider' },
  },
  {
    name: 'failed answers are not added where the provider counts them',
    inCounted: seen(80, 72, 4),
    counted: counted(100, 10, true),
    expected: { total: 100, good: 90, coverageRatio: 0.8, source: 'provider' },
  },
  {
    name: 'without counted errors the seen share of failures holds for all',
    inCounted: seen(80, 76),
    counted: counted(100, null),
    expected: { total: 100, good: 95, coverageRatio: 0.8, source: 'provider' },
  },
  {
    name: 'counted runs of which nothing is known but their number',
    counted: counted(100, null),
    expected: { total: 100, good: null, coverageRatio: 0, source: 'provider' },
  },
  {
    name: 'counted runs without any telemetry still have a success ratio',
    counted: counted(100, 1),
    expected: { total: 100, good: 99, coverageRatio: 0, source: 'provider' },
  },
  {
    name: 'minutes without a count add what was seen in them',
    inCounted: seen(8),
    elsewhere: seen(5, 4),
    counted: counted(10, 1),
    expected: { total: 15, good: 13, coverageRatio: 0.8, source: 'both' },
  },
  {
    name: 'more seen than counted: the count is late, and what was seen did happen',
    inCounted: seen(12, 9),
    counted: counted(10, 1),
    expected: { total: 12, good: 9, coverageRatio: 1, source: 'provider' },
  },
  {
    name: 'a failure that was seen is never argued away',
    inCounted: seen(10, 7),
    counted: counted(10, 0),
    expected: { total: 10, good: 7, coverageRatio: 1, source: 'provider' },
  },
  {
    name: 'a counted silence has no coverage',
    counted: counted(0),
    expected: { total: 0, good: 0, coverageRatio: null, source: 'provider' },
  },
];
for (const { name, inCounted = none, elsewhere = none, counted: count, expected } of cases) {
  test(`reconcile: ${name}`, () => {
    const reading = expected === null ? { kind: 'no-data' } : { kind: 'measured', ...expected };
    assert.deepEqual(reconcile(inCounted, elsewhere, count), reading);
  });
}

const anySeen = fc
  .tuple(fc.nat(1000), fc.nat(1000), fc.nat(1000))
  .map(([ok, raised, answered]) => ({ runs: ok + raised + answered, ok, answered }));
test('reconcile: good lies between none and all, and coverage between 0 and 1', () => {
  fc.assert(
    fc.property(
      anySeen,
      anySeen,
      fc.nat(3000),
      fc.option(fc.nat(3000)),
      fc.boolean(),
      (inCounted, elsewhere, invocations, errors, errorsHoldAnswers) => {
        const reading = reconcile(inCounted, elsewhere, { invocations, errors, errorsHoldAnswers });
        assert.ok(reading.kind === 'measured');
        const { total, good, coverageRatio } = reading;
        assert.ok(good === null || (good >= 0 && good <= total));
        assert.ok(coverageRatio === null || (coverageRatio >= 0 && coverageRatio <= 1));
      },
    ),
  );
});
