import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { sloLog } from '../../../alerting/definitions/append-version.js';
import { createSloFiles } from '../../../alerting/definitions/slo-files.js';
import { budgetRoutes } from '../../../alerting/routes/budget.js';
import { sloRoutes } from '../../../alerting/routes/slos.js';
import { createApp } from '../../../http/create-app.js';
import { type Access, defaultTenant } from '../../../schemas/access.js';
import type { ZodApp } from '../../../schemas/zod-http.js';
import { describeWarehouseError } from '../../../warehouse/describe-warehouse-error.js';
import { insertInvocations } from '../../support/insert-invocations.js';
import { openMigrated } from '../../support/open-migrated.js';
import { tempDir } from '../../support/temp-dir.js';
import { ledgerUnderTest, tickUntilFilled } from '../ledger/ledger-harness.js';

const access: Access = { tenant: defaultTenant, role: 'admin', keyId: 'key-1' };
const minuteMs = 60_000;

let opened: Awaited<ReturnType<typeof openMigrated>> | null = null;
let directory: Awaited<ReturnType<typeof tempDir>> | null = null;
let app: ZodApp | null = null;
let look: () => Promise<void> = async () => undefined;
const told: string[] = [];
before(async () => {
  opened = await openMigrated();
  directory = await tempDir();
  const { warehouse } = opened;
  await mkdir(join(directory.path, 'slos'));
  const now = () => new Date();
  const files = createSloFiles({
    warehouse,
    directory: join(directory.path, 'slos'),
    tenant: defaultTenant,
    now,
    onChange: ({ slo, event, version }) => told.push(`${event} ${slo} ${version}`),
    onProblem: (sentence) => told.push(sentence),
  });
  look = files.look;
  app = createApp({
    newId: randomUUID,
    logger: false,
    authenticate: async () => access,
    describeError: describeWarehouseError,
  });
  const doors = { now, openTenant: () => warehouse.forTenant(defaultTenant) };
  const openLog = () => sloLog(warehouse, defaultTenant);
  app.register(sloRoutes({ ...doors, openLog, fileProblems: files.problems }));
  app.register(budgetRoutes(doors));
});
after(async () => {
  await app?.close();
  await opened?.close();
  await directory?.remove();
});

async function call(method: 'GET' | 'PUT' | 'DELETE', url: string, body?: object | string) {
  assert.ok(app !== null);
  const type = typeof body === 'string' ? 'application/yaml' : 'application/json';
  const payload = body === undefined ? {} : { payload: body, headers: { 'content-type': type } };
  const answer = await app.inject({ method, url, ...payload });
  return { status: answer.statusCode, body: z.record(z.string(), z.unknown()).parse(answer.json()) };
}

const Stored = z.looseObject({ version: z.number(), source: z.string(), author: z.string() });
const History = z.looseObject({ history: z.array(z.looseObject({ change: z.string(), event: z.string() })) });

const asYaml = `
id: checkout
title: Checkout answers
sli: { kind: success }
objective: 99%
`;

test('an objective put twice is one version; a changed one tells old and new', async () => {
  const first = await call('PUT', '/api/v1/slos/checkout', asYaml);
  assert.equal(first.status, 200, JSON.stringify(first.body));
  const same = { id: 'checkout', title: 'Checkout answers', sli: { kind: 'success' }, objective: 0.99 };
  assert.equal(Stored.parse((await call('PUT', '/api/v1/slos/checkout', same)).body).version, 1);
  const changed = await call('PUT', '/api/v1/slos/checkout', { ...same, objective: '99.9%' });
  const { version, source, author } = Stored.parse(changed.body);
  assert.deepEqual({ version, source, author }, { version: 2, source: 'api', author: 'key-1' });
  const changes = History.parse(changed.body).history.map(({ change }) => change);
  assert.deepEqual(changes, ['objective 99 % → 99.9 %', 'created']);
});

const refusals = [
  {
    name: 'another id than the path says',
    url: '/api/v1/slos/other',
    body: asYaml,
    status: 400,
    says: /defines "checkout", the path says "other"/,
  },
  { name: 'YAML that is none', url: '/api/v1/slos/checkout', body: 'id: [', status: 400, says: /body:1/ },
  {
    name: 'an objective without budget',
    url: '/api/v1/slos/all',
    body: { id: 'all', title: 'A', sli: { kind: 'success' }, objective: '100%' },
    status: 400,
    says: /no budget that could burn/,
  },
  {
    name: 'a dimension that durations are not kept by',
    url: '/api/v1/slos/l',
    body: {
      id: 'l',
      title: 'L',
      where: { alias: 'live' },
      sli: { kind: 'latency', under: '1s' },
      objective: '99%',
    },
    status: 400,
    says: /durations are not kept by alias/,
  },
] as const;
for (const { name, url, body, status, says } of refusals) {
  test(`PUT refuses ${name}`, async () => {
    const answer = await call('PUT', url, body);
    assert.equal(answer.status, status);
    assert.match(String(answer.body['message']), says);
  });
}

test('a file is the source of its objectives; a broken one deletes nothing', async () => {
  const path = join(directory?.path ?? '', 'slos', 'a.yaml');
  const file = (objective: string) =>
    `slos:\n  - id: of-file\n    title: F\n    sli: { kind: success }\n    objective: ${objective}\n`;
  await writeFile(path, file('99%'));
  await look();
  await look();
  assert.deepEqual(told.splice(0), ['put of-file 1']);
  for (const method of ['PUT', 'DELETE'] as const) {
    const body =
      method === 'PUT'
        ? { id: 'of-file', title: 'F', sli: { kind: 'success' }, objective: '99%' }
        : undefined;
    const refused = await call(method, '/api/v1/slos/of-file', body);
    assert.deepEqual([refused.status, refused.body['code']], [409, 'SLO_IN_FILE']);
    assert.match(String(refused.body['message']), /file a\.yaml/);
  }
  await writeFile(path, file('much'));
  await look();
  const listed = await call('GET', '/api/v1/slos');
  assert.match(JSON.stringify(listed.body['problems']), /a\.yaml:5/);
  assert.match(JSON.stringify(listed.body['slos']), /of-file/);
  assert.equal(told.splice(0).length, 1);
  await rm(path);
  await look();
  assert.deepEqual(told.splice(0), ['delete of-file 2']);
  assert.equal((await call('GET', '/api/v1/slos/of-file')).status, 404);
});

test('the budget of an objective is what its events leave of it', async () => {
  assert.ok(opened !== null && directory !== null);
  const { warehouse } = opened;
  const per = { id: 'per', title: 'Per', per: 'function', sli: { kind: 'success' }, objective: '90%' };
  assert.equal((await call('PUT', '/api/v1/slos/per', per)).status, 200);
  const empty = await call('GET', '/api/v1/slos/per/budget');
  assert.deepEqual([empty.status, empty.body['status']], [200, 'telemetry-lost']);
  const startedAt = new Date(Date.now() - 2 * minuteMs);
  const runs = (name: string, good: number, bad: number) => [
    ...Array.from({ length: good }, () => ({ function: name, startedAt })),
    ...Array.from({ length: bad }, () => ({ function: name, startedAt, outcome: 'error' as const })),
  ];
  await insertInvocations(warehouse, [...runs('fine', 40, 0), ...runs('worse', 38, 2)]);
  await tickUntilFilled(ledgerUnderTest(warehouse, directory.path));
  const { body } = await call('GET', '/api/v1/slos/per/budget');
  const Shown = z.object({
    scope: z.string(),
    good: z.number(),
    total: z.number(),
    badAllowed: z.number(),
    remainingRatio: z.number(),
    status: z.string(),
    scopes: z.array(z.object({ scope: z.string() })),
  });
  const { scopes, ...worst } = Shown.parse(body);
  assert.deepEqual(worst, {
    scope: 'worse',
    good: 38,
    total: 40,
    badAllowed: 4,
    remainingRatio: 0.5,
    status: 'ok',
  });
  assert.deepEqual(
    scopes.map(({ scope }) => scope),
    ['worse', 'fine'],
  );
  const ledger = await call('GET', '/api/v1/slos/per/ledger?windowMs=3600000&step=1h&scope=fine');
  const points = z.array(z.looseObject({ good: z.number(), total: z.number() })).parse(ledger.body['points']);
  assert.deepEqual(
    points.map(({ good, total }) => [good, total]),
    [[40, 40]],
  );
  const whatIf = await call('GET', '/api/v1/slos/per/whatif?objective=95%25&scope=worse');
  const Judged = z.object({ remainingRatio: z.number(), minutes: z.number(), minutesInBreach: z.number() });
  // Two of forty bad is what 95 % allows, to the event.
  assert.deepEqual(z.array(Judged).parse(whatIf.body['scopes']), [
    { remainingRatio: 0, minutes: 1, minutesInBreach: 0 },
  ]);
  assert.equal((await call('GET', '/api/v1/slos/per/budget?scope=none')).status, 404);
});
