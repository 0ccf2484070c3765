import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { runbookRoutes } from '../../../alerting/routes/runbooks.js';
import { rules } from '../../../alerting/rules/rules.js';
import { runbookPath } from '../../../alerting/rules/runbook-path.js';
import { readRunbooks } from '../../../alerting/runbooks/read-runbooks.js';
import { createApp } from '../../../http/create-app.js';
import { ProblemError } from '../../../schemas/problem.js';
import type { ZodApp } from '../../../schemas/zod-http.js';
import { repositoryRoot } from '../../support/repository-root.js';

let app: ZodApp;
before(async () => {
  const authenticate = async () => {
    throw new ProblemError('UNAUTHENTICATED', 'Nobody is let in');
  };
  app = createApp({ newId: randomUUID, logger: false, authenticate });
  await runbookRoutes(await readRunbooks())(app);
});
after(async () => await app.close());

test('the link of every rule opens a readable page, for anybody', async () => {
  for (const id of [...rules.map((rule) => rule.id), 'slo-burn', 'sli-broken', 'telemetry-lost']) {
    const page = await app.inject(runbookPath(id));
    assert.equal(page.statusCode, 200, id);
    assert.equal(page.headers['content-type'], 'text/html; charset=utf-8');
    assert.match(page.body, /<h1>.+<\/h1>\n<p><strong>Default severity:<\/strong>/, id);
    assert.doesNotMatch(page.body, /style=|<script|\.md"/, id);
  }
});

test('the list names every runbook once and every link in it opens', async () => {
  const { body } = await app.inject('/runbooks');
  const links = [...body.matchAll(/href="(\/runbooks\/[a-z-]+)"/g)].map(([, path]) => path ?? '');
  const files = readdirSync(join(repositoryRoot, 'docs/runbooks')).filter((name) => name !== 'README.md');
  assert.deepEqual(links.sort(), files.map((name) => runbookPath(name.slice(0, -'.md'.length))).sort());
  for (const path of links) assert.equal((await app.inject(path)).statusCode, 200, path);
  const style = await app.inject('/runbooks/style.css');
  assert.equal(style.headers['content-type'], 'text/css; charset=utf-8');
});

const strange = ['nothing', '..%2f..%2fpackage.json', 'index.html', '__proto__', '%00'];
for (const name of strange)
  test(`a runbook that does not exist is told of: ${name}`, async () => {
    const answer = await app.inject(`/runbooks/${name}`);
    assert.equal(answer.statusCode, 404);
    assert.equal(answer.json().code, 'NOT_FOUND');
  });
