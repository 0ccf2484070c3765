import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type FunctionsQuestion, readFunctions } from '../../../query/functions/read-functions.js';
import { Tenant } from '../../../schemas/access.js';
import type { TenantWarehouse, Warehouse } from '../../../warehouse/warehouse.js';
import { WarehouseError, type WarehouseErrorKind } from '../../../warehouse/warehouse-error.js';
import { insertInvocations } from '../../support/insert-invocations.js';
import { insertMetricPoints } from '../../support/insert-metric-points.js';
import { openMigrated } from '../../support/open-migrated.js';

const minuteMs = 60_000;
/** Yesterday at a full hour, because rows older than the retention vanish. */
const from = new Date(Math.floor(Date.now() / 3_600_000 - 24) * 3_600_000);
const minute = (count: number) => new Date(from.getTime() + count * minuteMs);
const all = { from, to: minute(60), environment: null, team: null, limit: 100 };

let warehouse: Warehouse;
let close: () => Promise<void>;
let tenants = 0;
before(async () => {
  ({ warehouse, close } = await openMigrated());
});
after(async () => close());

function freshTenant(): Tenant {
  tenants += 1;
  return Tenant.parse(`tenant-${tenants}`);
}

const insertMinutes = `
  INSERT INTO concurrency_1m (tenant, environment, function, minute, running_max, computed_at)
  SELECT {tenant: String}, {environment: String}, {function: String}, toDateTime({minute: DateTime64(3, 'UTC')}),
    {most: UInt32}, {computedAt: DateTime64(3, 'UTC')}`;

async function running(
  tenant: Tenant,
  at: Date,
  most: number,
  more: { environment?: string; after?: number } = {},
) {
  const { environment = 'prod', after: afterMs = 0 } = more;
  const computedAt = new Date(at.getTime() + afterMs);
  await warehouse.command(insertMinutes, {
    tenant,
    environment,
    function: 'f',
    minute: at,
    most,
    computedAt,
  });
}

async function counted(tenant: Tenant, at: Date, figures: Record<string, number>, name = 'f') {
  await insertMetricPoints(
    warehouse,
    Object.entries(figures).map(([metric, sum]) => ({
      tenant,
      metric: `amazonaws.com/AWS/Lambda/${metric}`,
      kind: 'summary' as const,
      startedAt: at,
      at: new Date(at.getTime() + minuteMs),
      sum,
      dimensions: { FunctionName: name },
      resource: { 'cloud.region': 'eu-central-1' },
    })),
  );
}

async function ask(tenant: Tenant, changes: Partial<FunctionsQuestion> = {}) {
  const { functions } = await readFunctions(warehouse.forTenant(tenant), { ...all, ...changes }, new Date());
  return functions.map(
    ({ function: name, environment, concurrencyMax, throttles, throttleRatio, coverageRatio }) => ({
      of: `${name} ${environment}`,
      concurrencyMax,
      throttles,
      throttleRatio,
      coverageRatio,
    }),
  );
}

test('peak concurrency is the highest of the minutes that begin in the window, as last worked out', async () => {
  const tenant = freshTenant();
  await insertInvocations(warehouse, [
    { tenant, function: 'f', startedAt: minute(3) },
    { tenant, function: 'f', startedAt: minute(3), environment: 'test' },
  ]);
  await running(tenant, minute(-1), 90);
  await running(tenant, minute(0), 2);
  await running(tenant, minute(3), 8, { after: 1000 });
  await running(tenant, minute(3), 5, { after: 2000 });
  await running(tenant, minute(60), 70);
  const unknown = { throttles: null, throttleRatio: null, coverageRatio: null };
  const byName = (one: { of: string }, other: { of: string }) => one.of.localeCompare(other.of);
  assert.deepEqual((await ask(tenant)).sort(byName), [
    { of: 'f prod', concurrencyMax: 5, ...unknown },
    { of: 'f test', concurrencyMax: null, ...unknown },
  ]);
  assert.deepEqual(await ask(tenant, { from: minute(1), to: minute(3) }), []);
});

test('throttles and coverage are those the provider counts, for every row of a function', async () => {
  const tenant = freshTenant();
  const run = { tenant, function: 'f', startedAt: minute(3) };
  await insertInvocations(warehouse, [
    run,
    run,
    { ...run, team: 'other' },
    { ...run, function: 'uncounted' },
  ]);
  await counted(tenant, minute(3), { Invocations: 4, Errors: 0, Throttles: 0 });
  await counted(tenant, minute(9), { Invocations: 2, Errors: 0, Throttles: 2 });
  // Counts before and after the window tell nothing of it.
  await counted(tenant, minute(-1), { Invocations: 50, Throttles: 50 });
  await counted(tenant, minute(60), { Invocations: 50, Throttles: 50 });
  const told = { concurrencyMax: null, throttles: 2, throttleRatio: 0.25, coverageRatio: 0.5 };
  const functions = await ask(tenant);
  assert.deepEqual(
    functions.filter(({ of }) => of === 'f prod'),
    [
      { of: 'f prod', ...told },
      { of: 'f prod', ...told },
    ],
  );
  const nothing = { concurrencyMax: null, throttles: null, throttleRatio: null, coverageRatio: null };
  assert.deepEqual(
    functions.filter(({ of }) => of !== 'f prod'),
    [{ of: 'uncounted prod', ...nothing }],
  );
});

test('none throttled of those counted is zero, and one filtered by its owner keeps its figures', async () => {
  const tenant = freshTenant();
  await insertInvocations(warehouse, [
    { tenant, function: 'f', startedAt: minute(3), team: 'mine' },
    { tenant, function: 'f', startedAt: minute(3), team: 'other' },
  ]);
  await counted(tenant, minute(3), { Invocations: 2, Throttles: 0 });
  const [only, ...others] = await ask(tenant, { team: 'mine' });
  assert.deepEqual(others, []);
  assert.deepEqual(only, {
    of: 'f prod',
    concurrencyMax: null,
    throttles: 0,
    throttleRatio: 0,
    coverageRatio: 1,
  });
});

/** The tenant's warehouse, in which questions about provider counts fail so. */
function failing(tenant: Tenant, kind: WarehouseErrorKind): TenantWarehouse {
  const real = warehouse.forTenant(tenant);
  return {
    ...real,
    query: async (sql, ...rest) => {
      if (sql.includes('FROM provider_counts')) throw new WarehouseError(kind, 'as the test wants it');
      return await real.query(sql, ...rest);
    },
  };
}

test('figures that would take too much or find no turn are unknown and the list stands; any other failure is one', async () => {
  const tenant = freshTenant();
  await insertInvocations(warehouse, [{ tenant, function: 'f', startedAt: minute(3) }]);
  await running(tenant, minute(3), 4);
  await counted(tenant, minute(3), { Invocations: 2, Throttles: 1 });
  for (const kind of ['resource-limit', 'overloaded'] as const) {
    const { functions } = await readFunctions(failing(tenant, kind), all, new Date());
    assert.deepEqual(
      functions.map((one) => [one.invocations, one.concurrencyMax, one.throttles, one.coverageRatio]),
      [[1, 4, null, null]],
    );
  }
  await assert.rejects(readFunctions(failing(tenant, 'unavailable'), all, new Date()), {
    kind: 'unavailable',
  });
});
