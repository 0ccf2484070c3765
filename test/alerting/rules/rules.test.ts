import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { rules } from '../../../alerting/rules/rules.js';
import { isWorse } from '../../../alerting/rules/version-regression.js';
import { readRules } from '../../../alerting/tick/read-rules.js';
import { Tenant } from '../../../schemas/access.js';
import { insertInvocations, type TestInvocation } from '../../support/insert-invocations.js';
import { openMigrated } from '../../support/open-migrated.js';
import { repositoryRoot } from '../../support/repository-root.js';
import { putSlo } from '../ledger/ledger-harness.js';

let opened: Awaited<ReturnType<typeof openMigrated>> | null = null;
before(async () => {
  opened = await openMigrated();
});
after(async () => {
  await opened?.close();
});

test('every rule has an id of its own, a runbook, and says why it is as severe as it is', () => {
  assert.equal(new Set(rules.map(({ id }) => id)).size, rules.length);
  for (const { id, title, severity, why } of rules) {
    const path = join(repositoryRoot, 'docs/runbooks', `${id}.md`);
    assert.ok(existsSync(path), `${path} does not exist`);
    const page = readFileSync(path, 'utf8');
    assert.ok(page.startsWith(`# ${title}\n`), `${id}: the page has another title`);
    assert.ok(
      page.includes(`**Default severity:** ${severity}. ${why}`),
      `${id}: the page gives another severity`,
    );
  }
});

const comparisons = [
  {
    name: 'ten of a hundred against one of a thousand',
    newBad: 10,
    newRuns: 100,
    oldBad: 1,
    oldRuns: 1_000,
    worse: true,
  },
  { name: 'the same share', newBad: 10, newRuns: 100, oldBad: 100, oldRuns: 1_000, worse: false },
  { name: 'half as often again', newBad: 150, newRuns: 1_000, oldBad: 1_000, oldRuns: 10_000, worse: false },
  { name: 'too few to judge', newBad: 2, newRuns: 5, oldBad: 0, oldRuns: 1_000, worse: false },
  { name: 'chance explains it', newBad: 5, newRuns: 100, oldBad: 20, oldRuns: 1_000, worse: false },
];
for (const { name, worse, ...counts } of comparisons)
  test(`isWorse: ${name}`, () => assert.equal(isWorse(counts), worse));

const minuteMs = 60_000;
const nowMs = Math.floor(Date.now() / minuteMs / 10) * 10 * minuteMs;

/** One run a minute over six hours, and in the last ten minutes twenty of another kind. */
function story(
  name: string,
  changed: Partial<TestInvocation>,
  usual: Partial<TestInvocation> = {},
): TestInvocation[] {
  const base = { tenant: 'rules', function: name };
  const calm = Array.from({ length: 350 }, (_, index) => {
    return { ...base, ...usual, startedAt: new Date(nowMs - (360 - index) * minuteMs) };
  });
  const odd = Array.from({ length: 200 }, (_, index) => {
    return { ...base, ...changed, startedAt: new Date(nowMs - 10 * minuteMs + index * 2_900) };
  });
  return [...calm, ...odd];
}

test('each rule finds the function that is as it says, and none that is calm', async () => {
  assert.ok(opened !== null);
  const { warehouse } = opened;
  await putSlo(warehouse, 'rules', {
    id: 'spent',
    title: 'Spent',
    where: { function: 'throttled' },
    sli: { kind: 'success' },
    objective: '99.9%',
  });
  await insertInvocations(warehouse, [
    ...story('calm', {}),
    ...story('throttled', { outcome: 'throttled' }),
    ...story('cold', { cold: true }),
    ...story('retried', { attempt: 2 }),
    ...story('doubled', { duplicate: true, attempt: 2 }),
    ...story('released', { version: '2', outcome: 'error' }, { version: '1' }),
    ...story('slow', { durationMs: 2_990 }, { durationMs: 100 }),
    {
      tenant: 'rules',
      function: 'slow',
      startedAt: new Date(nowMs - 60 * minuteMs),
      outcome: 'timeout',
      durationMs: 3_000,
    },
    ...story('silent', {}).filter(({ startedAt }) => startedAt.getTime() < nowMs - 60 * minuteMs),
    ...Array.from({ length: 10 }, () => story('storm', {})).flatMap((some, index) =>
      index === 0 ? some : some.slice(350),
    ),
  ]);
  const tenant = Tenant.parse('rules');
  const context = {
    warehouse: warehouse.forTenant(tenant),
    at: new Date(nowMs),
    queues: { metrics: [], deadLetter: [] },
  };
  const { readings, failures, answered } = await readRules(rules, tenant, context);
  assert.deepEqual(failures, []);
  assert.equal(answered.size, rules.length);
  const reached = readings
    .filter(({ standing }) => standing.kind === 'judged' && standing.active !== null)
    .map(({ series }) => `${series.rule} ${series.scope}`)
    .sort();
  assert.deepEqual(reached, [
    'cold-start-storm prod/cold',
    'duplicate-processing prod/doubled',
    'event-storm prod/storm',
    'near-timeout prod/slow',
    'retry-storm prod/retried',
    'silent-function prod/silent',
    'throttling prod/throttled',
    'version-regression prod/released',
  ]);
});
