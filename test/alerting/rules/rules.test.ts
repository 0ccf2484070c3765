import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { rules } from '../../../alerting/rules/rules.js';
import { isWorse } from '../../../alerting/rules/version-regression.js';
import { repositoryRoot } from '../../support/repository-root.js';

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
