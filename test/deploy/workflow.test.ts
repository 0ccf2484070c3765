import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { z } from 'zod';
import { repositoryRoot } from '../support/repository-root.js';

const Step = z.strictObject({
  name: z.string().optional(),
  uses: z.string().optional(),
  with: z.record(z.string(), z.union([z.string(), z.boolean()])).optional(),
  run: z.string().optional(),
  'working-directory': z.string().optional(),
});
const Job = z.strictObject({
  name: z.string(),
  'runs-on': z.string().regex(/^ubuntu-\d\d\.\d\d$/),
  'timeout-minutes': z.int().positive(),
  strategy: z
    .strictObject({ 'fail-fast': z.boolean(), matrix: z.strictObject({ node: z.array(z.string()) }) })
    .optional(),
  steps: z.array(
    Step.refine((step) => (step.uses === undefined) !== (step.run === undefined), 'uses or run'),
  ),
});
const Workflow = z.strictObject({
  name: z.string(),
  on: z.strictObject({ push: z.strictObject({ branches: z.array(z.string()) }), pull_request: z.null() }),
  permissions: z.strictObject({ contents: z.literal('read') }),
  concurrency: z.strictObject({ group: z.string(), 'cancel-in-progress': z.boolean() }),
  jobs: z.strictObject({ test: Job, pack: Job }),
});

const text = readFileSync(join(repositoryRoot, '.github/workflows/ci.yaml'), 'utf8');
const { jobs } = Workflow.parse(parse(text));
const commands = (job: z.infer<typeof Job>) => job.steps.flatMap(({ run }) => run?.trim().split('\n') ?? []);

test('workflow: the test job runs exactly what the clean-clone script runs', () => {
  const script = readFileSync(join(repositoryRoot, '.ci/run'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('npm '));
  assert.deepEqual(commands(jobs.test), script);
});

test('workflow: it runs on the oldest Node the program allows and on both later lines', () => {
  const { engines } = z
    .object({ engines: z.object({ node: z.string() }) })
    .parse(JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')));
  const oldest = /^>=(\d+\.\d+)\.0$/.exec(engines.node)?.[1];
  assert.deepEqual(jobs.test.strategy?.matrix.node, [oldest, '22', '24']);
});

test('workflow: every action is pinned to a commit that names its version', () => {
  const uses = text.split('\n').filter((line) => /^\s*- uses:|^\s+uses:/.test(line));
  assert.ok(uses.length >= 4);
  for (const line of uses) assert.match(line, /uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

test('workflow: the pack job installs the archive without development packages and runs it', () => {
  const lines = commands(jobs.pack);
  assert.ok(lines.some((line) => line.startsWith('npm pack ')));
  assert.ok(
    lines.some((line) => line.startsWith('npm install --omit=dev ') && line.endsWith('coldburn-*.tgz')),
  );
  assert.equal(lines.at(-1), 'npx --no-install coldburn --version');
});
