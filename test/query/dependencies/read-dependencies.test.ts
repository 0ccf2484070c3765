import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { joinFlows } from '../../../query/dependencies/join-flows.js';
import { readDependencies } from '../../../query/dependencies/read-dependencies.js';
import { Tenant } from '../../../schemas/access.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { openMigrated } from '../../support/open-migrated.js';

const to = new Date(Math.floor(Date.now() / 60_000) * 60_000);
const from = new Date(to.getTime() - 600_000);
const all = { from, to, function: null, environment: null, peer: null, peerKind: null, limit: 100 };

const SQL = `
  INSERT INTO spans (tenant, environment, function, started_at, duration_ns, status, call, peer_kind, peer, operation, retry)
  SELECT tenant, 'prod', function, fromUnixTimestamp64Milli(at_ms, 'UTC'), toUInt64(ms * 1e6), status, call, peer_kind, peer,
    operation, retry
  FROM format(
    JSONEachRow,
    'tenant String, function String, at_ms Int64, ms Float64, status String, call String, peer_kind String, peer String,
     operation String, retry Bool',
    {rows: String})`;

type TestCall = {
  function?: string;
  at?: Date;
  ms?: number;
  status?: string;
  call?: string;
  peer_kind?: string;
  peer?: string;
  operation?: string;
  retry?: boolean;
};

let warehouse: Warehouse;
let close: () => Promise<void>;
let tenants = 0;

before(async () => {
  ({ warehouse, close } = await openMigrated());
});
after(async () => close());

async function stored(calls: readonly TestCall[]): Promise<Tenant> {
  tenants += 1;
  const tenant = Tenant.parse(`tenant-${tenants}`);
  const rows = calls.map(({ at = from, ...rest }) =>
    JSON.stringify({
      tenant,
      function: 'checkout',
      at_ms: at.getTime(),
      ms: 5,
      status: 'unset',
      call: 'out',
      peer_kind: 'http',
      peer: 'api.example',
      operation: 'GET /',
      retry: false,
      ...rest,
    }),
  );
  await warehouse.command(SQL, { rows: rows.join('\n') });
  return tenant;
}

test('an edge has rate, errors, retries and percentiles of its window, and what is no call is in none', async () => {
  const ms = Array.from({ length: 100 }, (_, index) => (index + 1) * 3.7);
  const tenant = await stored([
    ...ms.map((one, index) => ({ ms: one, status: index < 4 ? 'error' : 'ok', retry: index < 2 })),
    { at: new Date(from.getTime() - 1), ms: 9000 },
    { at: to, ms: 9000 },
    { call: 'none', peer: '', peer_kind: 'none', operation: '' },
  ]);
  const { edges } = await readDependencies(warehouse.forTenant(tenant), all);
  const [edge, ...others] = edges;
  assert.ok(edge !== undefined);
  assert.deepEqual(others, []);
  assert.deepEqual(
    [edge.calls, edge.errors, edge.retries, edge.errorRatio, edge.perSecond],
    [100, 4, 2, 0.04, 100 / 600],
  );
  assert.ok(Math.abs(edge.meanMs - 186.85) < 1e-6);
  for (const [found, exact] of [
    [edge.p50Ms, 185],
    [edge.p95Ms, 351.5],
    [edge.p99Ms, 366.3],
  ] as const) {
    assert.ok(Math.abs(found / exact - 1) <= 0.01, `${found} is not within 1 % of ${exact}`);
  }
});

test('filters keep a function, a peer and a kind; the limit says that it cut', async () => {
  const tenant = await stored([
    { function: 'a', peer: 'x' },
    { function: 'a', peer: 'x' },
    { function: 'b', peer: 'y', peer_kind: 'database' },
  ]);
  const door = warehouse.forTenant(tenant);
  const names = async (filter: object) => {
    const { edges } = await readDependencies(door, { ...all, ...filter });
    return edges.map((edge) => `${edge.function} ${edge.peer}`);
  };
  assert.deepEqual(await names({}), ['a x', 'b y']);
  assert.deepEqual(await names({ function: 'b' }), ['b y']);
  assert.deepEqual(await names({ peer: 'x' }), ['a x']);
  assert.deepEqual(await names({ peerKind: 'database' }), ['b y']);
  assert.deepEqual(await names({ environment: 'dev' }), []);
  const cut = await readDependencies(door, { ...all, limit: 1 });
  assert.deepEqual([cut.edges.length, cut.truncated], [1, true]);
});

test('sender and receiver of a queue are joined although neither came with the other', async () => {
  const queue = { peer_kind: 'queue', peer: 'order-events' };
  const tenant = await stored([
    { ...queue, function: 'checkout', operation: 'send' },
    { ...queue, function: 'refund', operation: 'send' },
    {
      ...queue,
      function: 'mailer',
      call: 'in',
      operation: 'process',
      at: new Date(from.getTime() + 300_000),
    },
    { function: 'checkout', peer_kind: 'function', peer: 'prices', operation: 'Invoke' },
    { function: 'other', peer_kind: 'queue', peer: 'nobody-reads', operation: 'send' },
  ]);
  const { edges } = await readDependencies(warehouse.forTenant(tenant), all);
  assert.deepEqual(
    joinFlows(edges).map((flow) => [flow.from, flow.via, flow.to, flow.sent, flow.received]),
    [
      ['checkout', 'order-events', 'mailer', 1, 1],
      ['checkout', null, 'prices', 1, null],
      ['refund', 'order-events', 'mailer', 1, 1],
    ],
  );
});
