import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { foldVersions } from '../../../alerting/definitions/fold-versions.js';
import { readVersions } from '../../../alerting/definitions/read-versions.js';
import { readLostTelemetry } from '../../../alerting/reading/read-lost-telemetry.js';
import { Tenant } from '../../../schemas/access.js';
import { insertInvocations } from '../../support/insert-invocations.js';
import { insertMetricPoints } from '../../support/insert-metric-points.js';
import { openMigrated } from '../../support/open-migrated.js';
import { putSlo } from '../ledger/ledger-harness.js';

const minuteMs = 60_000;
const tenant = Tenant.parse('counted');
const now = new Date();
const ago = (minutes: number) =>
  new Date(Math.floor(now.getTime() / minuteMs) * minuteMs - minutes * minuteMs);

let opened: Awaited<ReturnType<typeof openMigrated>>;
before(async () => {
  opened = await openMigrated();
  const { warehouse } = opened;
  // Of a hundred that the cloud counted each, forty of one and sixty of the other were seen.
  const runs = (name: string, count: number) =>
    Array.from({ length: count }, () => ({ tenant, function: name, startedAt: ago(10) }));
  await insertInvocations(warehouse, [...runs('unseen', 40), ...runs('seen', 60)]);
  const counted = (name: string, minutesAgo: number) => ({
    tenant,
    metric: 'amazonaws.com/AWS/Lambda/Invocations',
    kind: 'summary' as const,
    startedAt: ago(minutesAgo),
    at: ago(minutesAgo - 1),
    count: 1,
    sum: 100,
    dimensions: { FunctionName: name },
  });
  // What was counted before or after is not of these fifteen minutes.
  await insertMetricPoints(warehouse, [
    counted('unseen', 10),
    counted('seen', 10),
    counted('seen', 30),
    counted('seen', 3),
  ]);
});
after(() => opened.close());

const success = { title: 'T', objective: '99%', sli: { kind: 'success' } };
const cases = [
  { name: 'less than half was seen', slo: { where: { function: 'unseen' } }, scope: '', lost: true },
  { name: 'more than half was seen', slo: { where: { function: 'seen' } }, scope: '', lost: false },
  { name: 'together half was seen', slo: {}, scope: '', lost: false },
  { name: 'of one scope too little', slo: { per: 'function' }, scope: 'unseen', lost: true },
  { name: 'of the other enough', slo: { per: 'function' }, scope: 'seen', lost: false },
  { name: 'counts know no version', slo: { where: { version: '*' } }, scope: '', lost: false },
  { name: 'nobody counted it', slo: { where: { function: 'other' } }, scope: '', lost: false },
  {
    name: 'metrics still come',
    slo: { sli: { kind: 'metric-ratio', good: { metric: 'a' }, total: { metric: 'b' } } },
    scope: '',
    lost: false,
  },
] as const;
for (const [index, { name, slo, scope, lost }] of cases.entries())
  test(`by the counts of the provider telemetry is ${lost ? '' : 'not '}lost: ${name}`, async () => {
    const { warehouse } = opened;
    const id = `case-${index}`;
    await putSlo(warehouse, tenant, { ...success, ...slo, id });
    const door = warehouse.forTenant(tenant);
    const [current] = foldVersions(await readVersions(door, id)).current;
    assert.ok(current !== undefined);
    assert.equal((await readLostTelemetry(door, now, now))(current, scope), lost);
    // Of the past nobody can say what came in then.
    assert.equal((await readLostTelemetry(door, ago(60), now))(current, scope), null);
  });
