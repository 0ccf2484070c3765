import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { calendarPeriods } from '../../../alerting/budget/calendar-periods.js';
import { sloLog } from '../../../alerting/definitions/append-version.js';
import { complianceRoutes } from '../../../alerting/routes/compliance.js';
import { sloRoutes } from '../../../alerting/routes/slos.js';
import { createApp } from '../../../http/create-app.js';
import { type Listening, listen } from '../../../http/listen.js';
import { type Access, defaultTenant } from '../../../schemas/access.js';
import { ComplianceAnswer } from '../../../schemas/slo/compliance-answer.js';
import { ledgerUnderTest, tickUntilFilled } from '../../alerting/ledger/ledger-harness.js';
import { insertInvocations } from '../../support/insert-invocations.js';
import { openMigrated } from '../../support/open-migrated.js';
import { type TempDir, tempDir } from '../../support/temp-dir.js';
import { spawnCli } from '../support/spawn-cli.js';

const access: Access = { tenant: defaultTenant, role: 'admin', keyId: null };
const period = { calendar: 'month', zone: 'UTC' };
const [running, last] = calendarPeriods('month', 'UTC', new Date(), 2);
assert.ok(running !== undefined && last !== undefined);
const middle = new Date((last.from.getTime() + last.to.getTime()) / 2);

let opened: Awaited<ReturnType<typeof openMigrated>>;
let directory: TempDir;
let server: Listening;
before(async () => {
  opened = await openMigrated();
  directory = await tempDir();
  const { warehouse } = opened;
  const doors = {
    now: () => new Date(),
    openTenant: ({ tenant }: Access) => warehouse.forTenant(tenant),
    openLog: () => sloLog(warehouse, defaultTenant),
    fileProblems: () => [],
  };
  const app = createApp({ newId: randomUUID, logger: false, authenticate: async () => access });
  await sloRoutes(doors)(app);
  await complianceRoutes(doors)(app);
  server = await listen(app, { host: '127.0.0.1', port: 0, settingName: 'COLDBURN_HTTP' });
  const slo = { title: 'Payments', sli: { kind: 'success' }, period };
  for (const [id, objective] of [
    ['easy', '80%'],
    ['hard', '99%'],
  ]) {
    const response = await fetch(`${server.url}/api/v1/slos/${id}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...slo, id, objective }),
    });
    assert.equal(response.status, 200, await response.text());
  }
  const runs = (startedAt: Date, outcomes: readonly ('ok' | 'error')[]) =>
    outcomes.map((outcome) => ({ function: 'pay', startedAt, outcome }));
  await insertInvocations(
    warehouse,
    runs(middle, [...Array.from({ length: 9 }, () => 'ok' as const), 'error']),
  );
  await tickUntilFilled(ledgerUnderTest(warehouse, directory.path));
});
after(async () => {
  await server.close(2000);
  await opened.close();
  await directory.remove();
});

async function slo(...args: readonly string[]) {
  return await spawnCli(['slo', ...args, '--target', server.url], { cwd: directory.path });
}

test('slo compliance: a month that was met is answered with 0, one that was not with 1', async () => {
  const easy = await slo('compliance', 'easy', '--periods', '2');
  assert.equal(easy.exitCode, 0, easy.stderr);
  assert.match(easy.stdout, /^easy, periods in UTC\nperiod +objective +good +verdict +events/);
  assert.match(easy.stdout, new RegExp(`${last?.label} +80 % +90 % +met +9 of 10`));
  assert.match(easy.stdout, new RegExp(`${running?.label} +80 % +no events +- +0 of 0`));
  const hard = await slo('compliance', 'hard', '--periods', '2');
  assert.equal(hard.exitCode, 1);
  assert.match(hard.stdout, new RegExp(`${last?.label} +99 % +90 % +not met +9 of 10`));
});

test('slo compliance --json: the answer of the server as it is', async () => {
  const { exitCode, stdout } = await slo('compliance', 'hard', '--by', 'month', '--json');
  assert.equal(exitCode, 1);
  const { id, periods } = ComplianceAnswer.parse(JSON.parse(stdout));
  const judged = periods.find(({ label }) => label === last?.label);
  assert.deepEqual([id, judged?.good, judged?.total, judged?.met], ['hard', 9, 10, false]);
});

test('slo compliance: an objective the server does not have, and a period that is none', async () => {
  const gone = await slo('compliance', 'gone');
  assert.equal(gone.exitCode, 1);
  assert.match(gone.stderr, /There is no SLO "gone"/);
  const fortnight = await slo('compliance', 'easy', '--by', 'fortnight');
  assert.notEqual(fortnight.exitCode, 0);
  assert.match(fortnight.stderr, /week.*month.*quarter/);
});

const Exported = z.looseObject({
  apiVersion: z.literal('openslo/v1'),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
});

test('slo export --openslo: the objectives of a running server, and back to the same ones', async () => {
  const exported = await slo('export', '--openslo');
  assert.equal(exported.exitCode, 0, exported.stderr);
  const objects = parseAllDocuments(exported.stdout).map((one) => Exported.parse(one.toJS()));
  const names = objects.filter(({ kind }) => kind === 'SLO').map(({ metadata }) => metadata.name);
  assert.deepEqual(names.sort(), ['easy', 'hard']);
  const file = join(directory.path, 'server.yaml');
  await writeFile(file, exported.stdout);
  const imported = await spawnCli(['slo', 'import', file, '--out', join(directory.path, 'back')], {
    cwd: directory.path,
  });
  assert.equal(imported.exitCode, 0, imported.stderr);
  const again = await spawnCli(['slo', 'export', '--openslo', join(directory.path, 'back/server.yaml')], {
    cwd: directory.path,
  });
  assert.equal(again.stdout, exported.stdout);
});
