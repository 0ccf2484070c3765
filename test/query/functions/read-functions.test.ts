import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { readEverSeen } from '../../../query/functions/read-ever-seen.js';
import { readFacets } from '../../../query/functions/read-facets.js';
import { readFunctions } from '../../../query/functions/read-functions.js';
import { Tenant } from '../../../schemas/access.js';
import { FunctionSummary } from '../../../schemas/functions.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { insertInvocations } from '../../support/insert-invocations.js';
import { openMigrated } from '../../support/open-migrated.js';

const from = new Date('2026-11-01T10:00:00.000Z');
const to = new Date('2026-11-01T11:00:00.000Z');
const inside = new Date('2026-11-01T10:30:00.000Z');
const now = new Date('2026-11-02T00:00:00.000Z');
const all = { from, to, environment: null, team: null, limit: 100 };

let warehouse: Warehouse;
let close: () => Promise<void>;
let tenants = 0;

before(async () => {
  ({ warehouse, close } = await openMigrated());
});
after(async () => close());

/** Each test has a tenant of its own, so that their rows never meet. */
function freshTenant(): Tenant {
  tenants += 1;
  return Tenant.parse(`tenant-${tenants}`);
}

test('the window includes its start and excludes its end, to the millisecond', async () => {
  const tenant = freshTenant();
  const at = (offsetMs: number, base: Date) => new Date(base.getTime() + offsetMs);
  await insertInvocations(warehouse, [
    { tenant, function: 'edge', startedAt: at(-1, from), outcome: 'error' },
    { tenant, function: 'edge', startedAt: from },
    { tenant, function: 'edge', startedAt: at(-1, to) },
    { tenant, function: 'edge', startedAt: to, outcome: 'error' },
  ]);
  const { functions } = await readFunctions(warehouse.forTenant(tenant), all, now);
  assert.deepEqual(
    functions.map(({ invocations, good, bad }) => ({ invocations, good, bad })),
    [{ invocations: 2, good: 2, bad: 0 }],
  );
});

test('neighbouring windows count every invocation exactly once', async () => {
  const tenant = freshTenant();
  const middle = inside;
  await insertInvocations(
    warehouse,
    Array.from({ length: 61 }, (_, minute) => ({
      tenant,
      function: 'steady',
      startedAt: new Date(from.getTime() + minute * 60_000),
    })),
  );
  const count = async (windowFrom: Date, windowTo: Date) => {
    const question = { ...all, from: windowFrom, to: windowTo };
    const { functions } = await readFunctions(warehouse.forTenant(tenant), question, now);
    return functions[0]?.invocations ?? 0;
  };
  assert.equal(await count(from, middle), 30);
  assert.equal((await count(from, middle)) + (await count(middle, to)), await count(from, to));
});

test('every outcome but ok is bad, and the outcomes add up to the invocations', async () => {
  const tenant = freshTenant();
  const outcomes = ['ok', 'ok', 'ok', 'error', 'timeout', 'oom', 'throttled', 'rejected'] as const;
  await insertInvocations(
    warehouse,
    outcomes.map((outcome) => ({ tenant, function: 'mixed', startedAt: inside, outcome })),
  );
  const { functions } = await readFunctions(warehouse.forTenant(tenant), all, now);
  const [summary] = functions;
  assert.ok(summary !== undefined);
  assert.deepEqual(summary.outcomes, { ok: 3, error: 1, timeout: 1, oom: 1, throttled: 1, rejected: 1 });
  assert.deepEqual([summary.invocations, summary.good, summary.bad], [8, 3, 5]);
  assert.equal(summary.successRatio, 3 / 8);
});

test('up to 512 durations, a percentile is the nearest rank of exactly those that ran', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 60_000 }), { minLength: 1, maxLength: 512 }),
      async (durationsMs) => {
        const tenant = freshTenant();
        await insertInvocations(warehouse, [
          ...durationsMs.map((durationMs) => ({ tenant, function: 'f', startedAt: inside, durationMs })),
          { tenant, function: 'f', startedAt: inside, durationMs: 0, outcome: 'throttled' as const },
        ]);
        const { functions } = await readFunctions(warehouse.forTenant(tenant), all, now);
        const sorted = [...durationsMs].sort((one, other) => one - other);
        const rank = (percent: number) => sorted[Math.ceil((percent * sorted.length) / 100) - 1];
        const [summary] = functions;
        assert.deepEqual([summary?.p50Ms, summary?.p95Ms, summary?.p99Ms], [rank(50), rank(95), rank(99)]);
      },
    ),
    { numRuns: 12 },
  );
});

test('above 512 durations, a percentile is within 1 % of its rank or the next', async () => {
  const tenant = freshTenant();
  // Three decades in a heavy tail, so that a linear sketch would miss it.
  const durationsMs = Array.from({ length: 5000 }, (_, index) => 1 + 0.01 * ((index * 7919) % 5000) ** 1.7);
  await insertInvocations(
    warehouse,
    durationsMs.map((durationMs) => ({ tenant, function: 'heavy', startedAt: inside, durationMs })),
  );
  const { functions } = await readFunctions(warehouse.forTenant(tenant), all, now);
  const sorted = [...durationsMs].sort((one, other) => one - other);
  const [summary] = functions;
  assert.ok(summary !== undefined);
  const found = { 50: summary.p50Ms, 95: summary.p95Ms, 99: summary.p99Ms };
  for (const [percent, estimate] of Object.entries(found)) {
    const rank = Math.ceil((Number(percent) * sorted.length) / 100);
    const candidates = [sorted[rank - 1], sorted[rank]];
    const isNear = candidates.some(
      (exact) => exact !== undefined && Math.abs((estimate ?? 0) / exact - 1) <= 0.0101,
    );
    assert.ok(isNear, `p${percent} is ${estimate}, exact ${candidates.join(' or ')}`);
  }
});

test('a function of which nothing ran has counts but no percentiles', async () => {
  const tenant = freshTenant();
  await insertInvocations(warehouse, [
    { tenant, function: 'refused', startedAt: inside, outcome: 'throttled' },
    { tenant, function: 'refused', startedAt: inside, outcome: 'rejected' },
  ]);
  const { functions } = await readFunctions(warehouse.forTenant(tenant), all, now);
  const [summary] = functions;
  assert.deepEqual([summary?.p50Ms, summary?.p95Ms, summary?.p99Ms], [null, null, null]);
  assert.equal(summary?.successRatio, 0);
});

test('what cannot be known yet is null and never zero', async () => {
  const tenant = freshTenant();
  await insertInvocations(warehouse, [{ tenant, function: 'plain', startedAt: inside }]);
  const { functions } = await readFunctions(warehouse.forTenant(tenant), all, now);
  const summary = FunctionSummary.parse(functions[0]);
  const unknown = [
    summary.throttles,
    summary.throttleRatio,
    summary.concurrencyMax,
    summary.coverageRatio,
    summary.costUsd,
    summary.costPerMillionUsd,
  ];
  assert.ok(unknown.every((value) => value === null));
});

test('rows are told apart by environment, team, provider and region, and last seen is the end of the latest', async () => {
  const tenant = freshTenant();
  await insertInvocations(warehouse, [
    { tenant, function: 'f', startedAt: inside, durationMs: 1500, cold: true },
    { tenant, function: 'f', startedAt: inside, environment: 'dev' },
    { tenant, function: 'f', startedAt: inside, team: 'search' },
    { tenant, function: 'f', startedAt: inside, provider: 'gcp' },
    { tenant, function: 'f', startedAt: inside, region: 'us-east-1' },
  ]);
  const { functions } = await readFunctions(warehouse.forTenant(tenant), all, now);
  assert.equal(functions.length, 5);
  const cold = functions.find(({ coldStarts }) => coldStarts === 1);
  assert.equal(cold?.coldStartRatio, 1);
  assert.equal(cold?.lastSeenAt, '2026-11-01T10:30:01.000Z');
});

test('filters keep one environment and one team, and facets list all of them', async () => {
  const tenant = freshTenant();
  await insertInvocations(warehouse, [
    { tenant, function: 'a', startedAt: inside, environment: 'prod', team: 'payments' },
    { tenant, function: 'b', startedAt: inside, environment: 'prod', team: 'search' },
    { tenant, function: 'c', startedAt: inside, environment: "o'dev", team: 'payments' },
    { tenant, function: 'd', startedAt: inside, environment: '', team: '' },
  ]);
  const door = warehouse.forTenant(tenant);
  const names = async (filter: { environment?: string; team?: string }) => {
    const { functions } = await readFunctions(door, { ...all, ...filter }, now);
    return functions.map((summary) => summary.function);
  };
  assert.deepEqual(await names({ environment: 'prod' }), ['a', 'b']);
  assert.deepEqual(await names({ team: 'payments' }), ['a', 'c']);
  assert.deepEqual(await names({ environment: "o'dev", team: 'payments' }), ['c']);
  assert.deepEqual(await names({ environment: '' }), ['d']);
  assert.deepEqual(await readFacets(door, { from, to }, now), {
    environments: ['', "o'dev", 'prod'],
    teams: ['', 'payments', 'search'],
  });
});

test('a list longer than the limit keeps the busiest and says so; one just as long does not', async () => {
  const tenant = freshTenant();
  const times = { quiet: 1, busy: 3, middling: 2 };
  await insertInvocations(
    warehouse,
    Object.entries(times).flatMap(([name, count]) =>
      Array.from({ length: count }, () => ({ tenant, function: name, startedAt: inside })),
    ),
  );
  const door = warehouse.forTenant(tenant);
  const two = await readFunctions(door, { ...all, limit: 2 }, now);
  assert.deepEqual(
    two.functions.map((summary) => summary.function),
    ['busy', 'middling'],
  );
  assert.equal(two.truncated, true);
  const three = await readFunctions(door, { ...all, limit: 3 }, now);
  assert.equal(three.functions.length, 3);
  assert.equal(three.truncated, false);
});

test('one tenant never sees the rows, the facets or the existence of another', async () => {
  const mine = warehouse.forTenant(freshTenant());
  const theirs = freshTenant();
  await insertInvocations(warehouse, [{ tenant: theirs, function: 'secret', startedAt: inside }]);
  assert.deepEqual((await readFunctions(mine, all, now)).functions, []);
  assert.deepEqual(await readFacets(mine, { from, to }, now), { environments: [], teams: [] });
  assert.equal(await readEverSeen(mine), false);
  assert.equal(await readEverSeen(warehouse.forTenant(theirs)), true);
});
