import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOverallCoverage } from '../../../../query/cost/store/read-overall-coverage.js';
import { defaultTenant } from '../../../../schemas/access.js';
import type { TenantWarehouse } from '../../../../warehouse/warehouse.js';
import { WarehouseError, type WarehouseErrorKind } from '../../../../warehouse/warehouse-error.js';

/** An engine that fails every question so. */
function failing(kind: WarehouseErrorKind): TenantWarehouse {
  const fail = () => {
    throw new WarehouseError(kind, 'as the test wants');
  };
  return {
    tenant: defaultTenant,
    query: async () => fail(),
    stream: async function* () {
      yield fail();
    },
  };
}

const asked = { from: new Date(0), to: new Date(3_600_000), function: null, environment: null };

for (const kind of ['resource-limit', 'overloaded'] as const)
  test(`overall coverage: ${kind} leaves it unknown, and the cost it stands beside is answered`, async () => {
    assert.equal(await readOverallCoverage(failing(kind), asked), null);
  });
test('overall coverage: an engine that is away is not "unknown"', async () => {
  await assert.rejects(readOverallCoverage(failing('unavailable'), asked));
});
