import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  criticalFigures,
  growthText,
  impactRows,
  pointsText,
  teamRows,
} from '../../../../dashboards/web/view/executive/impact-rows.js';
import { layoutMap } from '../../../../dashboards/web/view/map/map-layout.js';
import {
  afterLabel,
  badness,
  knownFunctions,
  linkPath,
  mapBox,
  mapLabel,
  type mapSizes,
  placeOf,
  radii,
} from '../../../../dashboards/web/view/map/map-shapes.js';
import { failingChart } from '../../../../dashboards/web/view/oncall/failing-chart.js';
import { warningsOf } from '../../../../dashboards/web/view/oncall/warnings.js';
import type { DependencyList } from '../../../../schemas/dependencies.js';
import type { FunctionSummary } from '../../../../schemas/functions.js';
import { sampleSummary } from '../../../support/sample-summary.js';

const point = (minute: number, good: number, total: number) => ({
  at: new Date(minute * 60_000).toISOString(),
  good,
  total,
  value: total === 0 ? null : good / total,
});
const summary = { good: 0, total: 0, value: null, coldBad: null, coldBadRatio: null };

test('failures are stacked by function, the worst first, and the many small ones together', () => {
  const series = Array.from({ length: 10 }, (_, index) => ({
    labels: { function: `f${index}` },
    summary,
    compared: null,
    points: [point(0, 100 - index, 100), point(1, 100, 100)],
  }));
  const chart = failingChart({ from: new Date(0).toISOString(), stepMs: 60_000, series }, []);
  assert.deepEqual(
    chart.series.map(({ label, values }) => [label, values[0]]),
    [...[9, 8, 7, 6, 5, 4, 3].map((bad) => [`f${bad}`, bad]), ['2 others', 3]],
  );
  assert.equal(chart.steps, 2);
});

const row = (name: string, part: Partial<FunctionSummary>): FunctionSummary => ({
  ...sampleSummary({ function: name }),
  environment: 'prod',
  throttles: null,
  coverageRatio: null,
  ...part,
});

test('warnings: dead letters before throttles before missing telemetry, each function once', () => {
  const queue = {
    queue: 'orders-dlq',
    environment: 'prod',
    system: '',
    depth: 40,
    depthMax: 40,
    inFlight: null,
    oldestAgeMs: null,
    oldestAgeMaxMs: null,
    growthPerMinute: 0.5,
    arrivals: null,
    sent: null,
    taken: null,
    failed: null,
    isDeadLetter: true,
    deadLetterOf: 'orders',
    deadLetterQueue: null,
    function: 'fulfil',
    samples: [],
    series: [],
  };
  const functions = [
    row('a', { throttles: 3, throttleRatio: 0.03, coverageRatio: 0.9 }),
    row('a', { region: 'other', throttles: 3, throttleRatio: 0.03, coverageRatio: 0.9 }),
    row('calm', { throttles: 0, coverageRatio: 1 }),
  ];
  const found = warningsOf(functions, [queue, { ...queue, queue: 'empty', depth: 0 }]);
  assert.deepEqual(
    found.map(({ kind, name }) => [kind, name]),
    [
      ['dead-letter', 'orders-dlq'],
      ['throttled', 'a'],
      ['coverage', 'a'],
    ],
  );
  assert.equal(found[0]?.says, '40 messages given up of orders, growing by 30 an hour');
});

test('what failures cost is told with the success of each function, in the order it is answered', () => {
  const functions = [
    row('a', { bad: 4, invocations: 20, region: 'x' }),
    row('b', { bad: 2, invocations: 40 }),
    row('b', { bad: 10, invocations: 60, region: 'y' }),
  ];
  const lost = (name: string, atStakeUsd: string | null, team = 'payments') => ({
    function: name,
    environment: 'prod',
    team,
    lost: 3,
    told: 0,
    usdPerRun: null,
    atStakeUsd,
  });
  assert.deepEqual(
    impactRows([lost('b', '9'), lost('a', '3'), lost('gone', null)], functions, 3).map((one) => [
      one.function,
      one.atStakeUsd,
      one.successRatio,
    ]),
    [
      ['b', '9', 0.88],
      ['a', '3', 0.8],
      ['gone', null, null],
    ],
  );
});

test('critical functions are told by what went well and by what was served at all', () => {
  const outcomes = { ok: 90, error: 6, timeout: 2, oom: 1, throttled: 1, rejected: 0 };
  const functions = [
    row('pay', { bad: 10, invocations: 100, outcomes, isCritical: true }),
    row('pay', { bad: 0, invocations: 100, region: 'y', isCritical: true }),
    row('report', { bad: 50, invocations: 50 }),
  ];
  assert.deepEqual(criticalFigures(functions), { count: 1, successRatio: 0.95, availabilityRatio: 0.98 });
  assert.deepEqual(criticalFigures([row('report', {})]), {
    count: 0,
    successRatio: null,
    availabilityRatio: null,
  });
});

test('teams are told by what they run, the least reliable first', () => {
  const functions = [
    row('a', { team: 'x', bad: 1, invocations: 10 }),
    row('b', { team: 'y', bad: 5, invocations: 10 }),
    row('c', { team: 'x', bad: 0, invocations: 10 }),
  ];
  assert.deepEqual(
    teamRows(functions).map(({ team, successRatio }) => [team, successRatio]),
    [
      ['y', 0.5],
      ['x', 0.95],
    ],
  );
});

test('a change is told against what was, and not at all when nothing was', () => {
  assert.equal(pointsText(0.9986, 0.999), 'down 0.04 points');
  assert.equal(pointsText(0.9, 0.9), 'as in the time before');
  assert.equal(pointsText(0.9, null), null);
  assert.equal(growthText(112, 100), 'up 12 %');
  assert.equal(growthText(5, 0), null);
});

type Edge = DependencyList['edges'][number];
const edge = (name: string, peer: string, part: Partial<Edge> = {}): Edge => ({
  function: name,
  environment: 'prod',
  direction: 'out',
  peerKind: 'database',
  peer,
  operation: '',
  calls: 10,
  perSecond: 1,
  errors: 0,
  errorRatio: 0,
  retries: 0,
  meanMs: 1,
  p50Ms: 1,
  p95Ms: 1,
  p99Ms: 1,
  ...part,
});

test('callers stand left of what they call, and nobody stands on another', () => {
  const names = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const edges = fc.array(
    fc.record({ from: names, to: names }).map(({ from, to }) => edge(from, to, { peerKind: 'function' })),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(edges, (all) => {
      const layout = layoutMap({ edges: all, flows: [] }, 50);
      const places = layout.nodes.map(({ column, row: at }) => `${column} ${at}`);
      if (new Set(places).size !== places.length) return false;
      const box = mapBox(layout);
      return layout.nodes.every((node) => {
        const { x, y } = placeOf(node, layout, box);
        return x >= 0 && y >= 0 && x <= box.width && y <= box.height;
      });
    }),
  );
  const chain = layoutMap(
    {
      edges: [
        edge('a', 'b', { peerKind: 'function' }),
        edge('b', 'orders'),
        edge('a', 'jobs', { direction: 'in', peerKind: 'queue' }),
      ],
      flows: [],
    },
    50,
  );
  const columns = Object.fromEntries(chain.nodes.map(({ name, column }) => [name, column]));
  assert.deepEqual(columns, { jobs: 0, a: 1, b: 2, orders: 3 });
});

test('the busiest are drawn when there are too many, and it is told how many are not', () => {
  const edges = Array.from({ length: 30 }, (_, index) =>
    edge(`f${index}`, `peer-${index}`, { calls: index + 1 }),
  );
  const { nodes, leftOut } = layoutMap({ edges, flows: [] }, 10);
  assert.equal(nodes.length, 10);
  assert.equal(leftOut, 50);
  assert.equal(nodes[0]?.name, 'peer-29');
});

test('sizes go with what is asked for', () => {
  const layout = layoutMap({ edges: [edge('a', 'x'), edge('b', 'x')], flows: [] }, 9);
  const known = knownFunctions([
    row('a', { invocations: 400, bad: 1, p95Ms: 5, costUsd: '0.02' }),
    row('b', { invocations: 100, bad: 9, p95Ms: 500, costUsd: '3' }),
  ]);
  const size = (kind: (typeof mapSizes)[number], name: string) =>
    radii(layout, known, kind, new Map([['a', 0.9]])).get(`function prod ${name}`) ?? 0;
  assert.ok(size('invocations', 'a') > size('invocations', 'b'));
  assert.ok(size('errors', 'a') < size('errors', 'b'));
  assert.ok(size('duration', 'a') < size('duration', 'b'));
  assert.ok(size('cost', 'a') < size('cost', 'b'));
  assert.ok(size('budget', 'a') > size('budget', 'b'));
  assert.deepEqual(
    [badness(0, 10), badness(1, 1000), badness(2, 100), badness(1, 2), badness(0, 0)],
    [0, 1, 2, 3, 0],
  );
});

test('links of the map leave behind the label, which is cut when it is long', () => {
  assert.equal(mapLabel('pay'), 'pay');
  assert.equal(mapLabel('x'.repeat(60)).length, 24);
  const start = afterLabel({ x: 10, y: 5 }, 6, 'pay');
  assert.ok(start.x > 10 + 6 && start.y === 5);
  assert.match(linkPath(start, { x: 300, y: 50 }), /^M49\.0 5\.0C/);
});
