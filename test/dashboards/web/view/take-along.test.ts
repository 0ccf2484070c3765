import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampledNotes } from '../../../../dashboards/web/view/chart/sampled-note.js';
import { cellValue } from '../../../../dashboards/web/view/chart/table-csv.js';
import { heatCsvRows } from '../../../../dashboards/web/view/debug/heat-csv.js';
import { functionCsvRows } from '../../../../dashboards/web/view/list-csv.js';
import { pressureRows } from '../../../../dashboards/web/view/oncall/pressure-rows.js';
import { waitingQueues } from '../../../../dashboards/web/view/oncall/waiting-queues.js';
import { runsOnRows } from '../../../../dashboards/web/view/runs-on-rows.js';
import type { Queue } from '../../../../schemas/queues.js';
import { sampleSummary } from '../../../support/sample-summary.js';

const cells = [
  {
    name: 'an exact count in the title goes before the short one',
    shown: '29.7 k',
    exact: '29,712',
    value: 29_712,
  },
  { name: 'dollars are a number', shown: '$0.69', exact: '$0.694431', value: 0.694431 },
  { name: 'a loss stays below zero', shown: '−$1.20', exact: '', value: -1.2 },
  {
    name: 'a title that only explains is no figure',
    shown: '99.9 %',
    exact: 'Of all failures',
    value: '99.9 %',
  },
  { name: 'what is not known is empty', shown: '—', exact: 'nothing ran', value: '' },
  { name: 'text is text, on one line', shown: ' pay\n  prod ', exact: 'pay', value: 'pay prod' },
];
for (const { name, shown, exact, value } of cells)
  test(`cellValue: ${name}`, () => assert.equal(cellValue(shown, exact), value));

test('a list is taken along with every digit, and gaps where nothing is known', () => {
  const [head = [], first = []] = functionCsvRows([sampleSummary({ function: 'pay', p99Ms: null })]);
  const of = (name: string) => first[head.indexOf(name)];
  assert.deepEqual([of('function'), of('p50 ms'), of('p99 ms'), of('throttles')], ['pay', 10, '', '']);
});

test('a heat map is taken along cell by cell, empty ones left out', () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 1, 10, minute)).toISOString();
  const map = {
    from: at(0),
    to: at(2),
    stepMs: 60_000,
    columns: [at(0), at(1)],
    rows: [1, 2],
    topMs: 4,
    counts: [
      [0, 3],
      [2, 0],
    ],
    cold: [
      [0, 1],
      [0, 0],
    ],
    count: 5,
  };
  assert.deepEqual(heatCsvRows(map).slice(1), [
    [at(0), at(1), 2, 4, 2, 1],
    [at(1), at(2), 1, 2, 2, 0],
  ]);
});

test('senders that sampled are named with how many runs stand for how many', () => {
  assert.deepEqual(sampledNotes([sampleSummary(), sampleSummary({ seen: null })]), []);
  assert.deepEqual(
    sampledNotes([sampleSummary({ invocations: 4000, seen: 400 }), sampleSummary()]).map(({ text }) => text),
    ['Sampled by its sender: 400 runs stand for 4,000'],
  );
});

test('what was throttled stands before what ran most at once, each function once', () => {
  const functions = [
    sampleSummary({ function: 'busy', concurrencyMax: 90, throttles: 0 }),
    sampleSummary({ function: 'full', concurrencyMax: 10, throttles: 3, region: 'x' }),
    sampleSummary({ function: 'full', concurrencyMax: 10, throttles: 3, region: 'y' }),
    sampleSummary({ function: 'untold' }),
  ];
  assert.deepEqual(
    pressureRows(functions, 5).map((one) => one.function),
    ['full', 'busy'],
  );
});

test('queues that hold nothing are left out; letters given up stand first', () => {
  const queue = (name: string, more: Partial<Queue>): Queue => ({
    queue: name,
    environment: '',
    system: 'aws_sqs',
    depth: 0,
    depthMax: 0,
    inFlight: null,
    oldestAgeMs: null,
    oldestAgeMaxMs: null,
    growthPerMinute: 0,
    arrivals: 0,
    sent: null,
    taken: null,
    failed: null,
    isDeadLetter: false,
    deadLetterOf: null,
    deadLetterQueue: null,
    function: null,
    samples: [],
    series: [],
    ...more,
  });
  const queues = [
    queue('empty', {}),
    queue('young', { depth: 900, oldestAgeMs: 10 }),
    queue('old', { depth: 1, oldestAgeMs: 9_000 }),
    queue('dead', { depth: 2, isDeadLetter: true }),
  ];
  assert.deepEqual(
    waitingQueues(queues).map((one) => one.queue),
    ['dead', 'old', 'young'],
  );
});

test('what a function runs on is said in words, and what is not told is said so', () => {
  const told = {
    from: '',
    to: '',
    runtimes: ['nodejs 22.1.0'],
    platforms: ['aws_lambda'],
    architectures: ['arm64'],
    triggers: [],
    memoryBytes: [512 * 2 ** 20, 1024 * 2 ** 20],
    memoryUsedMaxBytes: 300 * 2 ** 20,
  };
  assert.deepEqual(
    runsOnRows(told).map(({ text }) => text),
    ['nodejs 22.1.0', '512 MiB, 1,024 MiB, at most 300 MiB used', 'aws lambda, arm64'],
  );
  const nothing = { ...told, runtimes: [], memoryBytes: [], memoryUsedMaxBytes: null };
  assert.deepEqual(
    runsOnRows(nothing)
      .slice(0, 2)
      .map(({ text }) => text),
    ['not told', 'not told'],
  );
});
