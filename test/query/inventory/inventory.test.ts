import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readInventory } from '../../../query/inventory/read-inventory.js';
import { runtimeOf } from '../../../query/inventory/runtime-of.js';
import { Tenant } from '../../../schemas/access.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { insertInvocations } from '../../support/insert-invocations.js';
import { insertSpans } from '../../support/insert-spans.js';
import { openMigrated } from '../../support/open-migrated.js';

// Of today: spans are kept for two weeks by the engine's own clock.
const to = new Date(Math.floor(Date.now() / 60_000) * 60_000);
const from = new Date(to.getTime() - 3_600_000);
const inside = new Date(to.getTime() - 1_800_000);
const tenant = Tenant.parse('inventory');
const MiB = 2 ** 20;

let warehouse: Warehouse;
let close: () => Promise<void>;

before(async () => {
  ({ warehouse, close } = await openMigrated());
});
after(async () => close());

const tellers = [
  {
    told: { 'process.runtime.name': 'nodejs', 'process.runtime.version': '20.18.1' },
    says: 'nodejs 20.18.1',
  },
  { told: { 'process.runtime.name': 'cpython' }, says: 'cpython' },
  { told: { 'faas.runtime': 'java21', 'telemetry.sdk.language': 'java' }, says: 'java21' },
  { told: { 'telemetry.sdk.language': 'go' }, says: 'go' },
  { told: {}, says: null },
];
for (const { told, says } of tellers)
  test(`runtimeOf: ${says ?? 'nothing told'}`, () => assert.equal(runtimeOf(told), says));

test('a function runs on what its latest runs and their resources tell, in its own environment', async () => {
  const traceId = 'ab'.repeat(16);
  const run = { tenant, function: 'pay', startedAt: inside, traceId };
  await insertInvocations(warehouse, [
    { ...run, arch: 'arm64', memoryMb: 512, memoryUsedMb: 200 },
    { ...run, spanId: '02'.repeat(8), trigger: 'http', memoryMb: 1024, memoryUsedMb: 300 },
    { ...run, spanId: '03'.repeat(8), environment: 'test', memoryMb: 4096, memoryUsedMb: 4000 },
  ]);
  await insertSpans(warehouse, [
    {
      tenant,
      traceId,
      spanId: '01'.repeat(8),
      name: 'pay',
      startedAt: inside,
      durationMs: 1,
      function: 'pay',
    },
  ]);
  await warehouse.command(
    `INSERT INTO resources (tenant, resource_hash, seen_on, attributes)
     SELECT 'inventory', 0, today(), map('process.runtime.name', 'nodejs', 'process.runtime.version', '22.1.0', 'secret', 'x')`,
  );
  assert.deepEqual(
    await readInventory(warehouse.forTenant(tenant), { function: 'pay', environment: 'prod', from, to }),
    {
      runtimes: ['nodejs 22.1.0'],
      platforms: [],
      architectures: ['arm64'],
      triggers: ['http'],
      memoryBytes: [512 * MiB, 1024 * MiB],
      memoryUsedMaxBytes: 300 * MiB,
    },
  );
});

test('a function that never ran tells nothing, and nothing is not zero', async () => {
  const question = { function: 'ghost', environment: null, from, to };
  assert.deepEqual(await readInventory(warehouse.forTenant(tenant), question), {
    runtimes: [],
    platforms: [],
    architectures: [],
    triggers: [],
    memoryBytes: [],
    memoryUsedMaxBytes: null,
  });
});
