import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sloLog } from '../../../../alerting/definitions/append-version.js';
import { foldVersions } from '../../../../alerting/definitions/fold-versions.js';
import { readSloDirectory } from '../../../../alerting/definitions/read-slo-directory.js';
import { readVersions } from '../../../../alerting/definitions/read-versions.js';
import { shop } from '../../../../cli/demo/fleet/shop.js';
import { objectivesDirectory, putObjectives } from '../../../../cli/demo/objectives/put-objectives.js';
import { defaultTenant } from '../../../../schemas/access.js';
import { openMigrated } from '../../../support/open-migrated.js';

let opened: Awaited<ReturnType<typeof openMigrated>>;
before(async () => {
  opened = await openMigrated();
});
after(async () => {
  await opened.close();
});

test('every objective of the demo is good and is about functions that there are', async () => {
  const { slos, problems } = await readSloDirectory(objectivesDirectory);
  assert.deepEqual(problems, []);
  assert.ok(slos.length >= 10);
  const names = new Set(shop.functions.map(({ name }) => name));
  const teams = new Set<string>(shop.functions.map(({ team }) => team));
  for (const { definition } of slos) {
    assert.ok(teams.has(definition.owner ?? ''), `${definition.id} belongs to a team`);
    const functions = definition.where.function ?? [];
    assert.ok(functions.length > 0 && functions.every((name) => names.has(name)), definition.id);
  }
});

test('objectives are put once, and what somebody deleted stays deleted', async () => {
  const { warehouse } = opened;
  const at = new Date('2026-11-01T00:00:00Z');
  const first = await putObjectives(warehouse, defaultTenant, at);
  assert.ok(first.includes('checkout-succeeds'));
  assert.deepEqual(await putObjectives(warehouse, defaultTenant, at), []);
  await sloLog(
    warehouse,
    defaultTenant,
  )({
    slo: 'checkout-succeeds',
    version: 2,
    event: 'delete',
    definition: '',
    source: 'api',
    author: 'ann',
    at: new Date('2026-11-01T01:00:00Z'),
  });
  assert.deepEqual(await putObjectives(warehouse, defaultTenant, at), []);
  const { current } = foldVersions(await readVersions(warehouse.forTenant(defaultTenant), null));
  assert.deepEqual(
    current.map(({ id }) => id).sort(),
    first.filter((id) => id !== 'checkout-succeeds').sort(),
  );
});
