import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { defaultRetention, type Retention } from '../../../schemas/retention.js';
import { applyRetention } from '../../../warehouse/retention/apply-retention.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { openMigrated } from '../../support/open-migrated.js';
import { waitUntil } from '../../support/wait-until.js';
import { runnerDeps, single, withCommands } from '../migrate/migrate-harness.js';

let warehouse: Warehouse;
let close: () => Promise<void>;
before(async () => {
  ({ warehouse, close } = await openMigrated());
});
after(() => close());

const INSERT = `
  INSERT INTO {table: Identifier} (tenant, started_at, duration_ns)
  SELECT {tenant: String}, now64(9) - toIntervalDay({daysAgo: UInt16}) - toIntervalMillisecond(number), number
  FROM numbers(1000)`;
const KEPT = `
  SELECT tenant, dateDiff('day', started_at, now(), 'UTC') AS days_ago, count() AS n
  FROM {table: Identifier} GROUP BY tenant, days_ago ORDER BY tenant, days_ago`;
const Kept = z.object({ tenant: z.string(), days_ago: z.coerce.number(), n: z.coerce.number() });
const MERGE_SOON = `ALTER TABLE spans MODIFY SETTING merge_with_ttl_timeout = 0`;
const COUNT = `SELECT count() AS n FROM system.mutations WHERE NOT is_done`;
const N = z.object({ n: z.coerce.number() });
const LAYOUT = `SELECT engine_full AS engine FROM system.tables WHERE database = currentDatabase() AND name = {table: String}`;
const Layout = z.object({ engine: z.string() });

const apply = (retention: Partial<Retention>) =>
  applyRetention(
    warehouse,
    { ...defaultRetention, ...retention },
    single('coldburn'),
    runnerDeps('retention'),
  );
const kept = async (table = 'spans') =>
  (await warehouse.query(KEPT, { table }, Kept)).map(
    ({ tenant, days_ago, n }) => `${tenant}/${days_ago}: ${n}`,
  );
const settled = () =>
  waitUntil('the parts are up to date', async () => (await warehouse.query(COUNT, {}, N))[0]?.n === 0);

test('retention: what the migrations make is what the defaults say, so a first start changes nothing', async () => {
  assert.deepEqual(await apply({}), []);
});

test('retention: one tenant’s old rows go and the other’s stay, in the same parts, without a rewrite by hand', async () => {
  await warehouse.command(MERGE_SOON);
  for (const daysAgo of [0, 9]) {
    for (const tenant of ['a', 'b']) await warehouse.command(INSERT, { table: 'spans', tenant, daysAgo });
  }
  const tenants = { a: { spans: 7 } };
  const changes = await apply({ tenants });
  assert.deepEqual(
    changes.map(({ table, from }) => [table, from]),
    [
      ['spans', 'toDateTime(started_at) + toIntervalDay(14)'],
      ['resources', 'seen_on + toIntervalDay(17)'],
    ],
  );
  await waitUntil(
    'the old rows of tenant a are gone',
    async () => !(await kept()).some((one) => one.startsWith('a/9')),
    30_000,
  );
  assert.deepEqual(await kept(), ['a/0: 1000', 'b/0: 1000', 'b/9: 1000']);
  assert.deepEqual(await apply({ tenants }), [], 'applied again it changes nothing');
});

test('retention: raised before rows are due, nothing is lost; lowered again, they go', async () => {
  const table = 'invocations';
  await warehouse.command(`ALTER TABLE invocations MODIFY SETTING merge_with_ttl_timeout = 0`);
  for (const daysAgo of [1, 20]) await warehouse.command(INSERT, { table, tenant: 'a', daysAgo });
  await apply({ invocations: 400 });
  await settled();
  await warehouse.command('OPTIMIZE TABLE invocations FINAL');
  assert.deepEqual(await kept(table), ['a/1: 1000', 'a/20: 1000']);
  await warehouse.command(INSERT, { table, tenant: 'a', daysAgo: 300 });
  assert.equal(
    (await kept(table)).at(-1),
    'a/300: 1000',
    'rows that the old rule would have refused are kept',
  );
  await apply({ invocations: 7 });
  await waitUntil('only the newest are left', async () => (await kept(table)).length === 1, 30_000);
  assert.deepEqual(await kept(table), ['a/1: 1000']);
});

test('retention: without rules for tenants parts go whole again', async () => {
  const layout = async () => (await warehouse.query(LAYOUT, { table: 'spans' }, Layout))[0]?.engine ?? '';
  await apply({ tenants: { a: { spans: 7 } } });
  assert.match(await layout(), /ttl_only_drop_parts = 0/);
  await apply({});
  assert.match(await layout(), /TTL toDateTime\(started_at\) \+ toIntervalDay\(14\) SETTINGS/);
  assert.match(await layout(), /ttl_only_drop_parts = 1/);
});

test('retention: of two that start at once one works, and both end with the same', async () => {
  const wanted = { ...defaultRetention, logs: 3 };
  const runs = await Promise.all(
    ['one', 'two'].map((holder) => applyRetention(warehouse, wanted, single('coldburn'), runnerDeps(holder))),
  );
  const changed = runs.flat().map(({ table }) => table);
  assert.ok(changed.includes('logs'));
  assert.equal(changed.filter((table) => table === 'logs').length, 1, 'changed once');
});

test('retention: on a cluster the tables that hold rows are changed on every node', async () => {
  await warehouse.command('CREATE TABLE spans_local AS spans');
  const commands: string[] = [];
  // One node without a queue of DDL: what is meant for all of them is noted, and run here.
  const node = withCommands(warehouse, async (sql) => {
    commands.push(sql);
    await warehouse.command(sql.replaceAll(" ON CLUSTER 'main'", ''));
  });
  const target = { kind: 'cluster', database: 'coldburn', cluster: 'main' } as const;
  const wanted = { ...defaultRetention, spans: 5 };
  const changes = await applyRetention(node, wanted, target, runnerDeps('cluster'));
  assert.deepEqual(
    changes.map(({ table, to }) => [table, to]),
    [['spans', 'toDateTime(started_at) + toIntervalDay(5)']],
  );
  const alters = commands.filter((sql) => / MODIFY (SETTING|TTL) /.test(sql));
  assert.equal(alters.length, 2);
  for (const sql of alters) assert.match(sql, /^ALTER TABLE coldburn\.spans_local ON CLUSTER 'main' MODIFY /);
  assert.deepEqual(await applyRetention(node, wanted, target, runnerDeps('cluster-2')), []);
});
