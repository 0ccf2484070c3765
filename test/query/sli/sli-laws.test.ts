import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { answerSli, type SliAsked } from '../../../query/sli/answer-sli.js';
import { everything } from '../../../query/sli/dimensions.js';
import { defaultTenant } from '../../../schemas/access.js';
import type { SliName } from '../../../schemas/sli.js';
import type { TenantWarehouse, Warehouse } from '../../../warehouse/warehouse.js';
import { insertInvocations, type TestInvocation } from '../../support/insert-invocations.js';
import { openMigrated } from '../../support/open-migrated.js';

const hourMs = 3_600_000;
const spanMs = 5 * hourMs;
const now = new Date();
const startMs = Math.floor(now.getTime() / hourMs) * hourMs - 48 * hourMs + 123_457;

/** A generator of its own, so that every run draws the same. */
function drawer(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
const draw = drawer(7);
const rows = Array.from(
  { length: 3_000 },
  (_, index): Required<Pick<TestInvocation, 'durationMs'>> & TestInvocation => ({
    function: 'f',
    startedAt: new Date(startMs + Math.floor(draw() * spanMs)),
    durationMs: Math.floor(draw() * 600_000) / 1000,
    outcome: draw() < 0.2 ? (draw() < 0.5 ? 'error' : 'throttled') : 'ok',
    cold: draw() < 0.1,
    weight: draw() < 0.1 ? 4 : 1,
    attempt: draw() < 0.1 ? 2 : 1,
    spanId: index.toString(16).padStart(16, '0'),
  }),
);

type Shape = { name: string; of: (unit: () => number) => number };
const shapes: readonly Shape[] = [
  { name: 'skewed', of: (unit) => 5 * Math.exp(4 * unit() * unit()) },
  { name: 'bimodal', of: (unit) => (unit() < 0.7 ? 8 + unit() : 2_500 + 900 * unit()) },
  { name: 'far-apart', of: (unit) => 10 ** (-1 + 6 * unit()) },
];
const sizes = [1, 2, 3, 19, 20, 100, 511, 2_000];

let warehouse: Warehouse;
let close: () => Promise<void>;
let door: TenantWarehouse;
const samples = new Map<string, number[]>();

before(async () => {
  ({ warehouse, close } = await openMigrated());
  door = warehouse.forTenant(defaultTenant);
  await insertInvocations(warehouse, rows);
  const unit = drawer(11);
  for (const { name, of } of shapes)
    for (const size of sizes) {
      const key = `${name}-${size}`;
      samples.set(
        key,
        Array.from({ length: size }, () => Math.round(of(unit) * 1000) / 1000),
      );
    }
  await insertInvocations(
    warehouse,
    [...samples].flatMap(([key, durations]) =>
      durations.map((durationMs, index) => ({
        function: key,
        startedAt: new Date(startMs + Math.floor((index / durations.length) * spanMs)),
        durationMs,
      })),
    ),
  );
});
after(async () => {
  await close();
});

async function ask(sli: SliName, from: number, to: number, more: Partial<SliAsked> = {}) {
  const asked: SliAsked = {
    ...{
      ...everything,
      function: 'f',
      sli,
      from: new Date(from),
      to: new Date(to),
      stepMs: null,
      compare: null,
    },
    ...{ groupBy: [], cold: null, thresholdMs: 131.072, quantiles: [], limit: 1e9, belowRatio: 0.8 },
    ...{ sliceMs: 300_000, atLeastRatio: 0.9, queues: { metrics: [], deadLetter: [] }, costs: null, ...more },
  };
  return (await answerSli(door, asked, now)).series;
}

async function one(sli: SliName, from: number, to: number, cold: boolean | null) {
  const [series] = await ask(sli, from, to, { cold });
  return series ?? assert.fail('there is no series');
}

const outside = 1_000_000;
const instants = fc
  .uniqueArray(fc.integer({ min: startMs - outside, max: startMs + spanMs + outside }), {
    minLength: 3,
    maxLength: 3,
  })
  .map((three) => three.sort((one, other) => one - other) as [number, number, number]);

const ran = ({ outcome }: TestInvocation) => outcome !== 'throttled';
const all = () => true;
const laws: readonly [
  SliName,
  counts: (row: TestInvocation) => boolean,
  good: (row: TestInvocation) => boolean,
][] = [
  ['success', all, ({ outcome }) => outcome === 'ok'],
  ['error', ran, ({ outcome }) => outcome === 'ok'],
  ['coldStart', ran, ({ cold }) => cold !== true],
  ['retry', all, ({ attempt }) => attempt === 1],
  // The edge of a bucket, so the rollup knows it exactly.
  ['latency', ran, ({ durationMs }) => (durationMs ?? 0) < 131.072],
];

test('an indicator of any window is the sum of its parts and of its rows, however it is cut', async () => {
  const cases = fc.record({
    law: fc.constantFrom(...laws),
    window: instants,
    cold: fc.constantFrom(null, false),
  });
  await fc.assert(
    fc.asyncProperty(cases, async ({ law: [sli, counts, good], window: [from, middle, to], cold }) => {
      const weighed = (a: number, b: number) => {
        const inside = rows.filter(
          (row) =>
            +row.startedAt >= a && +row.startedAt < b && counts(row) && (cold === null || row.cold === cold),
        );
        const sum = (some: readonly TestInvocation[]) => some.reduce((n, { weight }) => n + (weight ?? 1), 0);
        return { good: sum(inside.filter(good)), total: sum(inside) };
      };
      for (const [a, b] of [
        [from, to],
        [from, middle],
        [middle, to],
      ] as const) {
        const { summary, points } = await one(sli, a, b, cold);
        assert.deepEqual({ good: summary.good, total: summary.total }, weighed(a, b), sli);
        const add = (key: 'good' | 'total') => points.reduce((n, point) => n + point[key], 0);
        assert.deepEqual({ good: add('good'), total: add('total') }, weighed(a, b), sli);
        for (const { value, total } of points) assert.equal(value === null, total === 0);
      }
    }),
    { numRuns: 6, seed: 20_261_128 },
  );
});

const quantiles = [0.5, 0.9, 0.95, 0.99, 0.999];
test('percentiles are within 1 %, and exact of fewer than twenty, whatever the durations are like', async () => {
  const asked = { function: null, groupBy: ['function'], quantiles };
  const series = await ask('latency', startMs, startMs + spanMs, asked);
  for (const [name, drawn] of samples) {
    const durations = [...drawn].sort((one, other) => one - other);
    const found = series.filter(({ labels }) => labels['function'] === name);
    assert.equal(found.length, quantiles.length);
    for (const { labels, summary, points } of found) {
      const quantile = Number(labels['quantile']);
      const exact = durations[Math.ceil(quantile * drawn.length * (1 - 1e-12)) - 1] ?? assert.fail();
      const off = Math.abs((summary.value ?? Number.NaN) - exact);
      const allowed = drawn.length < 20 ? 1e-9 * exact : Math.max(0.01 * exact, 0.001);
      assert.ok(off <= allowed, `${name}, p${quantile}: ${summary.value} is not ${exact}`);
      assert.ok(points.every(({ value, total }) => (total === 0 ? value === null : Number.isFinite(value))));
    }
  }
});
