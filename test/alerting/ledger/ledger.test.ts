import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { insertInvocations, type TestInvocation } from '../../support/insert-invocations.js';
import { openMigrated } from '../../support/open-migrated.js';
import { tempDir } from '../../support/temp-dir.js';
import { ledgerSums, ledgerUnderTest, putSlo, tickUntilFilled } from './ledger-harness.js';

let opened: Awaited<ReturnType<typeof openMigrated>> | null = null;
let directory: Awaited<ReturnType<typeof tempDir>> | null = null;
before(async () => {
  opened = await openMigrated();
  directory = await tempDir();
});
after(async () => {
  await opened?.close();
  await directory?.remove();
});

function world() {
  assert.ok(opened !== null && directory !== null);
  return { warehouse: opened.warehouse, path: directory.path };
}

const minuteMs = 60_000;
const dayMs = 86_400_000;
const startMs = Math.floor(Date.now() / minuteMs) * minuteMs - 3 * dayMs;

const slos = [
  { id: 'all', title: 'All', sli: { kind: 'success' }, objective: '99%' },
  {
    id: 'each',
    title: 'Each',
    per: 'function',
    where: { function: ['f*'] },
    sli: { kind: 'success', coldStarts: 'excluded' },
    objective: '99%',
  },
  // 256 ms is the edge of a bucket, so the rollup knows the share exactly.
  {
    id: 'fast',
    title: 'Fast',
    where: { function: 'f1' },
    sli: { kind: 'latency', under: '131072ms', failed: 'ignored' },
    objective: '95%',
  },
  {
    id: 'slices',
    title: 'Slices',
    sli: { kind: 'time-slice', slice: '5m', atLeast: '50%', of: { kind: 'success' } },
    objective: '99%',
  },
  // Told by single runs alone.
  {
    id: 'gold',
    title: 'Gold',
    where: { tags: { tier: 'gold*' } },
    sli: { kind: 'success' },
    objective: '99%',
  },
  {
    id: 'custom',
    title: 'Custom',
    per: 'function',
    sli: {
      kind: 'custom',
      good: 'outcome == "ok" and durationMs < 150s',
      total: 'not cold and (tags["tier"] exists or function == "g")',
    },
    objective: '99%',
  },
  // Three times what all have, and once what each has, added up; 'missing' counts as nothing.
  {
    id: 'both',
    title: 'Both',
    sli: {
      kind: 'composite',
      of: [{ slo: 'all', weight: 3 }, { slo: 'each' }, { slo: 'gold', weight: 2 }, { slo: 'missing' }],
    },
    objective: '99%',
  },
];

type Run = Required<
  Pick<TestInvocation, 'function' | 'startedAt' | 'outcome' | 'cold' | 'spanId' | 'durationMs' | 'tags'>
>;

const run = fc.record({
  function: fc.constantFrom('f1', 'f2', 'g'),
  minute: fc.constantFrom(0, 1, 2, 7, 61, 1440, 2 * 1440 + 3),
  outcome: fc.constantFrom('ok', 'error', 'throttled'),
  cold: fc.boolean(),
  durationMs: fc.constantFrom(3, 131_071, 131_072, 200_000),
  tags: fc.constantFrom({}, { tier: 'gold' }, { tier: 'golden' }, { tier: 'tin' }),
});
/** What happens: runs arrive, the ledger looks, it starts anew, a run turns out to have failed. */
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('arrive'),
      runs: fc.array(run, { minLength: 1, maxLength: 5 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('tick') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart') }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('correct'), which: fc.nat() }) },
);

/** The same question asked of the runs themselves. */
function fromRuns(runs: readonly Run[]) {
  const found: { slo: string; scope: string; good: number; total: number }[] = [];
  const add = (slo: string, scope: string, some: readonly Run[], isGood: (one: Run) => boolean) => {
    if (some.length > 0) found.push({ slo, scope, good: some.filter(isGood).length, total: some.length });
  };
  const ok = (one: Run) => one.outcome === 'ok';
  add('all', '', runs, ok);
  for (const name of ['f1', 'f2'])
    add(
      'each',
      name,
      runs.filter((one) => one.function === name && !one.cold),
      ok,
    );
  add(
    'fast',
    '',
    runs.filter((one) => one.function === 'f1' && ok(one)),
    (one) => one.durationMs < 131_072,
  );
  const sliceOf = (one: Run) => Math.floor(one.startedAt.getTime() / (5 * minuteMs));
  const slices = new Map(
    runs.map((one) => [sliceOf(one), runs.filter((other) => sliceOf(other) === sliceOf(one))]),
  );
  const good = [...slices.values()].filter((some) => some.filter(ok).length * 2 >= some.length).length;
  if (slices.size > 0) found.push({ slo: 'slices', scope: '', good, total: slices.size });
  const tierOf = ({ tags }: Run): string => (tags as { tier?: string }).tier ?? '';
  const isGold = (one: Run) => tierOf(one).startsWith('gold');
  add('gold', '', runs.filter(isGold), ok);
  for (const name of ['f1', 'f2', 'g'])
    add(
      'custom',
      name,
      runs.filter((one) => one.function === name && !one.cold && (tierOf(one) !== '' || name === 'g')),
      (one) => ok(one) && one.durationMs < 150_000,
    );
  const weighed = [
    ...found.filter(({ slo }) => slo === 'all').map((one) => ({ ...one, weight: 3 })),
    ...found.filter(({ slo }) => slo === 'each').map((one) => ({ ...one, weight: 1 })),
    ...found.filter(({ slo }) => slo === 'gold').map((one) => ({ ...one, weight: 2 })),
  ];
  if (weighed.length > 0)
    found.push({
      slo: 'both',
      scope: '',
      good: weighed.reduce((so, one) => so + one.weight * one.good, 0),
      total: weighed.reduce((so, one) => so + one.weight * one.total, 0),
    });
  return found.sort((one, other) =>
    one.slo === other.slo ? (one.scope < other.scope ? -1 : 1) : one.slo < other.slo ? -1 : 1,
  );
}

test('after any arrivals, corrections and restarts the ledger is what the runs themselves say', async () => {
  const { warehouse, path } = world();
  let times = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 9 }), async (steps) => {
      const tenant = `law-${times++}`;
      for (const slo of slos) await putSlo(warehouse, tenant, slo);
      let job = ledgerUnderTest(warehouse, path);
      const runs: Run[] = [];
      for (const one of steps) {
        if (one.kind === 'restart') job = ledgerUnderTest(warehouse, path);
        if (one.kind === 'tick') await job.tick(new AbortController().signal);
        if ('runs' in one) {
          const arrived = one.runs.map(
            ({ minute, ...rest }, index): Run => ({
              ...rest,
              startedAt: new Date(startMs + minute * minuteMs),
              spanId: (runs.length + index).toString(16).padStart(16, '0'),
            }),
          );
          await insertInvocations(
            warehouse,
            arrived.map((each) => ({ ...each, tenant })),
          );
          runs.push(...arrived);
        }
        if ('which' in one && runs.length > 0) {
          const index = one.which % runs.length;
          const was = runs[index];
          if (was === undefined || was.outcome !== 'ok') continue;
          const is: Run = { ...was, outcome: 'error' };
          await insertInvocations(warehouse, [
            { ...was, tenant, sign: -1 },
            { ...is, tenant, revision: 1 },
          ]);
          runs[index] = is;
        }
      }
      await tickUntilFilled(job);
      assert.deepEqual(await ledgerSums(warehouse, tenant), fromRuns(runs));
    }),
    { numRuns: 3, seed: 20_261_120 },
  );
});

test('an objective made later has the whole history, and so does one whose indicator changes', async () => {
  const { warehouse, path } = world();
  const tenant = 'history';
  const days = [0, 1, 40].map((back) => new Date(Date.now() - back * dayMs - 3 * 3_600_000));
  // Rows older than 30 days are gone; their sums are not.
  await insertInvocations(
    warehouse,
    days.map((startedAt) => ({ tenant, function: 'f1', startedAt })),
  );
  const job = ledgerUnderTest(warehouse, path);
  await job.tick(new AbortController().signal);
  await putSlo(warehouse, tenant, { id: 'late', title: 'Late', sli: { kind: 'success' }, objective: '99%' });
  await tickUntilFilled(job);
  assert.deepEqual(await ledgerSums(warehouse, tenant), [{ slo: 'late', scope: '', good: 3, total: 3 }]);
  await putSlo(
    warehouse,
    tenant,
    { id: 'late', title: 'Late', per: 'function', sli: { kind: 'success' }, objective: '99%' },
    2,
  );
  await tickUntilFilled(job);
  const scoped = (await ledgerSums(warehouse, tenant)).find(({ scope }) => scope === 'f1');
  assert.deepEqual(scoped, { slo: 'late', scope: 'f1', good: 3, total: 3 });
});

for (const { unit, table, column, agoMs, apartMinutes } of [
  { unit: 'hours', table: 'slo_ledger_1h', column: 'hour', agoMs: 5 * 3_600_000, apartMinutes: 60 },
  { unit: 'days', table: 'slo_ledger_1d', column: 'day', agoMs: 3 * dayMs, apartMinutes: 1440 },
]) {
  test(`${unit} of the ledger are the sums of their minutes, of late ones too`, async () => {
    const { warehouse, path } = world();
    const unitMs = apartMinutes * minuteMs;
    await putSlo(warehouse, unit, { id: 'h', title: 'H', sli: { kind: 'success' }, objective: '99%' });
    const job = ledgerUnderTest(warehouse, path);
    await tickUntilFilled(job);
    const at = (minutes: number) =>
      new Date(Math.floor(Date.now() / unitMs) * unitMs - agoMs + minutes * minuteMs);
    const runs = [0, 1, 59, apartMinutes].map((minutes) => ({
      tenant: unit,
      function: 'f',
      startedAt: at(minutes),
    }));
    await insertInvocations(warehouse, runs);
    await tickUntilFilled(job);
    const late = { tenant: unit, function: 'f', startedAt: at(30), outcome: 'error' as const };
    await insertInvocations(warehouse, [late]);
    await tickUntilFilled(job);
    const sql = `SELECT toUnixTimestamp(${column}) * 1000 AS at_ms, toFloat64(good) AS good, toFloat64(total) AS total
      FROM ${table} FINAL WHERE tenant = {tenant: String} AND total > 0 ORDER BY at_ms`;
    const Row = z.object({ at_ms: z.coerce.number(), good: z.number(), total: z.number() });
    assert.deepEqual(await warehouse.query(sql, { tenant: unit }, Row), [
      { at_ms: at(0).getTime(), good: 3, total: 4 },
      { at_ms: at(apartMinutes).getTime(), good: 1, total: 1 },
    ]);
  });
}

test('two writers at once are harmless', async () => {
  const { warehouse, path } = world();
  const tenant = 'two-writers';
  await putSlo(warehouse, tenant, { id: 'w', title: 'W', sli: { kind: 'success' }, objective: '99%' });
  const jobs = [ledgerUnderTest(warehouse, path), ledgerUnderTest(warehouse, path)];
  const signal = new AbortController().signal;
  for (let round = 0; round < 3; round++) {
    const arriving = insertInvocations(warehouse, [{ tenant, function: 'f', startedAt: new Date(startMs) }]);
    await Promise.all([arriving, ...jobs.map((job) => job.tick(signal))]);
  }
  for (const job of jobs) await tickUntilFilled(job);
  assert.deepEqual(await ledgerSums(warehouse, tenant), [{ slo: 'w', scope: '', good: 3, total: 3 }]);
});
