import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cycleOf } from '../../../../query/cost/analysis/cycle.js';
import { findAnomalies, usualRule } from '../../../../query/cost/analysis/find-anomalies.js';
import { findWaste } from '../../../../query/cost/analysis/find-waste.js';
import { forecast } from '../../../../query/cost/analysis/forecast.js';
import { printChanges } from '../../../../query/cost/analysis/print-changes.js';
import { rightsize } from '../../../../query/cost/analysis/rightsize.js';
import { type Effect, effects, splitChange } from '../../../../query/cost/analysis/split-change.js';
import { compare, decimal, rational, subtract, sum } from '../../../../query/cost/exact/rational.js';
import type { Cell } from '../../../../query/cost/store/read-cells.js';
import { cell, priced } from './cells.js';

const arbitraryCell = fc.record({
  version: fc.constantFrom('1', '2'),
  region: fc.constantFrom('us-east-1', 'eu-south-1', 'nowhere'),
  arch: fc.constantFrom('x86_64', 'arm64', ''),
  billing: fc.constantFrom('aws-lambda', 'aws-lambda-provisioned', 'cloudflare', 'gcp-run', ''),
  memory_mb: fc.constantFrom(0, 128, 1024, 3000),
  cold: fc.boolean(),
  outcome: fc.constantFrom('ok', 'error', 'timeout', 'oom'),
  weight: fc.constantFrom(1, 10, 2.5),
  runs: fc.bigInt(1n, 1_000_000n),
  ms: fc.bigInt(0n, 10_000_000_000n),
  cpu: fc.bigInt(0n, 1_000_000_000n),
  retries: fc.constantFrom(0n, 1n),
  init_ns: fc.bigInt(0n, 1_000_000_000n),
  used_max_bytes: fc.integer({ min: 0, max: 2 ** 31 }),
});
const cells = fc.array(arbitraryCell, { maxLength: 8 });

test('change: effects add up to the change exactly, whatever changed, and so do printed rows and columns', () => {
  fc.assert(
    fc.property(cells, cells, cells, (before, after, other) => {
      const groups = [
        { labels: { a: '1' }, change: splitChange(priced(...before), priced(...after), priced(...after)) },
        { labels: { a: '2' }, change: splitChange(priced(...after), priced(...other), priced(...other)) },
      ];
      for (const { change } of groups) {
        const split = sum(effects.map((effect) => change[effect]));
        assert.equal(compare(split, subtract(change.after, change.before)), 0);
      }
      const { rows, total } = printChanges(groups);
      const add = (texts: string[]) => sum(texts.map(decimal));
      for (const row of [...rows, total])
        assert.equal(compare(add(Object.values(row.effects)), decimal(row.changeUsd)), 0);
      assert.equal(compare(add(rows.map(({ changeUsd }) => changeUsd)), decimal(total.changeUsd)), 0);
    }),
  );
});

const causes: { cause: Effect; before: Partial<Cell>[]; after: Partial<Cell>[] }[] = [
  { cause: 'volume', before: [{ runs: 1000n }], after: [{ runs: 3000n }] },
  { cause: 'retry', before: [{ runs: 1000n }], after: [{ runs: 2000n, retries: 1000n }] },
  { cause: 'duration', before: [{ ms: 100_000n }], after: [{ ms: 250_000n }] },
  { cause: 'memory', before: [{ memory_mb: 512 }], after: [{ memory_mb: 2048 }] },
  { cause: 'mix', before: [{ arch: 'x86_64' }], after: [{ arch: 'arm64' }] },
  {
    cause: 'coldStart',
    before: [{ runs: 1000n, ms: 100_000n }],
    after: [
      { runs: 900n, ms: 90_000n },
      { runs: 100n, ms: 110_000n, cold: true },
    ],
  },
];
for (const { cause, before, after } of causes) {
  test(`change: one cause alone is found alone: ${cause}`, () => {
    const change = splitChange(priced(...before), priced(...after), priced(...after));
    for (const effect of effects) assert.equal(change[effect].n !== 0n, effect === cause, effect);
  });
}

test('change: other prices for the same usage are the rate, and what is new or gone is volume', () => {
  const same = priced({});
  const dearer = same.map((one) => ({
    ...one,
    usage: sum([one.usage, one.usage]),
    cost: sum([one.cost, one.usage]),
  }));
  const change = splitChange(same, dearer, same);
  for (const effect of effects) assert.equal(change[effect].n !== 0n, effect === 'rate', effect);
  assert.equal(compare(splitChange([], same, same).volume, sum(same.map(({ cost }) => cost))), 0);
});

test('waste: each kind is found with its money, and a healthy function has none', () => {
  const of = { function: 'f', environment: 'production', team: 'checkout' };
  assert.deepEqual(findWaste(of, priced({ used_max_bytes: 900 * 2 ** 20 }), null).items, []);
  const row = findWaste(
    of,
    priced(
      { used_max_bytes: 100 * 2 ** 20 },
      { runs: 100n, ms: 3_000_000n, outcome: 'timeout' },
      { runs: 10n, outcome: 'error' },
      { runs: 50n, ms: 40_000n, cold: true, init_ns: 30_000_000_000n },
      { runs: 100n, retries: 60n, duplicates: 10n },
    ),
    null,
  );
  assert.deepEqual(row.items.map(({ kind }) => kind).sort(), [
    'coldStarts',
    'duplicates',
    'failures',
    'overMemory',
    'retries',
    'timeouts',
  ]);
  // 100 runs of 30 s at 1 GB: 3000 GB-s and 100 requests.
  assert.equal(row.items.find(({ kind }) => kind === 'timeouts')?.costUsd, '0.0500201');
  const idle = findWaste(of, priced({ billing: 'aws-lambda-provisioned', ms: 250_000n }), {
    cost: decimal('10'),
    gbS: rational(1000n),
  });
  const found = idle.items.find(({ kind }) => kind === 'idleProvisioned');
  assert.deepEqual([found?.costUsd, found?.busyRatio, found?.breakEvenRatio], ['7.5', 0.25, 0.6]);
});

const of = { function: 'f', environment: 'production', team: '' };
const used = (mb: number) => mb * 2 ** 20;
const sizes = [
  { name: 'one size is no evidence', cells: [{ memory_mb: 1024 }], verdict: 'no evidence', memoryMb: null },
  {
    name: 'too few runs elsewhere are no evidence',
    cells: [{ memory_mb: 1024 }, { memory_mb: 512, runs: 99n, used_max_bytes: used(100) }],
    verdict: 'no evidence',
    memoryMb: null,
  },
  {
    name: 'a smaller size that was as good and cheaper is recommended',
    cells: [
      { memory_mb: 1024, used_max_bytes: used(100) },
      { memory_mb: 512, version: '2', runs: 500n, ms: 60_000n, used_max_bytes: used(100) },
    ],
    verdict: 'change',
    memoryMb: 512,
  },
  {
    name: 'a larger size that was faster and so cheaper is recommended',
    cells: [
      { memory_mb: 512, ms: 400_000n, used_max_bytes: used(100) },
      { memory_mb: 1024, version: '2', runs: 500n, ms: 50_000n, used_max_bytes: used(100) },
    ],
    verdict: 'change',
    memoryMb: 1024,
  },
  {
    name: 'a size that ran out of memory is refused',
    cells: [
      { memory_mb: 1024, used_max_bytes: used(100) },
      { memory_mb: 128, version: '2', runs: 500n, used_max_bytes: used(60) },
      { memory_mb: 128, version: '2', runs: 1n, outcome: 'oom' },
    ],
    verdict: 'keep',
    memoryMb: null,
  },
  {
    name: 'a size without headroom is refused',
    cells: [
      { memory_mb: 1024, used_max_bytes: used(500) },
      { memory_mb: 512, version: '2', runs: 500n, used_max_bytes: used(300) },
    ],
    verdict: 'keep',
    memoryMb: null,
  },
  {
    name: 'a size that succeeded less often is refused',
    cells: [
      { memory_mb: 1024, used_max_bytes: used(100) },
      { memory_mb: 512, version: '2', runs: 500n, used_max_bytes: used(100) },
      { memory_mb: 512, version: '2', runs: 5n, outcome: 'error' },
    ],
    verdict: 'keep',
    memoryMb: null,
  },
] as const;
for (const { name, cells: ran, verdict, memoryMb } of sizes) {
  test(`rightsizing: ${name}`, () => {
    const row = rightsize(of, priced(...ran));
    assert.deepEqual([row.verdict, row.memoryMb], [verdict, memoryMb]);
    assert.equal(row.savingUsd !== null, verdict === 'change');
  });
}

const days = (costs: readonly number[]) =>
  costs.map((cost, index) => ({
    day: new Date(Date.UTC(2026, 8, 1 + index)).toISOString().slice(0, 10),
    cost: rational(BigInt(cost)),
  }));

test('forecast: a steady week repeats itself, with no error on the past', () => {
  const week = [10, 20, 30, 40, 50, 5, 5];
  const made = forecast(days(Array.from({ length: 28 }, (_, index) => week[index % 7] ?? 0)), 7);
  assert.deepEqual(
    made?.days,
    days(week).map(({ cost }) => cost),
  );
  assert.ok((made?.spread?.meanErrorRatio ?? 1) < 0.2);
  assert.ok((made?.spread?.forecasts ?? 0) > 5);
});

test('forecast: nothing is made up without history, and a short one has no interval', () => {
  assert.equal(forecast([], 5), null);
  const short = forecast(days([3, 3, 3]), 2);
  assert.deepEqual(short, { days: [rational(3n), rational(3n)], spread: null });
});

test('forecast: the interval holds the forecast', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 60 }), (costs) => {
      const made = forecast(days(costs), 10);
      if (made?.spread == null) return;
      assert.ok(made.spread.low <= 1 && made.spread.high >= 1 && made.spread.low >= 0);
    }),
  );
});

const cycles = [
  { at: '2026-11-28T23:59:59Z', day: 1, from: '2026-11-01', to: '2026-12-01' },
  { at: '2026-11-14T00:00:00Z', day: 15, from: '2026-10-15', to: '2026-11-15' },
  { at: '2027-01-01T00:00:00Z', day: 28, from: '2026-12-28', to: '2027-01-28' },
];
for (const { at, day, from, to } of cycles) {
  test(`cycle of day ${day} at ${at}`, () => {
    const cycle = cycleOf(new Date(at), day);
    assert.deepEqual([cycle.from, cycle.to], [new Date(from), new Date(to)]);
  });
}

test('anomaly: a runaway retry loop is found within a quarter of an hour, and named', () => {
  const lengths = { windowMs: 900_000, baselineMs: 86_400_000 };
  const day = priced({ runs: 96_000n });
  const loop = priced({ runs: 1_000_000n, retries: 999_000n });
  const [found, ...others] = findAnomalies(loop, day, lengths, usualRule);
  assert.deepEqual(others, []);
  assert.equal(found?.cause, 'retries and repeated deliveries');
  assert.equal(
    compare(sum(Object.values(found?.effects ?? {}).map(decimal)), decimal(found?.excessUsd ?? '0')),
    0,
  );
  assert.deepEqual(findAnomalies(priced({ runs: 1000n }), day, lengths, usualRule), []);
  // Twenty times as much, but of nearly nothing.
  assert.deepEqual(findAnomalies(priced({ runs: 20n }), priced({ runs: 96n }), lengths, usualRule), []);
});

test('cell: what a test leaves out is one plain run', () => {
  assert.equal(cell({}).mb_ms, 102_400_000n);
});
