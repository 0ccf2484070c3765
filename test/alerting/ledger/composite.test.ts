import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { insertInvocations } from '../../support/insert-invocations.js';
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

const startMs = Math.floor(Date.now() / 3_600_000) * 3_600_000 - 26 * 3_600_000;

function slo(id: string, sli: object, more: object = {}) {
  return { id, title: id, objective: '99%', sli, ...more };
}

test('a composite follows when a part of it comes to count something else', async () => {
  const { warehouse, path } = world();
  const tenant = 'parts';
  const composite = slo('c', { kind: 'composite', of: [{ slo: 'a' }, { slo: 'missing' }] });
  await putSlo(warehouse, tenant, composite);
  await putSlo(warehouse, tenant, slo('a', { kind: 'success' }));
  await insertInvocations(warehouse, [
    { tenant, function: 'f', startedAt: new Date(startMs) },
    { tenant, function: 'g', startedAt: new Date(startMs + 60_000), outcome: 'error' },
  ]);
  const job = ledgerUnderTest(warehouse, path);
  await tickUntilFilled(job);
  const of = async (id: string) => (await ledgerSums(warehouse, tenant)).filter((one) => one.slo === id);
  assert.deepEqual(await of('c'), [{ slo: 'c', scope: '', good: 1, total: 2 }]);
  await putSlo(warehouse, tenant, slo('a', { kind: 'success' }, { where: { function: 'g' } }), 2);
  await tickUntilFilled(job);
  assert.deepEqual(await of('c'), [{ slo: 'c', scope: '', good: 0, total: 1 }]);
});
