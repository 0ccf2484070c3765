import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { foldVersions } from '../../../alerting/definitions/fold-versions.js';
import { readVersions } from '../../../alerting/definitions/read-versions.js';
import { readLostTelemetry } from '../../../alerting/reading/read-lost-telemetry.js';
import { Tenant } from '../../../schemas/access.js';
import type { SloDefinition } from '../../../schemas/slo/slo-definition.js';
import { insertMetricPoints } from '../../support/insert-metric-points.js';
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

const hourMs = 3_600_000;
const startMs = Math.floor(Date.now() / hourMs) * hourMs - 26 * hourMs;
const at = (minute: number) => new Date(startMs + minute * 60_000);
const slo = {
  id: 'm',
  title: 'M',
  sli: { kind: 'metric-ratio', good: { metric: 'm.ok' }, total: { metric: 'm.all' } },
  objective: '99%',
};

test('telemetry is not lost to an objective on metrics because there are no runs', async () => {
  const { warehouse } = world();
  const tenant = Tenant.parse('metrics-only');
  const metric = await putSlo(warehouse, tenant, slo);
  const success = await putSlo(warehouse, tenant, { ...slo, id: 's', sli: { kind: 'success' } });
  const now = () => new Date();
  const lost = async (definition: SloDefinition) => {
    const { current } = foldVersions(await readVersions(warehouse.forTenant(tenant), definition.id));
    const [one] = current;
    assert.ok(one !== undefined);
    return (await readLostTelemetry(warehouse.forTenant(tenant), now(), now()))(one, '');
  };
  assert.deepEqual([await lost(metric), await lost(success)], [true, true]);
  await insertMetricPoints(warehouse, [{ tenant, metric: 'm.all', kind: 'sum', at: now(), value: 1 }]);
  assert.deepEqual([await lost(metric), await lost(success)], [false, true]);
});

/** Points of a running counter, as they may come: late, out of order, told again, with the ledger looking in between. */
const steps = fc
  .record({
    order: fc.shuffledSubarray([1, 2, 3, 5, 40], { minLength: 3 }),
    looks: fc.array(fc.constantFrom('nothing', 'tick', 'restart'), { minLength: 7, maxLength: 7 }),
  })
  .map(({ order, looks }) => order.map((minute, index) => ({ minute, look: looks[index] ?? 'tick' })));

test('however late points of a counter come, the ledger is what the points say in the end', async () => {
  const { warehouse, path } = world();
  let times = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const tenant = `late-${times++}`;
      await putSlo(warehouse, tenant, slo);
      let job = ledgerUnderTest(warehouse, path);
      await tickUntilFilled(job);
      const base = { tenant, kind: 'sum' as const, temporality: 'cumulative' as const, startedAt: at(-1) };
      for (const { minute, look } of [...all, ...all.slice(0, 1)]) {
        await insertMetricPoints(warehouse, [
          { ...base, metric: 'm.ok', at: at(minute), value: minute * 7 },
          { ...base, metric: 'm.all', at: at(minute), value: minute * 10 },
        ]);
        if (look === 'restart') job = ledgerUnderTest(warehouse, path);
        if (look !== 'nothing') await job.tick(new AbortController().signal);
      }
      await job.tick(new AbortController().signal);
      const last = Math.max(...all.map(({ minute }) => minute));
      assert.deepEqual(await ledgerSums(warehouse, tenant), [
        { slo: 'm', scope: '', good: last * 7, total: last * 10 },
      ]);
    }),
    { numRuns: 2, seed: 20_261_128 },
  );
});
