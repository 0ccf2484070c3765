import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readErrorDetail } from '../../../query/errors/read-error-detail.js';
import { readErrorGroups } from '../../../query/errors/read-error-groups.js';
import { readSampleTraces } from '../../../query/errors/read-sample-traces.js';
import { Tenant } from '../../../schemas/access.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { insertErrors } from '../../support/insert-errors.js';
import { openMigrated } from '../../support/open-migrated.js';

// Real time, because rows older than the retention are dropped by the engine's own clock.
const to = new Date(Math.floor(Date.now() / 60_000) * 60_000);
const from = new Date(to.getTime() - 3_600_000);
const minute = (index: number): Date => new Date(from.getTime() + index * 60_000 + 500);
const question = {
  from,
  to,
  stepMs: 600_000,
  function: null,
  environment: null,
  version: null,
  q: '',
  fingerprint: null,
  limit: 10,
};
const a = '00000000000000aa';
const b = 'f0000000000000bb';

let warehouse: Warehouse;
let close: () => Promise<void>;
let tenants = 0;

before(async () => {
  ({ warehouse, close } = await openMigrated());
});
after(async () => close());

function fresh(): Tenant {
  tenants += 1;
  return Tenant.parse(`tenant-${tenants}`);
}

test('groups are summed over the window with where they were raised, and first and last seen over all time', async () => {
  const tenant = fresh();
  await insertErrors(warehouse, [
    { tenant, fingerprint: a, at: new Date(from.getTime() - 7_200_000), version: '1' },
    { tenant, fingerprint: a, at: from, version: '2', escaped: true },
    { tenant, fingerprint: a, at: minute(15), version: '3', function: 'refund' },
    { tenant, fingerprint: a, at: minute(15), version: '3', function: 'refund' },
    { tenant, fingerprint: b, at: minute(59), title: 'TimeoutError: slow' },
    { tenant, fingerprint: b, at: to },
  ]);
  const { groups, truncated } = await readErrorGroups(warehouse.forTenant(tenant), question);
  assert.equal(truncated, false);
  const [first, second] = groups;
  assert.deepEqual(
    groups.map(({ fingerprint, count, isNew }) => ({ fingerprint, count, isNew })),
    [
      { fingerprint: a, count: 3, isNew: false },
      { fingerprint: b, count: 1, isNew: true },
    ],
  );
  assert.deepEqual(first?.functions, ['checkout', 'refund']);
  assert.deepEqual(first?.versions, ['2', '3']);
  assert.equal(first?.escaped, 1);
  assert.deepEqual(first?.series, [1, 2, 0, 0, 0, 0]);
  assert.deepEqual(second?.series, [0, 0, 0, 0, 0, 1]);
  assert.equal(first?.firstSeenAt, new Date(from.getTime() - 7_200_000).toISOString());
  assert.equal(first?.lastSeenAt, minute(15).toISOString());
});

test('filters keep a function, an environment, a version, a part of the title; the limit says that it cut', async () => {
  const tenant = fresh();
  await insertErrors(warehouse, [
    {
      tenant,
      fingerprint: a,
      at: minute(1),
      function: 'f',
      environment: 'prod',
      version: '1',
      title: 'Alpha: x',
    },
    {
      tenant,
      fingerprint: b,
      at: minute(2),
      function: 'g',
      environment: 'dev',
      version: '2',
      title: 'Beta: y',
    },
  ]);
  const names = async (filter: Partial<typeof question> | object) => {
    const { groups } = await readErrorGroups(warehouse.forTenant(tenant), { ...question, ...filter });
    return groups.map(({ fingerprint }) => fingerprint);
  };
  assert.deepEqual(await names({ function: 'f' }), [a]);
  assert.deepEqual(await names({ environment: 'dev' }), [b]);
  assert.deepEqual(await names({ version: '1' }), [a]);
  assert.deepEqual(await names({ q: 'bETA' }), [b]);
  assert.deepEqual(await names({ q: "'%_" }), []);
  assert.deepEqual(await names({ fingerprint: b }), [b]);
  const cut = await readErrorGroups(warehouse.forTenant(tenant), { ...question, limit: 1 });
  assert.deepEqual([cut.groups.length, cut.truncated], [1, true]);
});

test('an error told in a span and in a log record counts once; one told only in logs counts too', async () => {
  const tenant = fresh();
  await insertErrors(warehouse, [
    { tenant, fingerprint: a, at: minute(3) },
    { tenant, fingerprint: a, at: minute(3), source: 'log' },
    { tenant, fingerprint: b, at: minute(4), source: 'log' },
  ]);
  const { groups } = await readErrorGroups(warehouse.forTenant(tenant), question);
  assert.deepEqual(
    groups.map(({ fingerprint, count }) => [fingerprint, count]),
    [
      [a, 1],
      [b, 1],
    ],
  );
});

test('samples are of the latest, three traces a group, and one without a trace has no id', async () => {
  const tenant = fresh();
  const trace = (digit: string): string => digit.repeat(32);
  await insertErrors(warehouse, [
    ...['1', '2', '3', '4'].map((digit, index) => ({
      tenant,
      fingerprint: a,
      at: minute(index),
      traceId: trace(digit),
    })),
    { tenant, fingerprint: b, at: minute(9), source: 'log' as const, message: 'no trace', version: '7' },
  ]);
  const door = warehouse.forTenant(tenant);
  const traces = await readSampleTraces(door, { ...question, fingerprints: [a, b] });
  assert.deepEqual([...traces], [[a, [trace('4'), trace('3'), trace('2')]]]);
  const { samples, byVersion } = await readErrorDetail(door, { fingerprint: b, from, to });
  assert.deepEqual(
    samples.map(({ at, message, traceId, spanId }) => ({ at, message, traceId, spanId })),
    [{ at: minute(9).toISOString(), message: 'no trace', traceId: null, spanId: null }],
  );
  assert.deepEqual(
    byVersion.map(({ version, count }) => [version, count]),
    [['7', 1]],
  );
});

test('one tenant sees nothing of another, not by its fingerprint either', async () => {
  const theirs = fresh();
  await insertErrors(warehouse, [{ tenant: theirs, fingerprint: a, at: minute(1), traceId: '1'.repeat(32) }]);
  const door = warehouse.forTenant(fresh());
  assert.deepEqual(await readErrorGroups(door, { ...question, fingerprint: a }), {
    groups: [],
    truncated: false,
  });
  assert.deepEqual(await readErrorDetail(door, { fingerprint: a, from, to }), { byVersion: [], samples: [] });
  assert.equal((await readSampleTraces(door, { ...question, fingerprints: [a] })).size, 0);
});
