import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CountRow, createEvaluator, type LatencyRow } from '../../../alerting/evaluate/evaluate.js';
import { minutesOfSlices } from '../../../alerting/evaluate/slice-entries.js';
import { SloDefinition } from '../../../schemas/slo/slo-definition.js';
import { shapeOf, writeSlo } from '../../../schemas/slo/write-slo.js';

const minuteMs = 60_000;
const place = {
  function: 'f',
  environment: 'prod',
  team: 't',
  region: 'r',
  provider: 'aws',
  version: '1',
  alias: '',
  trigger: 'http',
};
const define = (rest: object) =>
  SloDefinition.parse({ id: 'a', title: 'A', objective: '99%', sli: { kind: 'success' }, ...rest });
const counts = (rest: Partial<CountRow>): CountRow => {
  const more = { ran: 9, failed: 1, timeouts: 1, retries: 2, duplicates: 3 };
  return { place, minuteMs: 0, cold: false, ok: 8, n: 10, finalOk: 8, finalN: 9, ...more, ...rest };
};
const durations = (rest: Partial<LatencyRow>): LatencyRow => {
  return { place, minuteMs: 0, cold: false, failed: false, n: 10, under: [7], ...rest };
};

const under = (rest: object) => ({ sli: { kind: 'latency', under: '1s', ...rest } });
const failed = [durations({}), durations({ failed: true, n: 2, under: [2] })];
const cases = [
  { name: 'each run counts', slo: {}, counts: [counts({})], expected: [[0, 8, 10]] },
  {
    name: 'a request counts by its final run',
    slo: { sli: { kind: 'success', count: 'requests' } },
    counts: [counts({})],
    expected: [[0, 8, 9]],
  },
  {
    name: 'cold starts left out leave an empty minute',
    slo: { sli: { kind: 'success', coldStarts: 'excluded' } },
    counts: [counts({ cold: true })],
    expected: [[0, 0, 0]],
  },
  {
    name: 'runs taken back leave an empty minute',
    slo: {},
    counts: [counts({}), counts({ ok: -8, n: -10 })],
    expected: [[0, 0, 0]],
  },
  {
    name: 'weighed counts are rounded once',
    slo: {},
    counts: [counts({ ok: 0.4, n: 0.4 }), counts({ ok: 0.4, n: 0.4 })],
    expected: [[0, 1, 1]],
  },
  ...(
    [
      ['error', 8, 9],
      ['timeout', 9, 10],
      ['retry', 8, 10],
      ['duplicate', 7, 10],
      ['cold-start', 9, 9],
    ] as const
  ).map(([kind, good, total]) => ({
    name: `${kind} is what runs were spared`,
    slo: { sli: { kind } },
    counts: [counts({})],
    durations: [],
    expected: [[0, good, total]],
  })),
  {
    name: 'what is not selected does not count',
    slo: { where: { team: 'other' } },
    counts: [counts({})],
    expected: [],
  },
  {
    name: 'a failed run is bad for latency, however fast',
    slo: under({}),
    durations: failed,
    expected: [[0, 7, 12]],
  },
  {
    name: 'a failed run is left to the SLO on success',
    slo: under({ failed: 'ignored' }),
    durations: failed,
    expected: [[0, 7, 10]],
  },
  {
    name: 'a slice at the edge is good',
    slo: { sli: { kind: 'time-slice', slice: '5m', atLeast: '80%', of: { kind: 'success' } } },
    counts: [counts({}), counts({ minuteMs: 4 * minuteMs })],
    expected: [[0, 1, 1]],
  },
  {
    name: 'a slice below is bad',
    slo: { sli: { kind: 'time-slice', slice: '5m', atLeast: '80.01%', of: { kind: 'success' } } },
    counts: [counts({ minuteMs: 6 * minuteMs })],
    expected: [[5 * minuteMs, 0, 1]],
  },
];
for (const { name, slo, expected, ...rows } of cases) {
  test(`evaluate: ${name}`, () => {
    const evaluation = createEvaluator([define(slo)]).begin();
    for (const row of rows.counts ?? []) evaluation.addCounts(row);
    for (const row of rows.durations ?? []) evaluation.addLatency(row);
    assert.deepEqual(
      evaluation.entries().map(({ minuteMs: at, good, total }) => [at, good, total]),
      expected,
    );
  });
}

test('minutesOfSlices: with slices, all minutes of those touched', () => {
  const { sli } = define({
    sli: { kind: 'time-slice', slice: '5m', atLeast: '80%', of: { kind: 'success' } },
  });
  assert.deepEqual(
    minutesOfSlices([7 * minuteMs], [sli]),
    [5, 6, 7, 8, 9].map((n) => n * minuteMs),
  );
  assert.deepEqual(minutesOfSlices([7 * minuteMs], [define({}).sli]), [7 * minuteMs]);
});

const written = [
  { objective: '99.95%', period: { calendar: 'month', zone: 'Europe/Berlin' } },
  { objective: 0.9999, period: '28d', sli: { kind: 'latency', under: '1500ms', coldStarts: 'excluded' } },
  {
    sli: { kind: 'time-slice', slice: '5m', atLeast: 0.95, of: { kind: 'success', count: 'requests' } },
    per: 'team',
  },
  {
    alerting: { tiers: [{ budget: '2.5%', long: '90m', short: '450s', severity: 'page' }] },
    where: { function: ['a*', 'b'] },
  },
];
test('writeSlo: what is written reads as the same objective', () => {
  for (const one of written) {
    const definition = define(one);
    assert.deepEqual(SloDefinition.parse(JSON.parse(JSON.stringify(writeSlo(definition)))), definition);
  }
});

test('shapeOf: another objective counts the same, another selection does not', () => {
  assert.equal(shapeOf(define({ objective: '90%', period: '7d' })), shapeOf(define({})));
  assert.notEqual(shapeOf(define({ where: { team: 'x' } })), shapeOf(define({})));
  assert.notEqual(shapeOf(define({ per: 'function' })), shapeOf(define({})));
});
