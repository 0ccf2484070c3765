import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { z } from 'zod';
import { readSloDirectory } from '../../../../alerting/definitions/read-slo-directory.js';
import { incidents } from '../../../../cli/demo/incidents/catalog.js';
import { objectivesDirectory, putObjectives } from '../../../../cli/demo/objectives/put-objectives.js';
import { decimalText } from '../../../../query/cost/exact/decimal-text.js';
import { add, decimal, zero } from '../../../../query/cost/exact/rational.js';
import { defaultTenant } from '../../../../schemas/access.js';
import { CostAnswer } from '../../../../schemas/cost/attribution.js';
import { FunctionList } from '../../../../schemas/functions.js';
import { QueueList } from '../../../../schemas/queues.js';
import { SliAnswer } from '../../../../schemas/sli.js';
import { BudgetAnswer } from '../../../../schemas/slo/budget-answer.js';
import { ledgerUnderTest, tickUntilFilled } from '../../../alerting/ledger/ledger-harness.js';
import { tempDir } from '../../../support/temp-dir.js';
import { assertPercentile } from '../assert-percentile.js';
import { incidentAt, shopWorld } from '../demo-world.js';
import { differing } from '../differing.js';
import { costBy, customerTold, printedCosts } from '../expected-cost.js';
import { expectedCoverage, type MinuteSums, minuteSums } from '../expected-coverage.js';
import { expectedPeaks } from '../expected-peaks.js';
import { type KnownAttempt, knownAttempts } from '../known-attempts.js';
import { type SentWindow, sendWindow } from '../sent-window.js';
import {
  type Counted,
  countedBy,
  type DayRun,
  dayRuns,
  type Expected,
  miscounted,
  quickOf,
} from './expected-objectives.js';

const dayMinutes = 1440;
/** The day before the last full hour: over by any clock, and inside what settling looks back on. */
const toMinute = Math.floor(Date.now() / 3_600_000) * 60 - 60;
const window = { fromMinute: toMinute - dayMinutes, toMinute };
const from = new Date(window.fromMinute * 60_000);
const to = new Date(window.toMinute * 60_000);
/** Long ones begin early, so that all of each is in the day. */
const inOrder = incidents.toSorted((a, b) => b.durationMinutes - a.durationMinutes);
const world = shopWorld(
  23,
  0.4,
  inOrder.map(({ name }, index) => incidentAt(name, window.fromMinute + 20 + index * 100)),
);

let day: SentWindow;
/** All that is known, and those that began in the day, by the clocks of their senders. */
let around: DayRun[];
let runs: DayRun[];
const isInDay = ({ known: { startUs: us } }: KnownAttempt) =>
  us >= from.getTime() * 1000 && us < to.getTime() * 1000;
let sums: MinuteSums;
before(async () => {
  day = await sendWindow(world, window);
  around = dayRuns(knownAttempts(day.runs));
  runs = around.filter(isInDay);
  sums = minuteSums(runs, day.counts);
});
after(() => day.close());

async function ask<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  more: Record<string, string> = {},
): Promise<z.infer<Schema>> {
  const query = new URLSearchParams({ from: from.toISOString(), to: to.toISOString(), ...more });
  const response = await fetch(`${day.app.url}/api/v1/${path}?${query}`);
  const text = await response.text();
  assert.equal(response.status, 200, text);
  return schema.parse(JSON.parse(text));
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
const nameOf = ({ invocation }: KnownAttempt) => invocation.function.name;

test('a day: each incident, each platform and each outcome is in it', () => {
  assert.ok(runs.length > 20_000, `${runs.length}`);
  assert.equal(world.incidents.length, 13);
  assert.ok(world.incidents.every(({ endMinute }) => endMinute <= toMinute));
  assert.equal(new Set(runs.map(({ invocation }) => invocation.function.sender)).size, 10);
  for (const outcome of ['ok', 'error', 'timeout'] as const)
    assert.ok(
      runs.some(({ known }) => known.outcome === outcome),
      outcome,
    );
});

test('a day: every figure of the functions page is the truth, its percentiles within 1 %', async () => {
  const { functions } = await ask('functions', FunctionList);
  const peaks = grouped([...expectedPeaks(day.runs, window)], ([key]) => key.split(' ')[1] ?? '');
  const groups = grouped(runs, (one) => `${nameOf(one)} in ${one.invocation.region}`);
  const told = new Map(
    functions.map((one) => {
      const { invocations, outcomes, coldStarts, retries, duplicates } = one;
      const { concurrencyMax, throttles, throttleRatio, coverageRatio } = one;
      const counts = { invocations, outcomes, coldStarts, retries, duplicates };
      return [
        `${one.function} in ${one.region}`,
        { ...counts, concurrencyMax, throttles, throttleRatio, coverageRatio },
      ];
    }),
  );
  const expected = new Map(
    [...groups].map(([key, own]) => {
      const name = key.split(' ')[0] ?? '';
      const count = (is: (one: DayRun) => boolean) => own.filter(is).length;
      const ended = (outcome: string) => count(({ known }) => known.outcome === outcome);
      const { total, ratio, throttles } = expectedCoverage(sums.get(name)?.values() ?? []);
      return [
        key,
        {
          invocations: own.length,
          outcomes: {
            ...{ ok: ended('ok'), error: ended('error'), timeout: ended('timeout'), oom: ended('oom') },
            ...{ throttled: 0, rejected: 0 },
          },
          coldStarts: count(({ known }) => known.isCold),
          retries: count(({ attempt, isDuplicate }) => attempt > 1 && !isDuplicate),
          duplicates: count(({ isDuplicate }) => isDuplicate),
          concurrencyMax: Math.max(...(peaks.get(name) ?? []).map(([, most]) => most)),
          throttles,
          throttleRatio: throttles === null ? null : throttles / (throttles + total),
          coverageRatio: ratio,
        },
      ];
    }),
  );
  assert.deepEqual(differing(told, expected), []);
  for (const one of functions) {
    const name = `${one.function} in ${one.region}`;
    const sortedUs = (groups.get(name) ?? []).map(({ known }) => known.durationUs).sort((a, b) => a - b);
    assertPercentile(one.p50Ms, 50, sortedUs, name);
    assertPercentile(one.p95Ms, 95, sortedUs, name);
    assertPercentile(one.p99Ms, 99, sortedUs, name);
  }
});

const slowMs = 300;
/** Of each indicator that counts runs: which are good, as docs/queries.md has it. */
const indicators: readonly [sli: string, isGood: (one: DayRun) => boolean][] = [
  ['success', ({ known }) => known.outcome === 'ok'],
  ['error', ({ known }) => known.outcome === 'ok'],
  ['timeout', ({ known }) => known.outcome !== 'timeout'],
  ['coldStart', ({ known }) => !known.isCold],
  ['latency', ({ known }) => known.durationUs < slowMs * 1000],
  ['retry', ({ attempt, isDuplicate }) => attempt === 1 || isDuplicate],
  ['duplicate', ({ isDuplicate }) => !isDuplicate],
];
for (const [sli, isGood] of indicators)
  test(`a day: the indicator ${sli} of every function and version counts what happened`, async () => {
    for (const [groupBy, keyOf] of [
      ['function', nameOf],
      ['team', ({ invocation }: KnownAttempt) => invocation.function.team],
      ['function,version', (one: DayRun) => `${nameOf(one)},${one.invocation.version}`],
    ] as const) {
      const { series } = await ask('sli', SliAnswer, {
        sli,
        groupBy,
        ...(sli === 'latency' ? { thresholdMs: String(slowMs) } : {}),
      });
      const told = new Map(
        series.map(({ labels, summary: { good, total } }) => [
          groupBy
            .split(',')
            .map((name) => labels[name])
            .join(','),
          { good, total },
        ]),
      );
      const expected = new Map(
        [...grouped(runs, keyOf)].map(([key, own]): [string, Expected] => {
          const unsure = sli === 'latency' ? quickOf(own, slowMs).unsure : 0;
          return [key, { good: own.filter(isGood).length, total: own.length, unsure }];
        }),
      );
      assert.deepEqual(miscounted(told, expected), [], groupBy);
    }
  });

test('a day: the series of an indicator add up to its window, hour by hour', async () => {
  const { series } = await ask('sli', SliAnswer, { sli: 'success', step: '1h' });
  const [all] = series;
  const hours = grouped(runs, ({ known }) => String(Math.floor(known.startUs / 3.6e9)));
  const told = new Map(
    (all?.points ?? []).map(({ at, good, total }) => [String(Date.parse(at) / 3_600_000), { good, total }]),
  );
  const expected = new Map(
    [...hours].map(([hour, own]): [string, Counted] => [
      hour,
      { good: own.filter(({ known }) => known.outcome === 'ok').length, total: own.length },
    ]),
  );
  assert.deepEqual(differing(told, expected), []);
});

test('a day: queues of dead letters are as deep as events were given up', async () => {
  const { queues } = await ask('queues', QueueList, { limit: '1000' });
  const told = new Map(
    queues.filter(({ isDeadLetter }) => isDeadLetter).map(({ queue, depthMax }) => [queue, depthMax]),
  );
  const deepest = new Map<string, number>();
  const minutes = new Map<string, number>();
  for (const { function: demoFunction, minute, deadLetterDepth } of day.counts) {
    if (demoFunction.trigger !== 'queue') continue;
    const queue = `${demoFunction.name}-dlq`;
    const depth = (minutes.get(`${queue} ${minute}`) ?? 0) + deadLetterDepth;
    minutes.set(`${queue} ${minute}`, depth);
    deepest.set(queue, Math.max(deepest.get(queue) ?? 0, depth));
  }
  assert.deepEqual(differing(told, deepest), []);
  assert.ok([...deepest.values()].some((depth) => depth > 3));
});

for (const [groupBy, labelOf] of [
  ['function', nameOf],
  ['team', ({ invocation }: KnownAttempt) => invocation.function.team],
  ['customer', customerTold],
] as const)
  test(`a day: the cost of every ${groupBy} is that of its runs, to the last digit, and the rows are the total`, async () => {
    const costs = costBy(around, labelOf, isInDay);
    const { rows, totalUsd } = await ask('cost', CostAnswer, { groupBy, basis: 'list' });
    const told = new Map(rows.map(({ labels, costUsd }) => [labels[groupBy] ?? '', decimal(costUsd)]));
    assert.deepEqual(differing(printedCosts(told), printedCosts(costs)), []);
    const sum = (of: ReadonlyMap<string, typeof zero>) => [...of.values()].reduce(add, zero);
    assert.equal(decimalText(sum(told), 9), decimalText(decimal(totalUsd), 9));
    assert.equal(decimalText(sum(costs), 9), decimalText(decimal(totalUsd), 9));
  });

test('a day: the budget of every objective is what happened to it', async () => {
  const { warehouse } = day;
  const ledger = await tempDir();
  try {
    await putObjectives(warehouse, defaultTenant, new Date());
    await tickUntilFilled(ledgerUnderTest(warehouse, ledger.path));
    const { slos } = await readSloDirectory(objectivesDirectory);
    // Of a period longer than the day everything counts, also what began around it.
    const told = new Map<string, Counted>();
    const expected = new Map<string, Expected>();
    for (const { definition } of slos) {
      const functions = [definition.where.function ?? []].flat();
      const scopes = definition.per === undefined ? [functions] : functions.map((name) => [name]);
      for (const scope of scopes) {
        const counted = countedBy(definition, scope, around);
        if (counted === null) continue;
        const key = `${definition.id} ${scope.join(' ')}`;
        expected.set(key, counted);
        const query = definition.per === undefined ? '' : `?scope=${scope.join('')}`;
        const response = await fetch(`${day.app.url}/api/v1/slos/${definition.id}/budget${query}`);
        const text = await response.text();
        assert.equal(response.status, 200, text);
        const { good, total } = BudgetAnswer.parse(JSON.parse(text));
        told.set(key, { good, total });
      }
    }
    assert.ok(expected.size > 20, `${expected.size}`);
    assert.deepEqual(miscounted(told, expected), []);
  } finally {
    await ledger.remove();
  }
});
